"""How long a Word file takes: ours, and python-docx adding paragraph after paragraph.

    python tests/benchmarks/word.py [PARAGRAPHS ...] [--peer]

Prints a Markdown table: seconds (best of three) and the peak of memory that Python
allocated while writing, for documents of so many paragraphs of 120 characters.
"""

from __future__ import annotations

import argparse
import io
import sys
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
    parser.add_argument("--peer", action="store_true", help="python-docx too (quadratic)")
    asked = parser.parse_args()
    ours(made(1))  # templates and modules are loaded once a process
    print("| paragraphs | normtool s | paragraphs/s | peak MB |" + " python-docx s |" * asked.peer)
    print("|---:|---:|---:|---:|" + "---:|" * asked.peer)
    for count in asked.counts or [20, 1000, 10_000, 100_000]:
        document = made(count)
        took = seconds(ours, document)
        row = f"| {count:,} | {took:.4f} | {count / took:,.0f} | {peak(ours, document):.1f} |"
        print(row + (f" {seconds(peer, document, 1):.3f} |" if asked.peer else ""), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
