"""What the user asked for, and where: command line, configuration file, default.

The nearest ``normtool.toml`` above the working directory counts; if there is
none, the nearest ``pyproject.toml`` with a ``[tool.normtool]`` table. Files are
not merged. The command line wins, key by key.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from normtool.clean import Settings
from normtool.extensions import (
    ConfigError,
    glossary,
    load_plugins,
    nearest,
    typo_backend,
    use_lists,
    use_options,
)
from normtool.patterns import later
from normtool.records import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT = "default"
COMMAND_LINE = "command line"

#: Every key, with what it is unless somebody says otherwise.
KEYS: dict[str, tuple[str, ...] | bool | str] = {
    "select": (),
    "ignore": (),
    "extend-safe": (),
    "unsafe-fixes": False,
    "script": (),
    "quotes": "",
    "typos.files": (),
    "typos.model": True,
    "typos.backend": "",
    "keep": (),
    "suffixes": (),
    "glossary": (),
    "plugins": (),
}
#: Keys that name files, and what they are called among the lists; files that a
#: configuration file names lie beside it.
_FILES = {"typos.files": "typos", "keep": "keep", "suffixes": "suffixes", "glossary": "glossary"}
#: The table of all that is about typos; ``typos = "FILE"`` is short for its files.
_TYPOS = "typos"
#: What the factory of a backend is called with: ``[typos.options]``.
_BACKEND = "typos.options"
_CODES = ("select", "ignore", "extend-safe")
#: The table of tables with the options of rules: ``[rules.QLT134]``.
_RULES = "rules"
#: What a pyproject.toml with our table has: [tool.normtool], or [tool] or tool.… and the rest.
_OUR_TABLE = later(
    r"""^\s*\[\s*["']?tool["']?\s*(?:\]|\.\s*["']?normtool)|^\s*["']?tool["']?\s*[.=]""",
    re.MULTILINE,
)


class Configuration(NamedTuple):
    """What holds now. ``origins`` has an entry for every key of ``KEYS``.

    file     the configuration file that was read, if any
    lists    the files of word lists and the plugins, by their keys
    options  of rules, by code and name: those that the file sets
    quotes   the style of quotation marks in converted text; "": by format and region
    """

    settings: Settings
    script: tuple[str, ...]
    origins: Mapping[str, str]
    file: Path | None = None
    lists: Mapping[str, tuple[str, ...]] = {}
    options: Mapping[str, Mapping[str, int]] = {}
    quotes: str = ""

    @property
    def values(self) -> dict[str, tuple[str, ...] | bool | str | int | float]:
        """The value of every key, as ``KEYS`` has them, and the options of a backend."""
        backend = self.settings.typo_backend
        return {
            "select": self.settings.select,
            "ignore": self.settings.ignore,
            "extend-safe": self.settings.extend_safe,
            "unsafe-fixes": self.settings.unsafe_fixes,
            "script": self.script,
            "quotes": self.quotes,
            "typos.files": self.lists.get(_TYPOS, ()),
            "typos.model": self.settings.typo_model,
            "typos.backend": backend.spec if backend else "",
            **{key: names for key, names in self.lists.items() if key != _TYPOS},
            **{f"{_BACKEND}.{name}": value for name, value in (backend.options if backend else ())},
        }


def resolve(
    options: Mapping[str, tuple[str, ...] | bool | str | None] = {},
    *,
    file: Path | None = None,
    isolated: bool = False,
    start: Path | None = None,
) -> Configuration:
    """Return what holds for these command line options (keys as in ``KEYS``; empty: not given).

    file      read this and look for nothing else
    isolated  read no file at all
    start     the folder from which the nearest file is looked for; else the working directory

    Raises ConfigError for a file that cannot be read, an unknown key, a value
    of the wrong type, and a code, prefix or script that does not exist.
    """
    table: dict[str, Any] = {}
    if file is None and not isolated:
        file = _nearest(os.path.realpath(start or "."))
    elif isolated:
        file = None
    if file is not None:
        table = _read(file)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key, default in KEYS.items():
        given = options.get(key)
        if given is not None and given not in ((), ""):
            values[key], origins[key] = given, COMMAND_LINE
        elif key in table:
            values[key], origins[key] = table[key], str(file)
        else:
            values[key], origins[key] = default, DEFAULT
    folder = os.path.dirname(file) if file is not None else ""
    load_plugins(values["plugins"], folder, origins["plugins"])
    lists = {
        name: tuple(
            path if origins[key] == COMMAND_LINE else os.path.join(folder, path)
            for path in values[key]
        )
        for key, name in _FILES.items()
    }
    keep = use_lists(lists)
    of_rules = table.get(_RULES, {})
    use_options(of_rules, str(file))
    for key in _CODES:
        values[key] = tuple(_known(code, key, origins[key]) for code in values[key])
    for name in values["script"]:
        _check_script(name, origins["script"])
    _check_quotes(values["quotes"], origins["quotes"])
    settings = Settings(
        values["select"], values["ignore"], values["extend-safe"], values["unsafe-fixes"], keep
    )
    backend = typo_backend(values["typos.backend"], table.get(_BACKEND, {}), folder, str(file))
    settings = settings._replace(glossary=glossary(lists["glossary"]))
    settings = settings._replace(typo_model=values["typos.model"], typo_backend=backend)
    origins |= {f"{_BACKEND}.{name}": str(file) for name in table.get(_BACKEND, {})}
    lists["plugins"] = values["plugins"]
    script = tuple(dict.fromkeys(values["script"]))
    return Configuration(settings, script, origins, file, lists, of_rules, quotes=values["quotes"])


