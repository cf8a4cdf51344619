"""TEI tells where the conversion guessed or was decided: behind the text, and read back again."""

from __future__ import annotations

import io
import re

import pytest
from lxml import etree

from normtool.alternative import alternatives_of, stands
from normtool.edition import read_tei
from normtool.export import docx, tei
from normtool.pipeline import prepare
from normtool.read import from_text
from normtool.script import conversion_findings, convert_script, doubts_of
from normtool.script.decisions import Choices
from normtool.validate import validate

T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"

TEXT = (
    "冬修水利讲话范文2篇\n\n篇1：在冬修动员会上的讲话_河口文稿网\n\n"
    "同志们：水渠有点干,水放到里头去。养羊28只,渠长三 千米,形势严竣。于海同志说,宣布开工。\n"
    "“干不干”由大家说,老林夺了银杯,平台很大。\n\n谢谢大家！\n\n"
    "篇2：在冬修总结会上的讲话_河口文稿网\n\n同志们：渠又有点干。收粮*.*万斤,台儿庄也有平台。\n\n谢谢！\n"
)


def document(script: str = "tw", text: str = TEXT, quotes: str = "keep", **options):
    made = prepare(from_text(text, "冬修.txt"))
    return convert_script(made, script, quotes, **options) if script else made


def written(made, **options) -> bytes:
    stream = io.BytesIO()
    tei.write(made, stream, **{"date": "2024-05-06", **options})
    return stream.getvalue()


def told(data: bytes) -> list[tuple[str, str, str, list[str]]]:
    """What a file tells of: the words at each place, code, certainty, the forms."""
    root = etree.fromstring(data)
    lines = {e.get(ID): e for e in root.find(f"{T}text").iter() if e.get(ID)}
    found = []
    for annotation in root.iterfind(f".//{T}listAnnotation[@type='scriptConversion']/*"):
        category = root.find(f".//*[@xml:id='{annotation.get('ana')[1:]}']", _XML)
        forms = [side.text for side in category.iterfind(f"{T}catDesc/{T}choice/*")]
        code = category.getparent().find(f"{T}catDesc/{T}term").text
        for target in annotation.get("target").split():
            ident, start, end = target.removeprefix("line:").split(",")
            words = _read(lines[ident])[int(start) : int(end)]
            found.append((words, code, annotation.get("cert"), forms))
    return found


_XML = {"xml": "http://www.w3.org/XML/1998/namespace"}


def _read(line) -> str:
    """The line as it reads: not the way in which the package does it."""
    for old in (*line.iter(f"{T}orig"), *line.iterfind(f".//{T}choice/{T}sic")):
        old.text = ""
    return "".join(line.itertext())


def test_what_is_told():
    found = told(written(document(), speech=1))
    assert ("幹", "SCR301", "low", ["干", "幹", "乾", "榦"]) in found
    assert ("隻", "SCR202", "high", ["只", "隻", "只"]) in found
    assert ("盃", "SCR302", "medium", ["银杯", "銀盃", "銀杯"]) in found
    assert ("于", "SCR203", "medium", ["于", "于", "於"]) in found
    assert ("宣布", "SCR201", "high", ["宣布", "宣布", "宣佈"]) in found
    # Each is at its place, also behind the blank that was taken out and the word corrected.
    assert all(words in forms[1] for words, _, _, forms in found)


def test_the_reasons_of_decisions_are_notes():
    root = etree.fromstring(written(document(), speech=1))
    notes = {note.get("target"): note.text for note in root.iter(f"{T}note") if note.get("target")}
    for annotation in root.iterfind(f".//{T}listAnnotation[@type='scriptConversion']/*"):
        decided = annotation.get("motivation") == "editing"
        assert (f"#{annotation.get(ID)}" in notes) == decided
    assert "a surname" in notes.values()


def test_all_findings_of_the_text_are_told():
    made = document()
    places = sum(len(told(written(made, speech=n))) for n in made.speeches)
    # The collection's title, in the header, is the only line outside.
    head = [one for one in alternatives_of(made) if one.start < made.text.index("在冬修動")]
    assert places == len(alternatives_of(made)) - len(head) > 8


@pytest.mark.parametrize(
    "options",
    [
        {"script": "tw"},
        {"script": "hk"},
        {"script": "hant"},
        {"script": "twp"},
        {"script": "tw", "quotes": "corner"},
        {"script": "tw", "choices": Choices(glossary=(("平台", "平檯"), ("水渠", "大水溝")))},
        {"script": "twp", "choices": Choices(glossary=(("渠长", "渠總長"), ("开工", "起工")))},
        {"script": "hans", "text": "我們去了廢棄的后街，乾隆年間的井乾了。28隻羊。\n"},
    ],
    ids=lambda options: "-".join(map(str, options.values()))[:20],
)
@pytest.mark.parametrize("sentences", [False, True])
def test_read_back_and_written_again(options, sentences):
    made = document(**options)
    for number in made.speeches or [0]:
        data = written(made, speech=number, sentences=sentences)
        assert validate(data) == []
        back = read_tei(data, "x.xml")
        assert written(back, speech=number, sentences=sentences) == data
        if len(made.speeches) < 2:
            assert conversion_findings(back) == conversion_findings(made)
    data = written(made, corpus=True)
    assert validate(data) == []
    if made.speeches:
        back = read_tei(data, "x.xml")
        assert written(back, corpus=True) == data
        seen = [one for one in doubts_of(made) if one.start >= made.text.find("在冬修")]
        assert doubts_of(back) == seen


