"""What users add to the rules: own word lists, plugins, options.

All of it changes the table of rules of this process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normtool.proposals import BackendChoice


class ConfigError(Exception):
    """The configuration cannot be used; the message is one sentence with its place."""


def use_lists(lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Make rules of the user's lists; return the strings to keep."""
    if not any(files for name, files in lists.items() if name != "glossary"):
        if "normtool.rules.own" in sys.modules:  # another configuration had lists
            sys.modules["normtool.rules.own"].use({}, ())
        return ()
    from pathlib import Path

    import normtool.rules  # noqa: F401
    from normtool.ownlists import BadList, Typos, read_names, read_typos
    from normtool.rules.own import use

    try:
        typos: Typos = {}
        for name in lists["typos"]:
            typos |= read_typos(Path(name))
        suffixes = [word for name in lists["suffixes"] for word in read_names(Path(name))]
        keep = [word for name in lists["keep"] for word in read_names(Path(name))]
    except BadList as error:
        raise ConfigError(str(error)) from error
    use(typos, suffixes)
    return tuple(dict.fromkeys(keep))


def glossary(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Read the user's glossaries for the other script; a later entry wins."""
    names = tuple(names)
    if not names:
        return ()
    from pathlib import Path

    from normtool.ownlists import BadList, read_glossary

    words: dict[str, str] = {}
    try:
        for name in names:
            words |= read_glossary(Path(name))
    except BadList as error:
        raise ConfigError(str(error)) from error
    return tuple(words.items())


def use_options(tables: Any, origin: str) -> None:
    """Set the options of rules; a mistake is an error with its place."""
    if not tables and "normtool.rule_options" not in sys.modules:
        return
    if tables:
        import normtool.rules  # noqa: F401  (they declare their options)
    from normtool.rule_options import OPTIONS, use

    if not isinstance(tables, dict) or not all(isinstance(one, dict) for one in tables.values()):
        raise ConfigError(f"{origin}: rules must be tables, as [rules.QLT134]")
    for code, given in tables.items():
        known = OPTIONS.get(code, {})
        if not known:
            near = nearest(code, OPTIONS) or sorted(OPTIONS)
            raise ConfigError(
                f"{origin}: [rules.{code}]: there is no such rule with options; "
                f"did you mean {near[0]}?"
            )
        for name, value in given.items():
            if name not in known:
                raise ConfigError(
                    f"{origin}: [rules.{code}]: unknown option {name!r}; "
                    f"known are {', '.join(known)}"
                )
            try:
                known[name].check(value)
            except ValueError as error:
                raise ConfigError(f"{origin}: [rules.{code}]: {name} {error}") from None
    use(tables)


def typo_backend(spec: str, options: Any, folder: str, origin: str) -> BackendChoice | None:
    """The backend that ``[typos]`` names, with its options; what it loads, it loads later.

    An option ``path`` that is relative is one from the folder of the configuration file.
    """
    if not isinstance(options, dict) or not all(
        isinstance(value, (str, int, float, bool)) for value in options.values()
    ):
        raise ConfigError(f"{origin}: [typos.options] must be a table of strings and numbers")
    if not spec:
        if options:
            raise ConfigError(f"{origin}: [typos.options] are for a backend: add typos.backend")
        return None
    from normtool.proposals import BackendChoice, BackendError
    from normtool.proposals.backends import Backend

    if isinstance(options.get("path"), str):
        options = options | {"path": os.path.realpath(os.path.join(folder, options["path"]))}
    choice = BackendChoice(spec, tuple(sorted(options.items())), os.path.realpath(folder or "."))
    try:
        Backend(choice)
    except BackendError as error:
        raise ConfigError(f"{origin}: typos.backend: {error}") from error
    return choice


def load_plugins(names: tuple[str, ...], folder: str, origin: str) -> None:
    """Import modules that register rules, from beside the configuration file or installed."""
    if not names:
        return
    from importlib import import_module

    import normtool.rules  # noqa: F401  (the stages first)

    sys.path.insert(0, os.path.realpath(folder or "."))
    try:
        for name in names:
            try:
                import_module(name)
            except Exception as error:
                said = str(error).split("\n")[0]
                raise ConfigError(
                    f"{origin}: the plugin {name!r} cannot be imported: "
                    f"{type(error).__name__}: {said}"
                ) from error
    finally:
        sys.path.pop(0)


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that a mistyped one may have meant, the most similar first, at most three."""
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n=3, cutoff=0.6)
