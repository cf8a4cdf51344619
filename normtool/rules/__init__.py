"""The rules, imported in the order in which the stages run."""

from normtool.rules import (  # noqa: F401, I001  (the order is the order of the stages)
    encoding,
    markup,
    residue,
    escapes,
    characters,
    breaks,
    paragraphs,
    furniture,
    navigation,
    fields,
    solicitation,
    adverts,
    anticopy,
    gaps,
    numbers,
    notices,
    punctuation,
    spacing,
    typos,
    quality,
)
