"""The law of the engine: every rule finds with all the others what it finds alone."""

import re
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import normtool.rules  # noqa: F401  (fills RULES)
from normtool import kept
from normtool.chinese import CHINESE, HAN, HAN_RANGES
from normtool.edits import CONVENTION, FLAG, HIGH, SAFE
from normtool.native import native
from normtool.rule import RULES, Rule
from normtool.scan import LEAD, LINES, RARE, WHOLE, WINDOWS, Scanner, targets
from normtool.triggers.classes import SPACES, ranges_of
from normtool.triggers.lead import literal_first
from normtool.triggers.windows import trigger

#: Rules for which re must look at every character. Each costs as much as all fast rules
#: together: before adding one, see whether a look-around can become a fixed window.
SLOW: set[str] = set()


def made(code, pattern, fix=lambda match: "□", flags=0, kind=CONVENTION):
    compiled = re.compile(pattern, flags) if pattern is not None else None
    return Rule(code, code.lower(), "", SAFE, HIGH, kind, compiled, fix)


def odd_lines(text):
    for place, line in enumerate(text.split("\n")):
        if place % 2 and line:
            start = sum(len(before) + 1 for before in text.split("\n")[:place])
            yield start, start + len(line), ""


# One of each shape that a rule can have, and some that no rule should have.
SHAPES = [
    # dense: a frequent character between contexts
    (rf"(?<={CHINESE}),(?={CHINESE})", 0, LEAD),
    (rf"(?<={HAN})[,;:!?]", 0, LEAD),
    (rf"(?<={HAN})[ \u3000]+(?={HAN})", 0, LEAD),
    (rf"(?<!{HAN})(?P<edit> +)(?={HAN})", 0, LEAD),
    (r"(?<=\d) {1,3}(?=万|亿)", 0, None),
    (r"[ \t]+$", re.M, LEAD),
    (r"\d+", 0, LEAD),
    (r"(?<![\d.])\d+(?:\.\d+)? +(?P<edit>[个元])", 0, LEAD),
    (r"(?:^|(?<=\n)) +", 0, None),
    (r"\b\d", 0, LEAD),
    (r"(?<=，),+?(?=一|,)", 0, None),
    # classes of characters that are hardly ever there
    ("[\ue000-\uf8ff]+", 0, RARE),
    ("[\u2e80-\u2fd5]", 0, RARE),
    (r"[\]\-^\\ａ-ｚ]{2,}", 0, None),
    (r"[\]\-^\\\ue001-\uefff]", 0, None),
    # windows: literals, look-arounds, branches, optional parts, classes
    (r"同志们", 0, WINDOWS),
    (r"同[志知]们?(?P<edit>:)", 0, WINDOWS),
    (r"(?<=同志)(?P<edit>)(?=们)", 0, WINDOWS),
    (r"(?<=篇)\d(?=：)", 0, WINDOWS),
    (r"(?:同志|女士)们|先生", 0, WINDOWS),
    (r"(?:一、|二、)?同志们", 0, WINDOWS),
    (r"[^，。\n]{0,4}同志们", 0, WINDOWS),
    (r"第.{1,3}届", 0, WINDOWS),
    (r"(?=.?□)[一二]", 0, None),
    (r"□(?:万|亿)?元", 0, WINDOWS),
    (r"(?<=个)[?？](?=0{2,4})", 0, WINDOWS),
    (r"发\[\]第?号", 0, WINDOWS),
    (r"(?<=企业)(?P<edit>)(?!家们)(?=家)", 0, WINDOWS),
    (r"(?P<edit>同志)|们", 0, WINDOWS),
    (r"(?<=[一二])□|□(?=[一二])", 0, WINDOWS),
    (r"(?i)gdp|Kg", 0, WINDOWS),
    (r"(?i:is)同", 0, WINDOWS),
    (r"\n\s*\n", 0, None),
    (r"\n{3,}", 0, WINDOWS),
    (r"(同志)+们", 0, WINDOWS),
    (r"(?>同志)们", 0, WINDOWS),
    (r"同志++们", 0, WINDOWS),
    (r"(□)?同志(?(1)们)", 0, None),
    (r"([一二])、\1", 0, WINDOWS),
    ("同志|知志|们个|一二|篇个|企业家|元万", 0, WINDOWS),
    # lines
    (r"^篇\d：", re.M, WINDOWS),
    (r"^[一二三]、", re.M, WINDOWS),
    (rf"^{HAN}{{2,4}}[:：]$", re.M, LINES),
    (r"^同志们[:：]", 0, WINDOWS),
    (r"\A\s+", 0, None),
    (r"^(?!同志).*元$", re.M, LINES),
    (r"(?<=^)□", re.M, WINDOWS),
    # empty or not, as the place may be
    (r"(?<=同)x*|们", 0, WINDOWS),
    (r"(?<=[，。])(?P<edit> *)(?=第|同)", 0, WINDOWS),
    (r"(?<=，)(?:| +|x)", 0, None),
    # slow, but still right
    (rf"({HAN})\1", 0, "slow"),
    (r"x*", 0, "slow"),
    (rf"{HAN}+(?=：)", 0, "slow"),
    (r"$", 0, "slow"),
    (r"(?s).(?=们)", 0, None),
]
MADE = [made(f"XXX{100 + i}", pattern, flags=flags) for i, (pattern, flags, _) in enumerate(SHAPES)]
MADE += [
    made("XXX900", None, odd_lines),
    made("XXX901", "[一二三]", lambda match: None if match.start() % 2 else "x"),
    made("XXX902", "同志们?", lambda match: (match[0], "a note"), kind=FLAG),
    made("XXX903", "同志们?", lambda match: "同志们"),
]
WORDS = [
    *(
        "同志们",
        "同志",
        "们:",
        "篇1：",
        "□万元",
        "个?000",
        "发[]第号",
        "企业家",
        "第一届",
        "先生",
        "女士们",
    ),
    *(
        "一、",
        "万美 元",
        "GDP",
        "kg",
        "\u212ag",
        "ıs同",
        "  ",
        "\n\n\n",
        "\r\n",
        "1.5 元",
        "84.12万",
        "*.*",
    ),
    *(
        "？",
        "，",
        "。",
        "：",
        "；",
        "、",
        "”",
        "“",
        "（",
        "）",
        "〔2004〕",
        "[2004]",
        "全文约",
        "发布于2024-05-06",
    ),
]
CHARS = "同志们个篇企业家第届发号元万亿一二三女士先生知来" + (
    ",;:!?，。：；、？.□*×[]()0129 \u3000\t\n\r\u200bxXgk\ue001\u2f00\u2f01ａｂ-^\\"
)
texts = st.lists(st.sampled_from([*WORDS, *CHARS]), max_size=40).map("".join)


