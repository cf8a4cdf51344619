"""How fast a text is cleaned, beside what others do: ``python tests/benchmarks/clean.py [FILE]``.

The file (by default the samples of the project) is repeated until 10 MB of UTF-8 have
passed (``--megabytes``), as many documents and as a single one; once as it is, and once
as it was cleaned. All rules run, in all rounds, edits and suggestions with their
reasons included; the typo model, which is a stage of its own, does not.

Prints MB of UTF-8 a second of CPU time, the median of a few runs, and the median of
the ratios to each peer, taken in turns on the same documents: autocorrect-py (spaces and
marks), ftfy (encodings), data-juicer's three mappers for them (``fix_unicode``,
``punctuation_normalization``, ``whitespace_normalization``), and the patterns of our own
rules run by ``re`` one after the other. With ``chinese_convert`` as a fourth mapper
data-juicer is compared with cleaning and conversion to traditional script (``hant``; the
edits of the conversion, which are worked out when somebody asks for them, are not in it).
Peers that are not installed are left out: ``pip install autocorrect-py ftfy
py-data-juicer aiohttp`` (in a venv of its own: data-juicer installs what it misses).
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
from normtool.script import convert_script

ROOT = Path(__file__).parents[2]
RULES_ONLY = Settings(typo_model=False)

Run = Callable[[str], Any]


def ours(text: str) -> Document:
    document = clean_document(Document("<text>", text), RULES_ONLY)
    document.text  # noqa: B018  (is worked out when somebody looks)
    return document


def ours_converted(text: str) -> Document:
    return convert_script(ours(text), "hant")


def peers() -> Iterator[tuple[str, Run | str, Run]]:
    """Name and function of each peer, or why it is left out; what of ours does the same."""
    patterns = [rule.pattern for rule in RULES.values() if rule.pattern is not None]
    for name, find, mine in (
        ("autocorrect-py", _autocorrect, ours),
        ("ftfy", _ftfy, ours),
        ("data-juicer, 3 mappers", lambda: _data_juicer(), ours),
        ("data-juicer, 4 mappers", lambda: _data_juicer(convert=True), ours_converted),
    ):
        try:
            yield name, find(), mine
        except ImportError as error:
            yield name, f"not installed ({error})", mine
    yield (
        "our patterns by re",
        lambda text: [list(one.finditer(text)) for one in patterns],
        ours,
    )


def _autocorrect() -> Run:
    import autocorrect_py

    run: Run = autocorrect_py.format
    return run


def _ftfy() -> Run:
    import ftfy

    run: Run = ftfy.fix_text
    return run


def _data_juicer(convert: bool = False) -> Run:
    # It logs when it is imported.
    with contextlib.redirect_stderr(io.StringIO()):
        from data_juicer.ops import mapper

        chain: list[Any] = [
            mapper.FixUnicodeMapper(),
            mapper.PunctuationNormalizationMapper(),
            mapper.WhitespaceNormalizationMapper(),
        ]
        if convert:
            chain.append(mapper.ChineseConvertMapper(mode="s2t"))

    def run(text: str) -> Any:
        samples: Any = {"text": [text]}
        for one in chain:
            samples = one.process_batched(samples)
        return samples

    return run


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
    there = [(name, run, mine) for name, run, mine in found if callable(run)]
    for _, run, mine in there:
        run(text)  # what is made at the first call is not what a text costs
        mine(text)
    print("| text | ours, MB/s | converted |" + "".join(f" {name} |" for name, *_ in there))
    print("|---|---|---|" + "---|" * len(there))
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
        own: dict[Run, list[float]] = {ours: [], ours_converted: []}
        for _ in range(asked.times):
            for mine, rates in own.items():
                rates.append(size / seconds(mine, texts))
            for name, run, mine in there:
                rate = size * len(part) / len(texts) / seconds(run, part)
                rows.setdefault(name, []).append(own[mine][-1] / rate)
        cells = [f" {statistics.median(rates):.1f} |" for rates in own.values()]
        cells += [f" {statistics.median(each):.2f} × |" for each in rows.values()]
        print(f"| {label} |" + "".join(cells), flush=True)
    for name, run, _ in found:
        if isinstance(run, str):
            print(f"{name}: left out, {run}")


if __name__ == "__main__":
    main()
