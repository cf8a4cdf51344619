"""Text whose bytes were read in the wrong encoding, and what those bytes say.

Everything here is a round trip: the characters are turned back into the bytes
they were read from, and the bytes are decoded again. Whether the outcome is
Chinese and what stood there was not is for ``likelier`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from normtool.chinese import LOST, count_han
from normtool.decode import judge
from normtool.patterns import found_once, later
from normtool.records import NamedTuple
from normtool.rule import of_text

# What must speak for a repair, in nats: chance, over many millions of places, makes some 15.
_EVIDENCE = 15.0
#: Cost per character of ordinary Chinese; only characters of level 1 make 10.
PLAIN, RARER = 9.4, 10.2
_STEP = 1.5

#: How windows-1252 shows the bytes 0x80-0x9F; its five holes become C1 controls.
SPECIALS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SHOWN = (byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d")
_TO_C1 = dict(zip(map(ord, SPECIALS), _SHOWN, strict=True))

#: How the first of three or four bytes of UTF-8 looks in GBK, with the second.
FIRST: str = found_once(
    "misread 1",
    lambda: bytes(
        byte for lead in range(0xE2, 0xF1) for trail in range(0x80, 0xC0) for byte in (lead, trail)
    ).decode("gb18030"),
)
_FIRST = later(f"[{FIRST}]")


def likelier(before: str, after: str, limit: float = RARER, evidence: float = _EVIDENCE) -> bool:
    """Whether ``after`` is ordinary Chinese and ``before`` far from it.

    limit     the highest cost of ``after``, in nats per character
    evidence  how much dearer ``before`` must be in all, in nats
    """
    if count_han(after) < 2 or re.search("[\ufffd\x80-\x9f]", after):
        return False
    was, now = judge(before), judge(after.replace(LOST, ""))
    gained = was.cost - now.cost >= evidence and was.mean >= now.mean + _STEP
    return gained and now.mean <= limit


def latin_bytes(text: str) -> bytes:
    """The bytes that were read as Latin-1 or windows-1252; raises UnicodeEncodeError."""
    return text.translate(_TO_C1).encode("latin-1")


def again(text: str, codec: str) -> str:
    """The bytes read as Latin-1 or windows-1252, read with ``codec``; "" if they are not that."""
    try:
        return latin_bytes(text).decode(codec)
    except UnicodeError:
        return ""


class Run(NamedTuple):
    """Characters ``start`` to ``end`` of a text are UTF-8 read as GBK and mean ``text``.

    lost   how many characters of ``text`` are □, because bytes are missing
    """

    start: int
    end: int
    text: str
    lost: int


@of_text
def utf8_read_as_gbk(text: str) -> tuple[Run, ...]:
    """All maximal runs that could be UTF-8 read as GBK; nobody has judged them yet."""
    if text.isascii():
        return ()
    runs = []
    done = 0
    dead: set[int] = set()
    for lead in _FIRST.finditer(text):
        start = lead.start()
        if start >= done:
            run = follow(text, start, dead)
            if run is not None:
                runs.append(run)
                done = run.end
    return tuple(runs)


@cache
def _as_gbk(char: str) -> bytes | None:
    """One or two bytes, b"" for a character that stands for lost ones, None if it is no GBK."""
    if char == "\ufffd":
        return b""
    if char == "€":  # windows-936 and the web read a lone 0x80 so
        return b"\x80"
    if char in "\n\r":
        return None
    try:
        data = char.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return data if len(data) < 3 else None


def follow(text: str, start: int, dead: set[int] | None = None) -> Run | None:
    """Read UTF-8 from ``start`` as far as it goes; None if it goes nowhere.

    The run ends behind a character of three bytes or more: Latin and ASCII
    behind it look the same in both readings.

    dead  places of this text from which the way is known to go nowhere; those of this
          way are added if it does: each is gone once, however many ways lead to it
    """
    run, way = _followed(text, start, dead or ())
    if run is None and dead is not None:
        dead.update(way)
    return run


def _followed(text: str, start: int, dead: Container[int]) -> tuple[Run | None, list[int]]:
    """The run, and the places between two characters on the way."""
    way: list[int] = []
    out: list[str] = []
    pending = bytearray()
    need = lost = 0
    end, kept, kept_lost = start, 0, 0
    place = start
    while place < len(text):
        data = _as_gbk(text[place])
        if data is None:
            break
        if not need:
            if place in dead:
                break
            way.append(place)
        if need and (not data or data[0] < 0x80):
            out.append(LOST)
            lost += 1
            need = 0
            if data == b"?":
                data = b""
            elif data:
                end, kept, kept_lost = place, len(out), lost
        elif not data:
            break
        for byte in data:
            if need:
                pending.append(byte)
                need -= 1
                if byte & 0xC0 != 0x80:
                    return _run(start, end, out[:kept], kept_lost), way
                if not need:
                    try:
                        out.append(pending.decode("utf-8"))
                    except UnicodeDecodeError:
                        return _run(start, end, out[:kept], kept_lost), way
            elif byte < 0x80:
                out.append(chr(byte))
            elif byte in _LENGTH:
                need = _LENGTH[byte]
                pending = bytearray((byte,))
            else:
                return _run(start, end, out[:kept], kept_lost), way
        place += 1
        if not need and (out[-1] >= "\u0800" or out[-1] == LOST):
            end, kept, kept_lost = place, len(out), lost
    if need and (place == len(text) or text[place] in "\n\r"):
        return _run(start, place, [*out, LOST], lost + 1), way
    return _run(start, end, out[:kept], kept_lost), way


#: Of a first byte, how many follow. Two bytes only for U+0080 to U+00FF: more would be no Chinese.
_LENGTH = {
    **dict.fromkeys((0xC2, 0xC3), 1),
    **dict.fromkeys(range(0xE0, 0xF0), 2),
    **dict.fromkeys(range(0xF0, 0xF5), 3),
}


def _run(start: int, end: int, out: list[str], lost: int) -> Run | None:
    return Run(start, end, "".join(out), lost) if end > start else None
