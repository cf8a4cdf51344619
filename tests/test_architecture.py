"""The shape of the source tree: what may import what, how long, how named.

The layers are written down once, here. A new module must be given its place
in ``LAYERS``; an import that points up or sideways is an error in the design,
not in this test.
"""

from __future__ import annotations

import ast
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "normtool"

#: Lowest first. A module imports only from lower layers, or inside its own package.
LAYERS = (
    ("version", "shipped", "records", "memory", "native"),
    ("kept",),
    ("bytecode", "patterns"),
    (
        "edits",
        "chinese",
        "signatures",
        "files",
        "ownlists",
        "pool",
        "triggers",
        "word",
        "rule_options",
        "converters",
    ),
    (
        "document",
        "manifest",
        "rule",
        "decode",
        "notation",
        "page",
        "numbering",
        "align",
        "variants",
    ),
    ("alternative",),
    ("edition", "origin", "typos"),
    ("proposals",),
    ("scan", "rules", "read", "metadata"),
    ("stage",),
    ("clean", "structure", "script", "extensions"),
    ("costs",),
    ("export", "report", "config"),
    ("pipeline", "decide", "validate"),
    ("corpus",),
    ("cli",),
    ("__init__", "__main__"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
FORBIDDEN = re.compile(r"^(utils?|helpers?|manager|data|common|misc|process(or)?)$")
LONGEST = 300

MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [*MODULES, *sorted(PACKAGE.rglob("*.[ch]"))]
WORD_LISTS = sorted((PACKAGE / "rules" / "data").glob("*.tsv"))


def name_of(path: Path) -> str:
    """``rules/breaks.py`` for a path below the package, for the names of the cases."""
    return path.relative_to(PACKAGE).as_posix()


def top(path: Path) -> str:
    """The module or package directly below ``normtool`` that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path, source: str) -> set[str]:
    """Names directly below ``normtool`` that a source imports, lazily or not."""
    names = set()
    package = ("normtool", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = [*base, *(node.module.split(".") if node.module else ())]
            found = [[*stem, alias.name] for alias in node.names]
        else:
            continue
        for parts in found:
            if parts[0] == "normtool":
                below = parts[1] if len(parts) > 1 else "__init__"
                is_module = (PACKAGE / below).is_dir() or (PACKAGE / f"{below}.py").is_file()
                names.add(below if is_module else "__init__")
    return names


def public(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef]:
    """The functions and classes of a module whose names do not begin with ``_``."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [n for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_")]


