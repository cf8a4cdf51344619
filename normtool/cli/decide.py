"""``normtool decide``: what people decided in a reviewed Word file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from normtool.cli.command import PATH, Command
from normtool.cli.options import configuration, rule_options
from normtool.cli.streams import put, say
from normtool.files import STREAM, Unreadable, Unwritable, atomic, reason, shown

if TYPE_CHECKING:
    from normtool.decide import Review
    from normtool.document import Document


@click.command("decide", cls=Command)
@click.argument("reviewed", type=PATH)
@click.option("-o", "--output", metavar="OUT", help="Write the decisions as JSON to this file.")
@click.option(
    "--original",
    metavar="FILE",
    help="What was reviewed, if the file does not hold it: the text, or its saved JSON.",
)
@click.option(
    "--finalize",
    is_flag=True,
    help="Write the Word file to OUT: changes accepted, no marks, no comments, no manifest.",
)
@rule_options
def command(
    reviewed: str,
    output: str | None,
    original: str | None,
    finalize: bool,
    **rules: Any,
) -> int:
    """Read back what people decided in a file of `convert -t docx --review`.

    Each edit is accepted, rejected, pending, mixed (half of it decided) or
    overwritten; what people wrote themselves are edits of their own. Without
    -o this is told in lines. `normtool convert ORIGINAL --decisions OUT` (or
    the reviewed file itself) exports with it.
    """
    try:
        data = _bytes(reviewed)
        if finalize:
            return _finalize(data, reviewed, output)
        document = None
        if original is not None:
            known = configuration(**rules)
            from normtool.pipeline import prepare
            from normtool.read import read

            document = prepare(read(original), known.settings)
        return _decide(data, reviewed, output, document)
    except (Unreadable, Unwritable) as error:
        raise click.ClickException(str(error)) from error


def _decide(data: bytes, reviewed: str, output: str | None, original: Document | None) -> int:
    from normtool.decide import decide, to_json

    review = decide(data, shown(reviewed), original)
    if output is None:
        put(_lines(review))
        return 0
    with atomic(output) as stream:
        text = json.dumps(to_json(review), ensure_ascii=False, indent=1)
        stream.write(text.encode("utf-8") + b"\n")
    say(_sum(review))
    return 0


def _finalize(data: bytes, reviewed: str, output: str | None) -> int:
    from normtool.decide import finalize
    from normtool.decide.reading import read_reviewed

    if output is None or (output == STREAM and sys.stdout.isatty()):
        raise click.UsageError("--finalize writes a Word file: give it with -o.")
    name = shown(reviewed)
    signs = read_reviewed(data, name).signs
    with atomic(output) as stream:
        stream.write(finalize(data, name))
    left = sum(1 for sign in signs if sign.inserted or sign.deleted)
    if left:
        say(f"{name}: changes of {left} characters were still open and are accepted")
    return 0


def _bytes(path: str) -> bytes:
    if path == STREAM:
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise Unreadable(f"{shown(path)}: {reason(error)}") from error


def _sum(review: Review) -> str:
    counts = review.counts | {"own": len(review.own)}
    parts = [f"{count} {state}" for state, count in counts.items() if count]
    return f"{review.name}: {len(review.decisions)} edits: {', '.join(parts) or 'none'}"


def _lines(review: Review) -> Iterator[str]:
    """What is not simply accepted, and what people wrote, as lines of the original."""
    from normtool.report.finding import Lines, shorten, visible

    lines = Lines(review.document.original)

    def told(start: int, what: str, before: str, after: str) -> str:
        line, column = lines.place(start)
        old, new = visible(shorten(before)), visible(shorten(after))
        return f"{line}:{column}: {what}: {old or '(nothing)'} → {new or '(nothing)'}"

    found = []
    for decision in review.decisions:
        if decision.state in ("accepted", "silent"):
            continue
        edit = decision.edit
        what = f"{decision.state} E{decision.number + 1} {','.join(edit.codes)}"
        found.append((edit.start, told(edit.start, what, edit.before, edit.after)))
    for change in review.own:
        people = "、".join(dict.fromkeys(mark.author for mark in change.marks if mark.author))
        what = f"own MAN by {people or 'somebody (not tracked)'}"
        edit = change.edit
        found.append((edit.start, told(edit.start, what, edit.before, edit.after)))
    found.sort(key=lambda one: one[0])
    for _, line in found:
        yield line
    yield _sum(review)
