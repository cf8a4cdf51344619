"""The figures of a candidate by name, in the order of their columns.

Where C makes them, they come in the same order.
"""

from __future__ import annotations

#: of one character, as the first look sees it
OF_ONE = (
    "left_old", "right_old", "left_new", "right_new", "t1_old", "t2_old", "t3_old",
    "t1_new", "t2_new", "t3_new", "f_old", "f_new", "word_old", "word_new", "strength_old",
    "strength_new", "proper_old", "proper_new", "kind", "shape", "habit", "common_old",
    "common_new", "before", "after", "word_left", "word_right", "break_left", "break_right",
    "gain_left", "gain_right", "t_gain", "rivals", "lead", "word_gain", "digit",
    "alone_old", "alone_new", "given_old", "given_new", "given_left", "given_right",
    "surname_left", "surname_second", "surname_old", "foreign_old", "foreign_left",
    "foreign_right", "side_gain", "four_gain",
)  # fmt: skip
#: the same, and what a closer look asks of the document
OF_ONE_CLOSELY = (*OF_ONE, "said_new", "said_old", "pair_said", "odd_left", "odd_right")
#: of two characters side by side
OF_TWO = (
    "left_old", "pair_old", "right_old", "left_new", "pair_new", "right_new",
    "t1_old", "t2_old", "t3_old", "t4_old", "t1_new", "t2_new", "t3_new", "t4_new",
    "f_old", "f_new", "word_old", "strength_old", "proper_old",
    "word_new", "strength_new", "proper_new",
    "kind_least", "kind_most", "habit", "shape", "common_old", "common_new",
    "before", "after", "word_left", "word_right", "break_left", "break_right",
    "said_old", "said_new", "said_more", "odd_left", "odd_right", "rivals", "lead",
)  # fmt: skip