def tracked() -> list[Path]:
    """The files of the project: what git knows, or everything where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        made = re.compile(r"\.(?!ci$|gitignore$)|__pycache__$|.*\.egg-info$|(build|dist|out)$")
        every = [(path, path.relative_to(ROOT).parts) for path in ROOT.rglob("*")]
        return [p for p, parts in every if p.is_file() and not any(map(made.match, parts))]
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_strictly_down(path: Path) -> None:
    here = top(path)
    assert here in LEVEL, f"{here} has no place in LAYERS of {Path(__file__).name}"
    for other in imported(path, path.read_text("utf-8")) - {here}:
        assert other in LEVEL, f"{name_of(path)} imports {other}, which has no place in LAYERS"
        assert LEVEL[other] < LEVEL[here], f"{name_of(path)} imports {other}, not below it"


def test_import_finder_sees_lazy_relative_and_dotted_imports() -> None:
    source = (
        "from normtool import edits\nimport normtool.document\n"
        "def f():\n    from normtool.rules.lists import read_list\n    from ..rule import rule\n"
    )
    path = PACKAGE / "rules" / "invented.py"
    assert imported(path, source) == {"edits", "document", "rules", "rule"}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_module_is_short_and_well_named(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST, f"{name_of(path)} has {lines} lines; make it a package of families"
    assert not FORBIDDEN.match(path.stem), f"{path.stem} says nothing about what is in it"
    for folder in path.relative_to(PACKAGE).parent.parts:
        assert not FORBIDDEN.match(folder), f"{folder} says nothing about what is in it"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_names_are_explained(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    bare = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert not bare, f"{name_of(path)}: no docstring: {', '.join(bare)}"
    if tree.body:
        assert ast.get_docstring(tree), f"{name_of(path)} does not say what it is for"


@pytest.mark.parametrize("path", WORD_LISTS, ids=lambda path: path.name)
def test_word_list_is_sorted_one_entry_a_line(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text, f"{path.name}: lines must end in a plain newline"
    assert text.endswith("\n"), f"{path.name}: no newline at the end"
    lines = [line for line in text[:-1].split("\n") if not line.startswith("#")]
    assert all(line.strip() for line in lines), f"{path.name} has an empty line"
    short = [line for line in lines if len(line.split("\t")) < 3]
    assert not short, f"{path.name}: fewer than three columns: {short[:3]}"
    loose = [line for line in lines for cell in line.split("\t") if cell != cell.strip()]
    assert not loose, f"{path.name}: blanks at the edge of a cell: {loose[:3]}"
    keys = [line.split("\t")[0] for line in lines]
    wrong = [key for last, key in pairwise(keys) if key < last]
    assert not wrong, f"{path.name} is not sorted at {wrong[:3]}"
    assert len(set(lines)) == len(lines), f"{path.name} repeats a line"


def test_word_lists_are_there() -> None:
    assert WORD_LISTS, "rules/data holds no *.tsv: this file's checks would be empty"


# Put together from pieces, so that this file does not accuse itself.
PRIVATE = re.compile(
    "|".join(
        (
            r"(?<![\w.])/(?:work|root|tmp|home/\w+|Users/\w+|mnt|opt)" + r"/[\w.]",
            r"[A-Z]:\\" + r"Users\\",
            "index-" + r"url\s*[=:]",
            "regis" + r"try\s*[=:]\s*[\"']?https?:",
            r"https?://[\w.:-]+/(?:[\w/-]+/)?" + r"simple(?:/|\b)",
            r"(?:artifac" + r"tory|nex" + r"us)[\w.-]*[:/]",
            r"https?://(?:local" + r"host|127\.0\.0\.1|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)",
        )
    )
)


def test_no_registry_address_or_machine_path_in_the_tree() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a sample in another encoding, a picture, a template
        for number, line in enumerate(text.split("\n"), 1):
            match = PRIVATE.search(line)
            if match:
                found.append(f"{path.relative_to(ROOT)}:{number}: {match[0]}")
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize(
    "line",
    ["cd /wo" + "rk/main", "pip install --index-" + "url=x", "http://10.0.0" + ".7/pypi"],
)
def test_private_pattern_sees(line: str) -> None:
    assert PRIVATE.search(line)


def test_top_level_is_what_was_agreed() -> None:
    allowed = {
        "pyproject.toml", "normtool", "tests", "samples", "LICENSE",
        "CHANGELOG.md", "README.md", "RULES.md", "tools",
        ".pre-commit-hooks.yaml",
        ".gitignore", ".ci",
    }  # fmt: skip
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert names <= allowed, f"not agreed at the top: {sorted(names - allowed)}"


PACKAGES = [path for path in MODULES if path.name == "__init__.py"]


@pytest.mark.parametrize("path", PACKAGES, ids=name_of)
def test_no_module_shadows_a_name_of_its_package(path: Path) -> None:
    """Importing ``package.name`` binds ``name`` in the package, over whatever it held.

    Harmless only for ``from package.name import name``: the module is loaded by then.
    """
    package = ".".join(("normtool", *path.relative_to(PACKAGE).parent.parts))
    siblings = {p.stem for p in path.parent.glob("*.py")} - {"__init__"}
    siblings |= {p.parent.name for p in path.parent.glob("*/__init__.py")}
    shadowed = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module not in (None, package):
            bound = {alias.asname or alias.name for alias in node.names}
            bound -= {(node.module or "").removeprefix(f"{package}.")}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound = {node.name}
        else:
            continue
        shadowed += sorted(bound & siblings)
    assert not shadowed, f"{name_of(path)}: {shadowed} would become the module of that name"
