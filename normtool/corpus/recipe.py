"""What is done with every document of a corpus, in a form that travels to other machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.clean import DEFAULTS, Settings
from normtool.read import LIMIT

if TYPE_CHECKING:
    from normtool.config import Configuration


class Recipe(NamedTuple):
    """How the rows of a batch are cleaned. All values are plain: it pickles, and compares.

    text      the column with the texts: strings, or bytes that are read like files
    id        the column that names the rows; "" is the column ``id``, and where
              there is none one is added: the SHA-256 of the text as it was
    settings  which rules
    script    profile to convert to; "" leaves the script
    quotes    quotation marks in converted text: "keep", "corner", "curly"
    limit     larger texts are an error, in bytes of UTF-8 (or of the file)
    signatures  add the column by which duplicates are found
    prefix    set before the names of the added columns
    encoding  of bytes; "" finds out
    format    "html" or "text" for bytes; "" goes by the name and the beginning
    changes   tracked changes in Word files: "accept" or "reject"
    typos, suffixes, plugins, options
              what the configuration adds to the rules, by content: a worker on
              another machine has no such files. Plugins must be importable there.
    """

    text: str = "text"
    id: str = ""
    settings: Settings = DEFAULTS
    script: str = ""
    quotes: str = "keep"
    limit: int = LIMIT
    signatures: bool = False
    prefix: str = ""
    encoding: str = ""
    format: str = ""
    changes: str = "accept"
    typos: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    suffixes: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    options: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()

    def use(self) -> None:
        """Give this process the rules of the recipe; does nothing if it has them."""
        global _used
        added = self[-4:]
        if added == _used:
            return
        from normtool.extensions import load_plugins, use_options

        if self.plugins:
            load_plugins(self.plugins, "", "plugins")
        if self.typos or self.suffixes or _used[:2] != ((), ()):
            import normtool.rules  # noqa: F401  (the stages first)
            from normtool.rules.own import use

            use({wrong: (right, guards) for wrong, right, guards in self.typos}, self.suffixes)
        options: Mapping[str, Mapping[str, int]] = {c: dict(values) for c, values in self.options}
        use_options(options, "options")
        _used = added

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON values, the same for the same recipe."""
        value = self._asdict() | {"settings": self.settings._asdict()}
        # The options of a backend may be dates: TOML has them.
        plain: dict[str, Any] = json.loads(json.dumps(value, default=str))
        return plain


#: The rules beyond our own that this process has now.
_used: tuple[object, ...] = ((), (), (), ())


def from_configuration(known: Configuration, **fields: object) -> Recipe:
    """The recipe of a resolved configuration; ``fields`` are further fields of it.

    Takes the first script of the configuration.
    """
    from pathlib import Path

    from normtool.ownlists import Typos, read_names, read_typos

    typos: Typos = {}
    for name in known.lists.get("typos", ()):
        typos |= read_typos(Path(name))
    recipe = Recipe(
        settings=known.settings,
        script=known.script[0] if known.script else "",
        quotes=known.quotes or "keep",
        typos=tuple((wrong, right, tuple(guards)) for wrong, (right, guards) in typos.items()),
        suffixes=tuple(
            word for name in known.lists.get("suffixes", ()) for word in read_names(Path(name))
        ),
        plugins=known.lists.get("plugins", ()),
        options=tuple((code, tuple(sorted(of.items()))) for code, of in known.options.items()),
    )
    return recipe._replace(**fields)  # type: ignore[arg-type]
