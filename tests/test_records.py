"""Our NamedTuple is that of ``typing``, only sooner there."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing

import pytest

from normtool.records import NamedTuple


class Ours(NamedTuple):
    """A record."""

    name: str
    place: int | None = None
    words: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many words."""
        return len(self.words)

    def __repr__(self) -> str:
        return f"<{self.name}>"


class Theirs(typing.NamedTuple):
    """A record."""

    name: str
    place: int | None = None
    words: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many words."""
        return len(self.words)

    def __repr__(self) -> str:
        return f"<{self.name}>"


def test_same_as_that_of_typing() -> None:
    for kind in (Ours, Theirs):
        one = kind("a", words=("b", "c"))
        assert (one.name, one.place, one.size, repr(one)) == ("a", None, 2, "<a>")
        assert tuple(one) == ("a", None, ("b", "c"))
        assert one._replace(place=3) == ("a", 3, ("b", "c"))
        assert one._asdict()["words"] == ("b", "c")
        with pytest.raises(AttributeError):
            one.name = "b"  # type: ignore[misc]
        with pytest.raises(TypeError):
            kind()  # type: ignore[call-arg]
        with pytest.raises(AttributeError):
            one.other = 1  # type: ignore[attr-defined]
        with pytest.raises(TypeError, match="'name'"):
            kind(place=1)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="'other'"):
            kind("a", other=1)  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            kind("a", 1, (), 2)  # type: ignore[call-arg]
        with pytest.raises((ValueError, TypeError), match="other"):
            one._replace(other=1)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="Expected 3 arguments, got 2"):
            kind._make(["a", 1])
        assert kind._make(iter("abc")) == ("a", "b", "c")
        assert one == ("a", None, ("b", "c"))
        assert hash(one) == hash(("a", None, ("b", "c")))
        match one:
            case kind(name, None):
                assert name == "a"
            case _:
                pytest.fail("it has no fields by place")
    assert Ours._fields == Theirs._fields
    assert Ours._field_defaults == Theirs._field_defaults
    assert Ours.__doc__ == Theirs.__doc__
    assert (Ours.__module__, Ours.__qualname__) == (__name__, "Ours")
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)
    assert issubclass(Ours, tuple)


def test_what_is_shared_is_by_number_of_fields_only() -> None:
    class Pair(NamedTuple):
        left: int
        right: int = 2

    class Other(NamedTuple):
        first: str
        last: str = "z"

    class Nothing(NamedTuple):
        pass

    assert repr(Pair(1)) == "Pair(left=1, right=2)"
    assert repr(Other(last="b", first="a")) == "Other(first='a', last='b')"
    assert Nothing() == ()
    assert Pair.__new__.__qualname__.endswith("Pair.__new__")
    assert inspect.signature(Pair) == inspect.signature(lambda left, right=2: None)
    assert Pair.left.__get__(Pair(5)) == 5


def test_it_travels_to_other_processes() -> None:
    one = Ours("a", 1)
    again = pickle.loads(pickle.dumps(one))
    assert type(again) is Ours
    assert again == one
    assert type(copy.copy(one)) is type(copy.deepcopy(one)) is Ours
