"""Where the conversion guessed, or kept OpenCC from its word: told of behind the text.

Each pair of forms is a category in the header; an annotation in ``standOff`` points at
it and at all its places. A place is that of a block as it reads: ``line:sp1.p2,14,15``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from normtool.alternative import Alternative, Forms, alternatives_of, stands
from normtool.export.tei.markup import NO_XML, branch, escape, format_attributes, leaf
from normtool.export.tei.templates import RESP

if TYPE_CHECKING:
    from normtool.edits import Certainty
    from normtool.export.tei.body import Body


class Alternatives:
    """The alternatives of one speech.

    places   for each pair of forms, its certainty and its reason the pointers, in order
    forms    all pairs of forms, of a corpus those of all its speeches
    """

    def __init__(self) -> None:
        self.ident = ""
        self.places: dict[tuple[Forms, Certainty, str], list[str]] = {}
        self.forms: dict[Forms, None] = {}

    def gather(self, body: Body) -> None:
        """Take in what a finished body has; what stands in no line of it has no place."""
        self.ident = body.speech.ident
        for one, pointer in _placed(body):
            forms = Forms(one.code, one.before, one.after, one.others)
            self.places.setdefault((forms, one.certainty, one.reason), []).append(pointer)
        if not self.places:
            return
        self.forms = dict.fromkeys(forms for forms, _, _ in self.places)
        for number, (forms, _, reason) in enumerate(self.places, start=1):
            body.codes.add(forms.code)
            if reason:
                ident = f"{self.ident}.a{number}"
                body.reasons[ident, (forms.code,), reason] = [ident]
        # What is told of behind the text is counted, with what is silent there.
        body.markup.counts["annotation"] += len(self.places) + len(body.silent.mappings)

    def annotations(self, margin: str) -> str:
        """The list for ``standOff``, without words; "" if there is nothing to tell."""
        notes = []
        for number, ((forms, certainty, _), places) in enumerate(self.places.items(), start=1):
            attributes = {
                "xml:id": f"{self.ident}.a{number}",
                "motivation": "questioning" if forms.code.startswith("SCR3") else "editing",
                "resp": RESP,
                "cert": certainty.name.lower(),
                "ana": f"#{_ident(forms)}",
                "target": " ".join(places),
            }
            notes.append(f"{margin}  <annotation{format_attributes(attributes)}/>\n")
        return branch(margin, "listAnnotation", {"type": LIST}, *notes) if notes else ""

    def categories(self, margin: str, code: str) -> str:
        """The pairs of forms of a rule, for its category."""
        return "".join([_category(margin, one) for one in self.forms if one.code == code])


def stand_off(body: Body, margin: str) -> str:
    """What is told of behind a text: changes of width, and guesses of the conversion."""
    return body.silent.stand_off(margin, body.alternatives.annotations(f"{margin}  "))


#: What the list of annotations is called.
LIST = "scriptConversion"


def _placed(body: Body) -> Iterator[tuple[Alternative, str]]:
    """The alternatives that can be seen in the text, and a pointer to each."""
    speech = body.speech
    found = alternatives_of(speech.document)
    starts = [one.start for one in found]
    for line in speech.lines if found else ():
        ident, block = body.idents.get(line.block.start), line.block
        first, last = bisect_left(starts, block.start), bisect_left(starts, block.end)
        if ident is None or first == last:
            continue
        words, begin = speech.words(line), speech.place(block.start)
        sics = [(a, b) for a, b in body.unconverted if block.start <= a < block.end]
        if any(speech.place(b) - speech.place(a) != b - a for a, b in sics):
            continue  # the source stands there, and is longer or shorter
        for one in found[first:last]:
            start, end = speech.place(one.start) - begin, speech.place(one.end) - begin
            if (
                one.end > block.end
                or any(a < one.end and one.start < b for a, b in sics)
                or not stands(words, start, end, one.after, one.others)
                or NO_XML.search("".join((one.before, one.after, *one.others, one.reason)))
            ):
                continue  # the source stands there, or quotation marks were exchanged since
            yield one, f"line:{ident},{start},{end}"


def _category(margin: str, forms: Forms) -> str:
    """The word of the source; what was written, and behind it what else it could be."""
    sides: Sequence[str] = (forms.after, *forms.others)
    pair = f"<orig>{escape(forms.before)}</orig>"
    pair += "".join([f"<reg>{escape(side)}</reg>" for side in sides])
    said = leaf(f"{margin}  ", "catDesc", None, f"<choice>{pair}</choice>")
    return branch(margin, "category", {"xml:id": _ident(forms)}, said)


def _ident(forms: Forms) -> str:
    """The xml:id of a category: the code points, as what is not to be printed has no name."""
    words = (forms.before, forms.after, *forms.others)
    return f"rule.{forms.code}." + "-".join(map(_code_points, words))


def _code_points(words: str) -> str:
    return ".".join([f"{ord(character):04X}" for character in words])