def test_words_longer_than_before_have_their_places():
    """The glossary's word has another length: what stands behind it is shifted, and found."""
    choices = Choices(glossary=(("水渠", "大水溝"), ("开工", "起工")))
    made = document("tw", choices=choices)
    data = written(made, speech=1)
    found = [(words, code) for words, code, _, _ in told(data)]
    assert ("大水溝", "SCR210") in found
    assert ("起工", "SCR210") in found
    back = read_tei(data, "x.xml")
    base = back.cleaned.text
    assert {base[one.start : one.end] for one in alternatives_of(back)} >= {"水渠", "开工", "于"}


def test_word_comments_are_those_of_the_source():
    made = document(text=TEXT[TEXT.index("同志们") : TEXT.index("篇2")])
    back = read_tei(written(made), "x.xml")
    assert doubts_of(back) == doubts_of(made) != []
    files = []
    for one in (made, back):
        stream = io.BytesIO()
        docx.write(one, stream)
        files.append(stream.getvalue())
    assert files[0] == files[1]


def test_facts_that_are_added_leave_them():
    back = read_tei(written(document(), speech=1), "x.xml")
    assert alternatives_of(back.replace(meta={})) == alternatives_of(back) != ()
    assert alternatives_of(back.replace(script="", script_edits=(), cleaned=None)) == ()


def test_neither_the_source_nor_the_reading_view_tells():
    assert b"scriptConversion" not in written(document(""), speech=1)
    reading = written(document(), speech=1, view="reading")
    assert not re.search(b"standOff|SCR|line:", reading)


def test_what_is_suspected_stands_in_its_own_script():
    """A lone sic keeps the characters of the source: nothing in it was converted."""
    made = document(text="与先进缯亿美元相比，他有点干，形势好。\n")
    data = written(made)
    assert all(words in forms[1] for words, _, _, forms in told(data))
    assert written(read_tei(data, "x.xml")) == data


def test_where_a_word_stands():
    assert stands("他留長髮。", 2, 4, "長髮", ("長發",))
    assert stands("他留長髮。", 3, 4, "長髮", ("長發",))
    assert not stands("他留長髮。", 2, 3, "長髮", ("長發",))  # the same in both
    assert not stands("他留長發。", 3, 4, "長髮", ("長發",))
    assert not stands("長", 0, 1, "長髮", ("長發",))
    assert not stands("髮", 0, 1, "髮", ("髮",))


TWIN = written(document(), speech=1).decode()
ONE = re.search(r'<annotation xml:id="sp1\.a1" [^>]*target="(line:([^,]+),(\d+),(\d+))', TWIN)


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("script", ONE[1], f"line:sp1.nowhere,{ONE[3]},{ONE[4]}"),
        ("script", ONE[1], f"line:{ONE[2]},{ONE[3]},9999"),
        ("script", ONE[1], f"line:{ONE[2]},{ONE[4]},{ONE[3]}"),
        ("script", ONE[1], f"line:{ONE[2]},{ONE[3]},{ONE[3]}"),
        ("script", ONE[1], f"line:{ONE[2]},{int(ONE[3]) + 1},{int(ONE[4]) + 1}"),
        ("script", ONE[1], f"{ONE[1]} {ONE[1]}"),
        ("script", "<reg>幹</reg><reg>乾</reg>", "<reg>幹</reg><reg>幹</reg>"),
        ("script", "<reg>幹</reg><reg>乾</reg><reg>榦</reg>", "<reg>幹</reg>"),
        ("script", "<reg>幹</reg>", "<reg>乾</reg>"),
        ("script", "有點幹", "有點乾"),  # decided, and still asked
        ("script", r'<prefixDef ident="line".*?</prefixDef>\s*', ""),
        ("pointer", r'<category xml:id="rule\.SCR301\..*?</category>\s*', ""),
        ("pointer", r'ana="#rule\.SCR301\.[^"]*"', 'ana="#rule.SCR301.0000"'),
        ("pointer", r'target="#sp1\.a', 'target="#sp1.z'),
        ("tags", r'<tagUsage gi="annotation".*?</tagUsage>\s*', ""),
        ("tags", r'gi="annotation" occurs="\d+"', 'gi="annotation" occurs="1"'),
        ("profile", r'(<annotation xml:id="sp1\.a1"[^>]*) cert="[a-z]*"', r"\1"),
        ("profile", r'(<annotation xml:id="sp1\.a1"[^>]*cert=")[a-z]*', r"\1certain"),
        ("profile", r'(<annotation xml:id="sp1\.a1"[^>]*) ana="[^"]*"', r"\1"),
        ("profile", ONE[1], ONE[1].replace("line:", "src:")),
        ("profile", 'motivation="questioning"', 'motivation="commenting"'),
        ("profile", 'type="scriptConversion"', 'type="doubts"'),
        ("profile", "(?s)(<listAnnotation type=.script.*?</listAnnotation>)", r"\1\1"),
        ("profile", r'(<annotation xml:id="sp1\.a1"[^>]*)/>', r"\1>乾</annotation>"),
        ("id", r'xml:id="sp1\.a2"', 'xml:id="sp1.a1"'),
        ("id", r'xml:id="sp1\.a2"', 'xml:id="sp2.a2"'),
    ],
)
def test_what_is_wrong_is_refused(rule, old, new):
    assert validate(TWIN.encode()) == []
    bad = re.sub(old if rule != "script" or "<p" in old else re.escape(old), new, TWIN, count=1,
                 flags=re.DOTALL)  # fmt: skip
    assert bad != TWIN
    found = validate(bad.encode())
    assert rule in {problem.rule for problem in found}
    assert all(problem.line for problem in found)


def test_a_source_has_no_guesses():
    twin = TWIN.replace('ident="OpenCC"', 'ident="other"')
    assert "this text was not converted" in " ".join(p.message for p in validate(twin.encode()))