def _nearest(start: str) -> Path | None:
    """The configuration file that holds in a folder."""
    folders = [start]
    while (above := os.path.dirname(folders[-1])) != folders[-1]:
        folders.append(above)
    for name in ("normtool.toml", "pyproject.toml"):
        for folder in folders:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name == "normtool.toml" or _mentions(path)):
                from pathlib import Path

                return Path(path)
    return None


def _mentions(path: str) -> bool:
    """Whether a pyproject.toml has our table; others' files are not ours to complain about."""
    try:
        with open(path, "rb") as stream:
            content = stream.read()
        # Most have none, and to read TOML takes as long as to clean a page.
        if b"normtool" not in content or not _OUR_TABLE.search(content.decode("latin-1")):
            return False
        from pathlib import Path

        return isinstance(_table(Path(path)), dict)
    except (OSError, ConfigError):
        return False


def _table(path: Path) -> dict[str, Any] | None:
    """The normtool table of a file; None if a pyproject.toml has none."""
    import tomllib

    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {(error.strerror or '').lower()}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    if path.name != "pyproject.toml":
        return content
    table = content.get("tool", {}).get("normtool")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: [tool.normtool] must be a table")
    return table


def _read(path: Path) -> dict[str, Any]:
    """The table of a file, every key known and every value of its type."""
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: has no [tool.normtool] table")
    about = table.pop(_TYPOS, {})
    about = about if isinstance(about, dict) else {"files": about}
    table |= {f"{_TYPOS}.{key}": value for key, value in about.items()}
    for key, value in table.items():
        if key in (_RULES, _BACKEND):
            continue
        if key not in KEYS:
            every = (*KEYS, _RULES, _TYPOS, _BACKEND)
            near = nearest(key, every) or nearest(key.replace("_", "-").lower(), every)
            known = f"did you mean {near[0]}?" if near else f"known are {', '.join(KEYS)}"
            raise ConfigError(f"{path}: unknown key {key!r}; {known}")
        if isinstance(KEYS[key], bool):
            if not isinstance(value, bool):
                raise ConfigError(f"{path}: {key} must be true or false, not {value!r}")
            continue
        if isinstance(KEYS[key], str):
            if not isinstance(value, str):
                raise ConfigError(f"{path}: {key} must be a string, not {value!r}")
            continue
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{path}: {key} must be a list of strings, not {value!r}")
        table[key] = tuple(value)
    return table


def nearest_codes(code: str) -> list[str]:
    """Codes of rules that a mistyped code, prefix or name may have meant, the best first."""
    import normtool.rules  # noqa: F401  (fills the table)
    from normtool.rule import FAMILIES, RULES

    names = {rule.name: rule.code for rule in RULES.values()}
    by_name = [names[name] for name in nearest(code.lower().replace("_", "-"), names)]
    if by_name:
        return by_name
    upper = code.upper()
    pool = RULES if any(sign.isdigit() for sign in upper) else FAMILIES
    near = nearest(upper, pool)
    same_family = [known for known in RULES if known[:3] == upper[:3]]
    return (near or same_family)[:3]


def _known(code: str, key: str, origin: str) -> str:
    """The code in capitals, if a rule begins with it."""
    import normtool.rules  # noqa: F401
    from normtool.rule import FAMILIES, RULES

    upper = code.upper()
    if upper == "ALL" or (upper and any(known.startswith(upper) for known in (*RULES, *FAMILIES))):
        return upper
    near = nearest_codes(code)
    hint = f"did you mean {' or '.join(near)}?" if near else "see `normtool rule` for all"
    where = f"--{key}" if origin == COMMAND_LINE else f"{origin}: {key}"
    raise ConfigError(f"{where}: no rule begins with {code!r}; {hint}")


def _check_script(name: str, origin: str) -> None:
    from normtool.script import PROFILES

    if name in PROFILES:
        return
    from normtool.script import find_profile

    try:
        find_profile(name)
    except ValueError as error:
        where = "--script" if origin == COMMAND_LINE else f"{origin}: script"
        raise ConfigError(f"{where}: {error}") from error


def _check_quotes(style: str, origin: str) -> None:
    if not style:
        return
    from normtool.script.quotes import STYLES

    if style not in STYLES:
        near = nearest(style, STYLES)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(STYLES)}"
        raise ConfigError(f"{origin}: quotes: there is no style {style!r}; {hint}")
