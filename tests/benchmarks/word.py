"""How long a Word file takes: ours, python-docx adding paragraph after paragraph, and pandoc.

    python tests/benchmarks/word.py [PARAGRAPHS ...] [--peer]
    python tests/benchmarks/word.py --start

Prints a Markdown table: seconds (best of three) and the peak of memory that Python
allocated while writing, for documents of so many paragraphs of 120 characters; with
``--peer`` how many times as long the others take in the same run. pandoc is a program:
its start is part of its time. ``--start`` compares ``normtool convert`` of one file of
34 KB with a process that only imports click, lxml and opencc.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from normtool.document import PARAGRAPH, Block, Document
from normtool.export import write

LINE = "各村要把道路养护、河道保洁和路灯维修三件事一起抓好，经费由镇里统一安排，年底逐项检查。" * 3
LINE = LINE[:120]


def made(count: int) -> Document:
    """A document of ``count`` paragraphs."""
    step = len(LINE) + 1
    blocks = tuple(Block(PARAGRAPH, n * step, n * step + len(LINE), 0, 1) for n in range(count))
    document = Document("made.txt", "\n".join([LINE] * count), blocks=blocks)
    _ = document.text
    return document


def ours(document: Document) -> None:
    """Write with normtool."""
    write(document, io.BytesIO(), "docx", language="zh-Hans")


def peer(document: Document) -> None:
    """Write with python-docx."""
    import docx

    word = docx.Document()
    for block in document.blocks:
        word.add_paragraph(document.line(block))
    word.save(io.BytesIO())


def pandoc(document: Document) -> None:
    """Write with pandoc, from Markdown: a blank line between paragraphs."""
    text = document.text.replace("\n", "\n\n").encode()
    with tempfile.TemporaryDirectory() as folder:
        call = ["pandoc", "-f", "markdown", "-t", "docx", "-o", f"{folder}/out.docx"]
        subprocess.run(call, input=text, check=True)


def start() -> None:
    """Print what one file costs on the command line, next to the imports alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "speech.txt")
        text = "在全县冬修水利会上的讲话\n同志们：\n"
        while len(text.encode()) < 34_000:
            text += LINE + "\n"
        path.write_text(text, "utf-8")
        ways = {
            "imports": ["-c", "import click, lxml.etree, opencc"],
            "convert": ["-m", "normtool", "convert", "-q", str(path), "-o", f"{folder}/out.docx"],
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(11):  # in turn: a busy machine is busy for both
            for name, call in ways.items():
                began = time.perf_counter()
                subprocess.run([sys.executable, *call], check=True)
                times[name].append(time.perf_counter() - began)
        alone, ours_ = min(times["imports"]), min(times["convert"])
        print(f"imports {alone:.3f} s, convert {ours_:.3f} s: {ours_ / alone:.2f} times")


def seconds(way: Callable[[Document], None], document: Document, times: int = 3) -> float:
    """The best of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        way(document)
        found.append(time.perf_counter() - start)
    return min(found)


def peak(way: Callable[[Document], None], document: Document) -> float:
    """Megabytes that Python allocated at most."""
    tracemalloc.start()
    way(document)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("counts", nargs="*", type=int, default=[20, 1000, 10_000, 100_000])
    parser.add_argument("--peer", action="store_true", help="python-docx (quadratic) and pandoc")
    parser.add_argument("--start", action="store_true", help="one file, from the command line")
    asked = parser.parse_args()
    if asked.start:
        start()
        return 0
    peers = {"python-docx": peer} if asked.peer else {}
    if peers and shutil.which("pandoc"):
        peers["pandoc"] = pandoc
    ours(made(1))  # templates and modules are loaded once a process
    names = "".join(f" {name} s | times |" for name in peers)
    print("| paragraphs | normtool s | paragraphs/s | peak MB |" + names)
    print("|---:|---:|---:|---:|" + "---:|---:|" * len(peers))
    for count in asked.counts or [20, 1000, 10_000, 100_000]:
        document = made(count)
        took = seconds(ours, document)
        row = f"| {count:,} | {took:.4f} | {count / took:,.0f} | {peak(ours, document):.1f} |"
        for way in peers.values():
            other = seconds(way, document, 1)
            row += f" {other:.3f} | {other / took:.1f} |"
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
