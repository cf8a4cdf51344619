"""What the user says of speeches (--meta) goes to its proper place, and mistakes are sentences."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from normtool.cli import main
from normtool.export import tei
from normtool.metadata import Metadata, read_metadata
from normtool.pipeline import outputs, prepare
from normtool.read import Unreadable, from_text

T = "{http://www.tei-c.org/ns/1.0}"
TWO = "".join(
    f"篇{n}：在{place}春耕会议上的讲话\n同志们：\n今天开会，研究春耕工作。\n谢谢大家！\n"
    for n, place in ((1, "柳河县"), (2, "北山乡"))
)
TOML = """
publisher = "地方讲话语料库"
licence = "CC BY 4.0"
project = "语料库第一期"

[files."两篇.txt"]
date = 2004-02-10
place = "柳河县礼堂"
source = "县档案馆"

[files."两篇.txt".speeches.2]
speaker = "吴兰"
date = "2004-03"
"""
CSV = (
    "file,speech,speaker,date,place,licence,project,publisher,source\n"
    "两篇.txt,,,2004-02-10,柳河县礼堂,CC BY 4.0,语料库第一期,地方讲话语料库,县档案馆\n"
    "两篇.txt,2,吴兰,2004-03,,,,,\n"
)


def read_from(tmp_path: Path, text: str, suffix: str) -> Metadata:
    path = tmp_path / f"meta{suffix}"
    path.write_text(text, "utf-8")
    return read_metadata(str(path))


@pytest.mark.parametrize(("text", "suffix"), [(TOML, ".toml"), (CSV, ".csv")])
def test_facts_are_where_tei_wants_them(tmp_path: Path, text: str, suffix: str) -> None:
    metadata = read_from(tmp_path, text, suffix)
    document = metadata.add(prepare(from_text(TWO, "两篇.txt")), "in/两篇.txt")
    assert document.original == TWO
    roots = []
    for output in outputs(document, "两篇", ("tei",), ()):
        stream = io.BytesIO()
        tei.write(output.document, stream, **output.options)
        roots.append(etree.fromstring(stream.getvalue()))
    one, two = roots

    def said(root: etree._Element, path: str) -> list[str]:
        return [e.text for e in root.iterfind("/".join(T + name for name in path.split("/")))]

    speaker = f"{T}teiHeader/{T}fileDesc/{T}titleStmt/{T}author"
    assert one.find(speaker).get("cert") == "unknown"
    assert (two.find(speaker).text, two.find(speaker).get("cert")) == ("吴兰", None)
    for root, date in ((one, "2004-02-10"), (two, "2004-03")):
        (creation,) = root.iter(T + "creation")
        assert creation.find(T + "date").get("when") == date
        assert creation.find(T + "date").get("resp") is None
        assert creation.find(T + "placeName").text == "柳河县礼堂"
        publication = "teiHeader/fileDesc/publicationStmt/"
        assert said(root, publication + "publisher") == ["地方讲话语料库"]
        assert said(root, publication + "availability/licence") == ["CC BY 4.0"]
        assert root.find(f".//{T}availability").get("status") == "free"
        assert said(root, "teiHeader/encodingDesc/projectDesc/p")[0] == "语料库第一期"
        (source,) = (n for n in root.iter(T + "note") if n.get("type") == "givenSource")
        assert source.text == "县档案馆"


# ruff: noqa: E501
MISTAKES = {
    "unknown key": ('[files."a.txt"]\nspeker = "甲"', ".toml", "unknown key 'speker' of a.txt; did you mean speaker"),
    "no date": ('date = "2004年2月"', ".toml", "date '2004年2月' is no date; write YYYY-MM-DD"),
    "no such day": ('date = "2004-02-30"', ".toml", "is no date"),
    "no text": ("place = 3", ".toml", "place must be text, not 3"),
    "no table": ('files = "a.txt"', ".toml", "files must be tables"),
    "broken TOML": ("place = ", ".toml", "is not TOML"),
    "key of files in a speech": ('[files."a".speeches.1]\nlicence = "x"', ".toml", "unknown key 'licence' of speech 1 of a"),
    "number": ('[files."a".speeches.one]\nspeaker = "x"', ".toml", "'one' is no number of a speech"),
    "no column": ("name,speaker\na,b\n", ".csv", "has no column 'file'"),
    "unknown column": ("file,speakr\na,b\n", ".csv", "unknown key 'speakr'; did you mean speaker"),
    "short row": ("file,speaker,date\na,b\n", ".csv", "line 2 has not 3 columns"),
    "long row": ("file,speaker\na,b,c\n", ".csv", "line 2 has not 2 columns"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "suffix", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_sentences(tmp_path: Path, text: str, suffix: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_from(tmp_path, text, suffix)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value).strip()


def test_missing_file_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    source = tmp_path / "两篇.txt"
    source.write_text(TWO, "utf-8")
    given = ["--meta", str(tmp_path / "none.toml"), "-o", str(tmp_path / "out")]
    monkeypatch.setattr("sys.argv", ["normtool", "convert", str(source), "-t", "tei", *given])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert not (tmp_path / "out").exists()


def test_special_wins_over_general() -> None:
    metadata = Metadata()
    metadata.say("", 0, {"place": "县", "speaker": "甲"})
    metadata.say("b.txt", 0, {"place": "乡"})
    metadata.say("a/b.txt", 0, {"place": "村"})
    metadata.say("b.txt", 2, {"place": "组"})
    assert metadata.of("c.txt") == {"place": "县", "speaker": "甲"}
    assert metadata.of("x/b.txt")["place"] == "乡"
    assert metadata.of("a/b.txt")["place"] == "村"
    assert metadata.of("a/b.txt", 2)["place"] == "组"
