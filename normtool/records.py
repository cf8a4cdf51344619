"""``typing.NamedTuple``, made in a twentieth of the time.

That one compiles the annotation of every field to see whether it may be a type, and a
function for every class: half a millisecond a class, and a command defines forty before it
has read a byte. Here classes with as many fields share the code of that function. The type
checker sees the original, and what it accepts comes out the same here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import _tuplegetter  # what ``namedtuple`` makes fields of
    from collections.abc import Iterable
    from functools import cache
    from types import CodeType, FunctionType

    class _Record(tuple):
        """What all of them can do."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Iterable[Any]) -> _Record:
            """One of a sequence or an iterator."""
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> _Record:
            """One with other values in some fields."""
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        __replace__ = _replace

        def _asdict(self) -> dict[str, Any]:
            """The values by the names of their fields."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            pairs = zip(self._fields, self, strict=True)
            said = ", ".join(f"{field}={value!r}" for field, value in pairs)
            return f"{type(self).__name__}({said})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    @cache
    def _code(count: int) -> CodeType:
        """The code of a ``__new__`` with so many arguments, which are named later."""
        names = "".join(f"f{number}, " for number in range(count))
        return eval(f"lambda _cls, {names}: _made(_cls, ({names}))").__code__

    class _Meta(type):
        def __new__(meta, name: str, bases: tuple[Any, ...], names: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(meta, name, bases, names)
            fields = tuple(names.get("__annotations__", {}))
            defaults = {field: names.pop(field) for field in fields if field in names}
            new = FunctionType(
                _code(len(fields)).replace(co_varnames=("_cls", *fields), co_name="__new__"),
                {"_made": tuple.__new__, "__builtins__": {}, "__name__": names["__module__"]},
                "__new__",
                tuple(defaults.values()),
            )
            new.__qualname__ = f"{name}.__new__"
            getters = {field: _tuplegetter(place, "") for place, field in enumerate(fields)}
            own = {
                "__new__": new,
                "__slots__": (),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type(name, (_Record,), {**own, **getters, **names})

    class NamedTuple(metaclass=_Meta):
        """See ``typing.NamedTuple``."""
