"""All rules in one pass over the text.

Every pattern gives *triggers* (``triggers/``); those of all rules go into one
automaton, which runs over the text once. Only where a trigger stands is a
pattern tried, so the cost grows with the text and its hits and hardly with the
number of rules. The law: ``scan.find(code)`` yields what ``rule.find`` yields.

When edits are made the scan goes along (``Scan.after``): only around them is the
text looked at again.
"""

from __future__ import annotations

from normtool.scan.looking import Scan
from normtool.scan.scanner import Group, Scanner
from normtool.scan.trying import Hit
from normtool.triggers.ways import EACH, LEAD, LINES, RARE, SLOW, WHOLE, WINDOWS

__all__ = [
    "EACH",
    "LEAD",
    "LINES",
    "RARE",
    "SLOW",
    "WHOLE",
    "WINDOWS",
    "Group",
    "Hit",
    "Scan",
    "Scanner",
]
