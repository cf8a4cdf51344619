"""How fast a text is cleaned, beside what others do: ``python tests/benchmarks/clean.py [FILE]``.

The file (by default the samples of the project) is repeated until 10 MB of UTF-8 have
passed (``--megabytes``), as many documents and as a single one; once as it is, and once
as it was cleaned. All rules run, in all rounds, edits and suggestions with their
reasons included; the typo model, which is a stage of its own, does not.

Prints MB of UTF-8 a second of CPU time, the median of a few runs, and the median of
the ratios to each peer, taken in turns on the same documents: autocorrect-py (spaces and
marks), ftfy (encodings), data-juicer's three mappers for them (``fix_unicode``,
``punctuation_normalization``, ``whitespace_normalization``), and the patterns of our own
rules run by ``re`` one after the other. Peers that are not installed are left out:
``pip install autocorrect-py ftfy py-data-juicer``.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import normtool.rules  # noqa: F401  (fills RULES)
from normtool.clean import Settings, clean_document
from normtool.decode import decode
from normtool.document import Document
from normtool.rule import RULES

ROOT = Path(__file__).parents[2]
RULES_ONLY = Settings(typo_model=False)

Run = Callable[[str], Any]


def peers() -> Iterator[tuple[str, Run | str]]:
    """Name and function of each peer, or why it is left out."""
    try:
        import autocorrect_py

        yield "autocorrect-py", autocorrect_py.format
    except ImportError:
        yield "autocorrect-py", "not installed"
    try:
        import ftfy

        yield "ftfy", ftfy.fix_text
    except ImportError:
        yield "ftfy", "not installed"
    try:
        yield "data-juicer, 3 mappers", _data_juicer()
    except ImportError as error:
        yield "data-juicer, 3 mappers", f"not installed ({error})"
    patterns = [rule.pattern for rule in RULES.values() if rule.pattern is not None]
    yield "our patterns by re", lambda text: [list(one.finditer(text)) for one in patterns]


def _data_juicer() -> Run:
    # It logs when it is imported.
    with contextlib.redirect_stderr(io.StringIO()):
        from data_juicer.ops.mapper import (
            FixUnicodeMapper,
            PunctuationNormalizationMapper,
            WhitespaceNormalizationMapper,
        )

        chain = [
            FixUnicodeMapper(),
            PunctuationNormalizationMapper(),
            WhitespaceNormalizationMapper(),
        ]

    def run(text: str) -> Any:
        samples: Any = {"text": [text]}
        for mapper in chain:
            samples = mapper.process_batched(samples)
        return samples

    return run


def ours(text: str) -> Document:
    document = clean_document(Document("<text>", text), RULES_ONLY)
    document.text  # noqa: B018  (is worked out when somebody looks)
    return document


def seconds(run: Run, texts: list[str]) -> float:
    """CPU seconds for texts that nobody has seen: other objects, so that nothing is remembered."""
    texts = ["".join((text[:1], text[1:])) for text in texts]
    start = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    files = [asked.file] if asked.file else sorted((ROOT / "samples").rglob("*.txt"))
    text = "\n".join(decode(file.read_bytes())[0] for file in files)
    cleaned = ours(text)
    times = max(1, round(asked.megabytes * 1e6 / len(text.encode())))
    found = list(peers())
    edits = len(cleaned.edits)
    print(f"{len(text)} characters, {edits} edits ({1000 * edits / len(text):.0f} per 1,000)")
    print("| text | ours, MB/s |" + "".join(f" {name} |" for name, run in found if callable(run)))
    print("|---|---|" + "---|" * sum(callable(run) for _, run in found))
    for label, texts in (
        ("documents", [text] * times),
        ("one document", [text * times]),
        ("documents, clean", [cleaned.text] * times),
        ("one document, clean", [cleaned.text * times]),
    ):
        size = sum(len(one.encode()) for one in texts) / 1e6
        # A tenth is enough for the slow ones.
        part = texts[: max(1, len(texts) // 10)]
        rows: dict[str, list[float]] = {}
        own = []
        for _ in range(asked.times):
            mine = seconds(ours, texts)
            own.append(size / mine)
            for name, run in found:
                if callable(run):
                    theirs = seconds(run, part) * len(texts) / len(part)
                    rows.setdefault(name, []).append(theirs / mine)
        cells = (f" {statistics.median(each):.2f} × |" for each in rows.values())
        print(f"| {label} | {statistics.median(own):.1f} |" + "".join(cells), flush=True)
    for name, run in found:
        if isinstance(run, str):
            print(f"{name}: left out, {run}")


if __name__ == "__main__":
    main()