@pytest.mark.parametrize(("rule", "shape"), list(zip(MADE, SHAPES, strict=False)))
def test_way(rule, shape):
    pattern, _, way = shape
    ways = Scanner([rule]).ways
    assert way is None or ways[rule.code] == way, pattern


#: In Python and, where they were built, with the loops in C.
WAYS = {False, native is not None}
made_scanner = [Scanner(MADE, built=built) for built in WAYS]
real_scanner = [Scanner(RULES.values(), built=built) for built in WAYS]


def obey(scanners, rules, text):
    for scanner in scanners:
        scan = scanner.scan(text)
        found = dict(scan.found(scanner.group(rule.code for rule in rules)))
        for rule in rules:
            expected = list(rule.find(text))
            assert list(scan.find(rule.code)) == expected, rule.code
            assert found.get(rule.code, []) == expected, rule.code


@given(texts)
@settings(max_examples=300, deadline=None)
@example("")
@example("\n")
@example("同志们")
@example("同同志们志们：\n同志们：")
def test_law_for_every_shape(text):
    obey(made_scanner, MADE, text)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_law_for_the_real_rules(text):
    obey(real_scanner, RULES.values(), text)


def test_law_on_every_example():
    for rule in RULES.values():
        for found in rule.examples:
            obey(real_scanner, RULES.values(), found.before)


@pytest.mark.parametrize(
    "chars", ["a", "ab", "a-dc-fz", "\\s\u3000", "\\d一-三", "\\^\\]\\-", "一-鿿𠀀-\U0003ffff"]
)
def test_ranges_of_a_class(chars):
    every = "".join(map(chr, range(0x110000)))
    expected = [(run.start(), run.end() - 1) for run in re.finditer(f"[{chars}]+", every)]
    assert ranges_of(chars) == expected


