"""Checks of the conversion: what standOff says of it fits the text and was declared."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.alternative import stands
from normtool.edition.alternatives import forms_of
from normtool.edition.views import ID, SCRIPT, line_ranges, listed, reading
from normtool.validate.edition import Edition, at
from normtool.validate.problem import Problem


def script(edition: Edition) -> Iterator[Problem]:
    """Where the conversion guessed there is a word that could have become another."""
    lines = {line.get(ID): reading(line) for line in edition.lines}
    defined = any(one.get("ident") == "line" for one in edition.find("listPrefixDef/prefixDef"))
    seen: set[tuple[str, int]] = set()
    for annotation in listed(edition.tei, SCRIPT):
        number, ident = at(annotation)
        for wrong in (
            "" if edition.converted else "this text was not converted; take the annotation out",
            "" if defined else "line: is not defined; add a prefixDef to encodingDesc",
        ):
            if wrong:
                yield Problem(number, "script", wrong, ident)
        ana = annotation.get("ana") or ""
        category = edition.categories.get(ana[1:])
        forms = forms_of(category)
        if forms is None:
            if category is not None:  # what leads nowhere is told of by the pointers
                wrong = (
                    f"{ana} does not say which word could be written otherwise; give its catDesc "
                    "a choice of one orig, the reg that was written and one reg more"
                )
                yield Problem(number, "script", wrong, ident)
            continue
        if forms.after in forms.others:
            wrong = (
                f"“{forms.after}” is no alternative, it is what was written; take it out of "
                f"{ana}, or correct it"
            )
            yield Problem(number, "script", wrong, ident)
            continue
        for name, start, end in line_ranges(annotation.get("target")):
            what = f"line:{name},{start},{end}"
            words = lines.get(name)
            if words is None:
                wrong = f"{what} is in no line of this text; correct the id, or take it out"
            elif not start < end <= len(words):
                wrong = (
                    f"{what} is no part of {name}, which has {len(words)} characters; correct it"
                )
            elif not stands(words, start, end, forms.after, forms.others):
                wrong = (
                    f"{what} is “{words[start:end]}”, which is no part of “{forms.after}” that "
                    "could be otherwise; if it was decided by hand, take the place out"
                )
            elif seen.intersection((name, place) for place in range(start, end)):
                wrong = f"{what} is listed twice; keep one"
            else:
                seen.update((name, place) for place in range(start, end))
                continue
            yield Problem(number, "script", wrong, ident)
