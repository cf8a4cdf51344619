"""The rules, imported in the order in which the stages run."""

from normtool.rules import (  # noqa: F401, I001  (the order is the order of the stages)
    characters,
    breaks,
    paragraphs,
    furniture,
    gaps,
    numbers,
    punctuation,
    spacing,
    typos,
    quality,
)
