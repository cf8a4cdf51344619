"""What holds of every conversion: equal to OpenCC, stable, and the way back, with its exceptions.

On the samples and clean speeches of this project, and on real files where they are at hand.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import opencc
import pytest

from normtool.clean import clean_document
from normtool.document import Document
from normtool.read import Unreadable, read
from normtool.script import PROFILES, convert_script, script_of
from normtool.script.conversion import converter
from normtool.structure import structure

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "data"
OWN = sorted([*(HERE.parent / "samples").glob("*.txt"), *(HERE / "clean").glob("*.txt")])
CONFIGURATIONS = sorted(name.removesuffix(".json") for name in opencc.CONFIGS)
#: Profiles that change characters only: the words come back.
CHARACTERS = [name for name in PROFILES if name not in ("hans", "twp")]

#: What does not come back from hant, tw or hk, beside characters that were not simplified:
#: OpenCC sees another word (想象 is 想像, 背 of 背负 is 揹), and its t2s leaves 像 and 揹.
NOT_BACK = {"象像", "背揹", "坐座", "拚拼", "捱挨", "濛蒙", "浚濬", "征徵", "熏薰", "琅瑯", "呆待"}
NOT_BACK |= {"帐账", "卫衞", "昵暱", "俱具", "于於", "於于", "锺钟"}
#: From Taiwan also: 著 of 著作 or 卓著 taken for the particle, and 着 behind some words for it.
NOT_BACK_TW = NOT_BACK | {"著着", "着著"}
#: What Japan writes alike: 聯 and 連, 缺 and 欠, 豫 and 予, 辨 and 辯, 藝 and 芸 ...
NOT_BACK_JP = NOT_BACK | {"联连", "欠缺", "缺欠", "豫予", "辩辨", "辨辩", "芸艺", "痹痺", "灶竃"}
#: So many characters in 100,000 at most: measured 2.5, 3.3 and 140 on 4.3 million.
MOST = {"hant": 5, "tw": 6, "hk": 5, "jp": 250}


@cache
def cleaned(path: Path) -> str:
    return clean_document(read(path)).text


@cache
def real() -> list[tuple[str, str]]:
    found = []
    for path in sorted(SHARED.glob("*/*/*")):
        try:
            # As it was read: cleaning all of it takes a minute and changes nothing here.
            found.append((path.name, read(path).original))
        except Unreadable:
            continue
    return found


def converted(text: str, profile: str) -> str:
    return convert_script(Document("a.txt", text), profile).text


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_the_text_is_what_opencc_gives(path: Path) -> None:
    text = cleaned(path)
    for configuration in CONFIGURATIONS:
        plain = opencc.OpenCC(configuration).convert(text)
        assert converted(text, configuration) == plain, configuration


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_its_configurations_one_after_the_other(path: Path, profile: str) -> None:
    text = cleaned(path)
    if script_of(text) not in ("hans", "hant"):
        pytest.skip("both scripts: line by line")
    expected = text
    other = convert_script(Document("a.txt", text), profile)
    for configuration in other.meta["script"]["configurations"]:
        expected = opencc.OpenCC(configuration).convert(expected)
    # Everywhere but where we decided: there it is what OpenCC wrote instead.
    made, start = [], 0
    for line, theirs in zip(text.split("\n"), other.text.split("\n"), strict=True):
        mine = [one for one in other.decisions if start <= one.start < start + len(line)]
        assert not mine or len(line) == len(theirs)
        for one in mine:
            at, end = one.start - start, one.end - start
            assert theirs[at:end] == one.after
            theirs = theirs[:at] + one.instead + theirs[end:]
        made.append(theirs)
        start += len(line) + 1
    assert "\n".join(made) == expected


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_converted_stays(path: Path, profile: str) -> None:
    for quotes in ("keep", "corner", "curly"):
        text = convert_script(Document("a.txt", cleaned(path)), profile, quotes).text
        assert convert_script(Document("a.txt", text), profile, quotes).text == text


def differences(text: str, back: str) -> Counter[str]:
    assert len(text) == len(back)
    return Counter(one + other for one, other in zip(text, back, strict=True) if one != other)


def not_simplified(pair: str) -> bool:
    """Whether a character of a simplified text was none: it is simplified on the way back."""
    return converter("t2s")(pair[0]) == pair[1]


def unexpected(pairs: Counter[str], profile: str) -> set[str]:
    known = {"tw": NOT_BACK_TW, "jp": NOT_BACK_JP}.get(profile, NOT_BACK)
    return {pair for pair in pairs if pair not in known and not not_simplified(pair)}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
@pytest.mark.parametrize("profile", CHARACTERS)
def test_the_way_back(path: Path, profile: str) -> None:
    text = cleaned(path)
    if script_of(text) != "hans":
        pytest.skip("not simplified")
    pairs = differences(text, converted(converted(text, profile), "hans"))
    assert not unexpected(pairs, profile)
    if profile != "jp":
        assert sum(pairs.values()) <= 2, pairs


@pytest.mark.parametrize(
    ("text", "profile", "back"),
    [
        ("不可想象", "hant", "不可想像"),
        ("地理坐标", "hant", "地理座标"),
        ("背负重担", "hant", "揹负重担"),
        ("原著和名著", "tw", "原着和名著"),
        ("工会联合会和全国人大代表", "jp", "工会连合会和全国人大代表"),
        ("拖欠工资，这些缺点都要改", "jp", "拖缺工资，这些缺点都要改"),
        ("关于給予的讲话", "hant", "关于给予的讲话"),  # was not simplified
    ],
)
def test_exceptions_are_as_documented(text: str, profile: str, back: str) -> None:
    # In a text of some length, so that the script is seen.
    whole = f"这几年经济发展很快，广东省图书馆对外开放，劳动者权益得到保护。\n{text}\n"
    assert converted(converted(whole, profile), "hans") == whole.replace(text, back)
    assert not unexpected(differences(text, back), profile)


def test_every_region_leads_to_every_other() -> None:
    text = (
        "这几年来，广东经济发展很快，卫生部门和税务部门脱贫攻坚，"
        "启动了里程碑式的计划，群众看着很高兴。"
    )
    for profile in CHARACTERS:
        there = converted(text, profile)
        for other in CHARACTERS:
            # What is traditional already, hant leaves as it is.
            same = other == "hant" and profile in ("tw", "hk")
            assert converted(there, other) == (there if same else converted(text, other))
        assert converted(there, "hans") == text


def test_twins_have_the_same_blocks() -> None:
    for path in OWN:
        document = structure(clean_document(read(path)))
        for profile in (*PROFILES, *CONFIGURATIONS):
            other = convert_script(document, profile)
            assert [block[:1] + block[3:] for block in other.blocks] == [
                block[:1] + block[3:] for block in document.blocks
            ]
            assert [edit for _, _, edit in other.segments()] == [
                edit for _, _, edit in document.segments()
            ]


# --- real data, where there is some ------------------------------------------------

real_data = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")


@real_data
def test_real_texts_are_what_opencc_gives() -> None:
    assert real()
    plain = {name: opencc.OpenCC(name) for name in CONFIGURATIONS}
    for number, (name, text) in enumerate(real()):
        # Two for each file, so that all of them meet every kind of file.
        for turn in (number, number + 7):
            configuration = CONFIGURATIONS[turn % len(CONFIGURATIONS)]
            assert converted(text, configuration) == plain[configuration].convert(text), name


@real_data
def test_real_texts_stay_and_come_back() -> None:
    han: Counter[str] = Counter()
    lost: dict[str, Counter[str]] = {name: Counter() for name in CHARACTERS}
    names = list(PROFILES)
    for number, (name, text) in enumerate(real()):
        profile = names[number % len(names)]
        there = converted(text, profile)
        assert converted(there, profile) == there, f"{name} {profile}"
        if profile in lost and script_of(text) == "hans":
            han[profile] += len(text)
            lost[profile] += differences(text, converted(there, "hans"))
    for profile, pairs in lost.items():
        assert not unexpected(pairs, profile), profile
        assert sum(pairs.values()) * 100_000 <= MOST[profile] * han[profile], (profile, pairs)
