"""What OpenCC says of every phrase that it knows, asked once and kept on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from itertools import chain, product
from math import prod

from normtool.converters import dictionaries
from normtool.kept import Kept
from normtool.records import NamedTuple

#: A phrase of a second step in more spellings than this is guarded by its beginning.
_SPELLINGS = 500
#: Of the form of what is kept: to be changed with it.
_FORM = 2


class NotPrepared(Exception):
    """There is nothing prepared; ``ever``: nor will there be on this machine."""

    def __init__(self, reason: str, ever: bool) -> None:
        super().__init__(reason)
        self.ever = ever


After = str | tuple[str] | None


class Prepared(NamedTuple):
    """A conversion, in what marshal can hold.

    automaton   finds the phrases, as daachorse writes it
    different   numbers of phrases that are not converted as their characters are, and what
                becomes of them; in a tuple: if no phrase begins inside; None: only OpenCC knows
    characters  code points and what they become, one for one
    stops       marks that stand in no phrase of any step
    longest     length of the longest phrase
    """

    automaton: bytes
    different: dict[int, After]
    characters: dict[int, int]
    stops: str
    longest: int


def prepared(configuration: str, plain: Callable[[str], str], much: bool) -> Prepared:
    """Return what was kept of a configuration (s2t, s2twp ...), or ask OpenCC (``plain``).

    That takes a quarter of a second. It is done where the answer can be kept, or if there
    is ``much`` to convert; otherwise, where the libraries for it are missing, or if another
    version of OpenCC goes another way, NotPrepared is raised.
    """
    try:
        import daachorse  # noqa: F401

        # It does not tell its version.
        library = os.path.getsize(str(sys.modules["daachorse.daachorse"].__file__))
        about = f"{_FORM} {dictionaries.signature(configuration)} {library}"
        where = Kept(f"phrases-{configuration}", about)
        found = where.read()
        if found is None:
            if not (much or where.may_write):
                raise NotPrepared("nothing can be kept here", ever=False)
            found = tuple(ask(configuration, plain))
            where.write(found)
        return Prepared(*found)
    except (ImportError, AttributeError, OSError, LookupError, TypeError, ValueError) as error:
        raise NotPrepared(str(error), ever=True) from error


def ask(configuration: str, plain: Callable[[str], str]) -> Prepared:
    """Ask OpenCC for every phrase and every character of a configuration.

    Raises ValueError if that does not tell what becomes of a text, OSError without
    dictionaries.
    """
    from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

    steps = dictionaries.steps(configuration)
    second = set(dictionaries.words(steps.second))
    ones = {one for one in (*dictionaries.words(steps.characters), *second) if len(one) == 1}
    made = _asked(ones, plain)
    characters = {
        ord(one): ord(after) for one, after in made.items() if len(after) == 1 and one != after
    }
    known: dict[str, After] = {one: after for one, after in made.items() if len(after) != 1}
    phrases = set(dictionaries.words(steps.phrases))
    known |= _asked(phrases, plain)
    guards = dict(_guards(steps, {word for word in second if len(word) > 1}))
    known = _guarded(guards, phrases, plain) | known
    different = {
        number: after
        for number, (phrase, after) in enumerate(known.items())
        if phrase.translate(characters) != after
    }
    inside = {*chain.from_iterable(known), *chain.from_iterable(second)}
    stops = "".join(stop for stop in "\n。；！？：、" if stop not in inside)
    automaton = CharwiseDoubleArrayAhoCorasick(list(known), MATCH_KIND_LEFTMOST_LONGEST)
    longest = max(map(len, phrases))
    return Prepared(automaton.serialize(), different, characters, stops, longest)


def _asked(phrases: Collection[str], plain: Callable[[str], str]) -> dict[str, str]:
    """What becomes of phrases, each by itself."""
    made = plain("\n".join(phrases)).split("\n") if phrases else ()
    return dict(zip(phrases, made, strict=True))


def _guarded(
    guards: dict[str, bool], phrases: Collection[str], plain: Callable[[str], str]
) -> dict[str, After]:
    """What becomes of each guard, where that can be told without the text around it."""
    beginnings = {phrase[:size] for phrase in phrases for size in range(1, len(phrase))}
    after: dict[str, After] = dict.fromkeys(guards)
    for guard, made in _asked([one for one, whole in guards.items() if whole], plain).items():
        sizes = range(len(guard) + 1)
        if not any(guard[start:end] in phrases for start in sizes for end in sizes[start + 1 :]):
            may_break = any(guard[start:] in beginnings for start in sizes[1:-1])
            after[guard] = (made,) if may_break else made
    return after


def _guards(steps: dictionaries.Steps, second: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Strings around which a text is not cut or not converted as its phrases tell.

    Characters that OpenCC exchanges before it looks for phrases; and whatever the first
    step makes a phrase of the second where no phrase of the first covers it, for what
    stands between two phrases is one piece: that is True of all of these but the long
    ones, which are cut. A guard may also stand where it does no harm.
    """
    yield from ((one, False) for one in dictionaries.words(steps.normal))
    if not second:
        return
    if dictionaries.steps("s2t") != steps._replace(second=()):
        raise ValueError("the first step is not that of s2t, which could be asked")
    import opencc

    first = _asked(set(dictionaries.words(steps.characters)), opencc.OpenCC("s2t").convert)
    spellings: dict[str, list[str]] = {}
    for one, after in first.items():
        spellings.setdefault(after, []).append(one)
    for word in second:
        ways = [spellings.get(one, []) + ([one] if one not in first else []) for one in word]
        while prod(map(len, ways)) > _SPELLINGS:
            ways.pop()
        whole = len(ways) == len(word)
        yield from (("".join(way), whole) for way in product(*ways))