# Patterns nobody would think of: the parse tree must be read right whatever it is.
_atoms = st.sampled_from(
    [
        *(
            "一",
            "二",
            "x",
            " ",
            ",",
            "[一二]",
            "[^一]",
            r"\d",
            r"\s",
            ".",
            r"\n",
            "(?<=一)",
            "(?<!x)",
        ),
        *(
            "(?=二)",
            "(?!,)",
            "(?<=^x)",
            "^",
            "$",
            r"\b",
            "(?<=[一x],)",
            "(?i:X)",
            "[,;]",
            "(?=x|一二)",
        ),
    ]
)


def _combined(inner):
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(
            inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "+?", "{0,2}?", "++"])
        ).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        inner.map(lambda part: f"({part})"),
    )


@given(
    st.recursive(_atoms, _combined, max_leaves=8),
    st.sampled_from([0, re.M, re.S, re.I, re.M | re.S]),
    st.lists(st.text("一二xX ,;1\n\u3000", max_size=14), min_size=1, max_size=5),
)
@settings(max_examples=500, deadline=None)
def test_law_for_any_pattern(pattern, flags, samples):
    rule = made("XXX100", pattern, lambda match: f"<{match.groups()}>", flags)
    scanner = Scanner([rule])
    for text in samples:
        obey([scanner], [rule], text)
        lead = literal_first(rule.pattern)
        if lead is not None:
            expected = [(m.span(), m.groups()) for m in rule.pattern.finditer(text)]
            assert [(m.span(), m.groups()) for m in lead.compiled().finditer(text)] == expected


def test_no_rule_is_slow_unknowingly():
    assert real_scanner[0].slow == SLOW


def test_whole_text_rules_are_passed_through():
    assert made_scanner[0].ways["XXX900"] == WHOLE
    assert list(made_scanner[0].scan("一\n二\n三").find("XXX900")) == [(2, 3, "", "")]


def test_unknown_code():
    with pytest.raises(KeyError):
        made_scanner[0].scan("一").find("ZZZ999")


def test_thousands_of_words_ride_along():
    words = [chr(0x4E00 + i) + chr(0x5E00 + 7 * i % 5000) for i in range(5000)]
    rule = made("XXX100", "|".join(words))
    scanner = Scanner([rule])
    assert scanner.ways["XXX100"] == WINDOWS
    text = "同志们，" + words[17] + "。" + words[4999]
    assert [found[:2] for found in scanner.scan(text).find("XXX100")] == [(4, 6), (7, 9)]


def test_windows_say_what_must_stand():
    seen = trigger(re.compile(rf"(?<={HAN})[{HAN_RANGES}]{{2}}(?=同志[们門])"))
    assert [window[:2] for window in seen.windows] == [(3, ("志们", "志門"))]


def test_white_space_is_complete():
    spaces = {chr(i) for i in range(sys.maxunicode + 1) if re.match(r"\s", chr(i))}
    assert spaces == SPACES


def test_what_was_kept_is_what_would_be_worked_out(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "folder", lambda: str(tmp_path))
    rules = list(RULES.values())
    found = targets.targets_of(rules)
    made = []
    monkeypatch.setattr(targets, "targets_of", lambda rules: made.append(rules) or found)
    assert targets.kept_targets(rules) == found
    assert targets.kept_targets(rules) == found
    assert len(made) == 1, "the second time it is read"
    scanner = Scanner(rules, keep=True)
    assert len(made) == 1
    text = (
        "同志们:今年 我市引进外资43个?000万元,形势严竣。\n（二)加快大数局发展；见 http://a.cn/x\n"
        * 3
    )
    for code in RULES:
        assert list(scanner.scan(text).find(code)) == list(real_scanner[0].scan(text).find(code)), (
            code
        )
    # Other rules, another order, another table: worked out anew.
    for others in (rules[1:], rules[::-1], [rules[0]._replace(code="CHR999"), *rules[1:]]):
        made.clear()
        targets.kept_targets(others)
        assert len(made) == 1
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-10])
    made.clear()
    assert targets.kept_targets(others) == found
    assert len(made) == 1
