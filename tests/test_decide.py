"""Decisions read back: simulated reviewers, a real one (LibreOffice), hostile and foreign files."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from lxml import etree
from test_review import DAMAGED, W, accepted, part, prepared, rejected, review_bytes

import normtool
from normtool.cli import main
from normtool.decide import apply_decisions, decide, decided, finalize, to_json
from normtool.decide.alignment import align, classify
from normtool.decide.changes import find_changes
from normtool.decide.decisions import judge
from normtool.decide.lattice import INSERTED, KEPT, Lattice
from normtool.decide.reading import Mark, Reviewed, Sign, read_reviewed
from normtool.document import Document
from normtool.edits import apply
from normtool.files import Unreadable

ROOT = Path(__file__).parent.parent
ORACLE = ROOT.parent / "shared" / "docx" / "lo_revisions.py"
COMPILATION = ROOT / "samples" / "compilation.txt"
REVIEWER = Mark("田秀英", "2024-05-06T08:00:00Z")
LETTERS = {"a": "accepted", "r": "rejected", "p": "pending"}


@pytest.fixture(scope="module")
def compilation() -> Document:
    return normtool.prepare(normtool.read(COMPILATION))


def edits_of(review) -> tuple:
    return tuple(change.edit for change in review.changes)


# --- simulated reviewers -------------------------------------------------------------------


def simulate(
    document: Document, rnd: random.Random, *, halves: float = 0.0
) -> tuple[list[Sign], dict[int, str]]:
    """The signs of a review file after random clicks, and what each edit must be found to be."""
    lattice = Lattice(document)
    shown = read_reviewed(review_bytes(document, track="all"), "x").signs
    assert "".join(sign.text for sign in shown) == lattice.text
    signs: list[Sign] = []
    clicks: dict[int, list[str]] = {}
    for run in lattice.runs:
        chunk = shown[run.start : run.end]
        if run.kind == KEPT:
            signs += chunk
            continue
        before = clicks.setdefault(run.number, [])
        click = before[0] if before and rnd.random() >= halves else rnd.choice("arp")
        before.append(click)
        if click == "p":
            signs += chunk
        elif (click == "a") == (run.kind == INSERTED):
            signs += [Sign(sign.text) for sign in chunk]
    expected = {
        number: LETTERS[both[0]] if len(set(both)) == 1 else "mixed"
        for number, both in clicks.items()
    }
    return signs, expected


def wrong(review, expected: dict[int, str]) -> list[tuple]:
    return [(expected[d.number], d) for d in review.decisions if d.state != expected.get(d.number)]


@pytest.mark.parametrize("halves", [0.0, 0.1])
def test_ten_thousand_random_decisions_are_all_recovered(halves: float) -> None:
    rnd = random.Random(20240506)
    count = 0
    documents = [
        normtool.prepare(normtool.read(path)) for path in sorted((ROOT / "samples").glob("*.txt"))
    ]
    while count < 10_000:
        for document in documents:
            signs, expected = simulate(document, rnd, halves=halves)
            reviewed = Reviewed("x", signs, None)
            review = judge(reviewed, document)
            assert not wrong(review, expected)
            assert not review.own
            assert apply(document.original, edits_of(review)) == reviewed.accepted
            count += len(expected)


def test_tracked_changes_of_a_person_disturb_no_decision_and_come_back(compilation) -> None:
    rnd = random.Random(7)
    for _ in range(20):
        signs, expected = simulate(compilation, rnd, halves=0.1)
        for number in range(20):
            place = rnd.randrange(len(signs) - 4)
            if number % 2:
                signs[place:place] = [Sign(c, REVIEWER) for c in "要压实责任，"]
            else:
                for at in range(place, place + 3):
                    if not (signs[at].inserted or signs[at].deleted or signs[at].text == "\n"):
                        signs[at] = signs[at]._replace(deleted=REVIEWER)
        reviewed = Reviewed("x", signs, None)
        review = judge(reviewed, compilation)
        assert not wrong(review, expected)
        assert apply(compilation.original, edits_of(review)) == reviewed.accepted
        assert {mark for change in review.own for mark in change.marks} == {REVIEWER}


def test_what_is_rewritten_untracked_is_exact_all_the_same(compilation) -> None:
    rnd = random.Random(8)
    for _ in range(20):
        signs, expected = simulate(compilation, rnd)
        for number in range(15):
            place = rnd.randrange(len(signs) - 4)
            if number % 2:
                signs[place:place] = [Sign(c) for c in rnd.choice(("的", "，", "要压实责任"))]
            else:
                del signs[place : place + 2]
        reviewed = Reviewed("x", signs, None)
        review = judge(reviewed, compilation)
        assert apply(compilation.original, edits_of(review)) == reviewed.accepted
        # What a person hit by chance is no error; what nobody touched must be right.
        assert len(wrong(review, expected)) <= 15
        assert review.own


def test_a_passage_that_was_moved_is_nobodys_and_exact(compilation) -> None:
    signs = read_reviewed(review_bytes(compilation, track="all"), "x").signs
    moved = signs[700:900]
    assert any(sign.inserted for sign in moved)
    signs = [*signs[:700], *signs[900:1200], *moved, *signs[1200:]]
    reviewed = Reviewed("x", signs, None)
    review = judge(reviewed, compilation)
    assert apply(compilation.original, edits_of(review)) == reviewed.accepted
    assert {mark.author for change in review.own for mark in change.marks} == {""}


def test_a_text_that_repeats_itself_is_decided_in_time(compilation) -> None:
    document = normtool.prepare(normtool.from_text(compilation.original * 8))
    rnd = random.Random(9)
    signs, expected = simulate(document, rnd)
    for _ in range(20):
        place = rnd.randrange(len(signs))
        signs[place:place] = [Sign(c) for c in "补写一句。"]
    review = judge(Reviewed("x", signs, None), document)
    assert len(wrong(review, expected)) < 10


# --- a reviewer's own file, made with lxml only --------------------------------------------


def reviewed_by_hand(content: bytes, number: int) -> tuple[bytes, str]:
    """A review file with ``number`` tracked changes of a person in it; and its text if accepted."""
    source = zipfile.ZipFile(io.BytesIO(content))
    body = part(content)
    attributes = {W + "author": "田秀英", W + "date": "2024-05-06T08:00:00Z"}
    runs = [
        run
        for run in body.iter(W + "r")
        if run.getparent().tag == W + "p" and len(run.findtext(W + "t") or "") > 12
    ]
    assert len(runs) >= number
    for count, run in enumerate(runs[:number]):
        words = run.findtext(W + "t")
        ident = {W + "id": str(90_000 + count)}
        inserted = etree.Element(W + "ins", {**attributes, **ident})
        text = etree.SubElement(etree.SubElement(inserted, W + "r"), W + "t")
        if count % 2:  # a sentence put in behind the fifth character
            text.text = "（掌声）"
            pieces = [words[:5], inserted, words[5:]]
        else:  # two characters replaced
            deleted = etree.Element(W + "del", {**attributes, W + "id": str(80_000 + count)})
            gone = etree.SubElement(etree.SubElement(deleted, W + "r"), W + "delText")
            gone.text, text.text = words[5:7], "另写"
            pieces = [words[:5], deleted, inserted, words[7:]]
        parent, place = run.getparent(), run.getparent().index(run)
        parent.remove(run)
        for piece in reversed(pieces):
            if isinstance(piece, str):
                kept = etree.Element(W + "r")
                etree.SubElement(kept, W + "t").text = piece
                piece = kept
            parent.insert(place, piece)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            made = etree.tostring(body) if name == "word/document.xml" else source.read(name)
            archive.writestr(name, made)
    return out.getvalue(), accepted(out.getvalue())


def test_twenty_own_changes_of_a_reviewer_come_back_as_edits(compilation) -> None:
    content, text = reviewed_by_hand(review_bytes(compilation), 20)
    review = decide(content, "reviewed.docx")
    assert len(review.own) == 20
    for count, change in enumerate(review.own):
        assert change.marks == (REVIEWER,)
        assert change.edit.after == ("（掌声）" if count % 2 else "另写")
        assert len(change.edit.before) == (0 if count % 2 else 2)
        assert change.edit.codes == ("MAN",)
        assert change.edit.note == "by 田秀英, 2024-05-06T08:00:00Z"
    assert set(review.counts) >= {"pending", "silent"}
    assert review.counts["pending"] + review.counts["silent"] == len(compilation.edits)
    document = decided(review)
    assert document.text == text
    assert document.blocks
    assert set(document.meta["reviewers"].values()) == {"田秀英"}


def test_a_second_review_keeps_what_the_first_reviewer_did(compilation) -> None:
    content, _ = reviewed_by_hand(review_bytes(compilation), 3)
    first = decided(decide(content, "reviewed.docx"))
    again = decided(decide(review_bytes(first, track="all"), "again.docx"))
    assert again.edits == first.edits
    assert again.meta["reviewers"] == first.meta["reviewers"]
    assert len(first.meta["reviewers"]) == 3


def test_tei_names_the_person_who_is_responsible(compilation) -> None:
    content, _ = reviewed_by_hand(review_bytes(compilation), 4)
    document = decided(decide(content, "reviewed.docx"))
    stream = io.BytesIO()
    normtool.write(document, stream, "tei", speech=1)
    root = etree.fromstring(stream.getvalue())
    tei = "{http://www.tei-c.org/ns/1.0}"
    xml = "{http://www.w3.org/XML/1998/namespace}id"
    people = {
        e.get(xml): e.findtext(f"{tei}persName")
        for e in root.iter(f"{tei}respStmt")
        if e.find(f"{tei}persName") is not None
    }
    assert people == {"reviewer.1": "田秀英"}
    by_hand = [e for e in root.iter() if "#rule.MAN" in (e.get("ana") or "")]
    # The note with name and date is the program's own.
    by_hand = [e for e in by_hand if e.tag != f"{tei}note"]
    assert by_hand
    assert {e.get("resp") for e in by_hand} == {"#reviewer.1"}
    ours = [e for e in root.iter() if (e.get("ana") or "").startswith("#rule.TYP")]
    assert {e.get("resp") for e in ours} == {"#normtool"}


# --- files ---------------------------------------------------------------------------------


def run(*arguments: str, code: int = 0):
    result = CliRunner().invoke(main, [str(a) for a in arguments], prog_name="normtool")
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def files(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("speech.txt").write_text(DAMAGED, "utf-8")
    run("convert", "speech.txt", "-t", "docx", "--review", "--track", "all", "-o", "review.docx")
    return tmp_path


def click_all(path: str, author: str, *, accept: bool) -> None:
    """Accept or reject all changes of one author with lxml, as Word's own filter does."""
    content = Path(path).read_bytes()
    source = zipfile.ZipFile(io.BytesIO(content))
    body = part(content)
    for tag, unwrap in (("ins", accept), ("del", not accept)):
        for change in list(body.iter(W + tag)):
            if change.get(W + "author") != author:
                continue
            parent, place = change.getparent(), change.getparent().index(change)
            assert parent.tag == W + "p", "only for changes inside of lines"
            parent.remove(change)
            for child in reversed(list(change) if unwrap else []):
                for words in child.iter(W + "delText"):
                    words.tag = W + "t"
                parent.insert(place, child)
    with zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            made = etree.tostring(body) if name == "word/document.xml" else source.read(name)
            archive.writestr(name, made)


def test_refused_edits_are_gone_from_every_export(files: Path) -> None:
    click_all("review.docx", "normtool 错别字", accept=False)
    run("decide", "review.docx", "-o", "decisions.json")
    said = json.loads(Path("decisions.json").read_text("utf-8"))
    states = {tuple(d["codes"]): d["state"] for d in said["decisions"]}
    refused = [codes for codes, state in states.items() if state == "rejected"]
    assert refused
    assert all(any(code.startswith("TYP") for code in codes) for codes in refused)
    assert said["counts"]["pending"] == len(said["decisions"]) - len(refused)
    for decisions in ("decisions.json", "review.docx"):
        run("convert", "speech.txt", "--decisions", decisions, "-t", "txt", "-o", "out.txt")
        text = Path("out.txt").read_text("utf-8")
        assert "严竣" in text
        assert "今天开会" in text
    plain = run("convert", "speech.txt", "-t", "txt", "-q").stdout
    assert "严峻" in plain
    run("convert", "speech.txt", "--decisions", "decisions.json", "-t", "docx", "-o", "out.docx")
    assert any("严竣" in p.text for p in docx.Document("out.docx").paragraphs)
    run("convert", "speech.txt", "--decisions", "review.docx", "--script", "tw", "-o", "tw.txt")
    assert "嚴竣" in Path("tw.txt").read_text("utf-8")


def test_half_decided_edits_are_taken_as_they_stand_and_told_of(files: Path) -> None:
    content = Path("review.docx").read_bytes()
    body = part(content)
    [gone] = [e for e in body.iter(W + "del") if "".join(e.itertext()) == "竣"]
    parent, place = gone.getparent(), gone.getparent().index(gone)
    parent[place : place + 1] = list(gone)  # the deletion rejected, the insertion still open
    for words in parent[place].iter(W + "delText"):
        words.tag = W + "t"
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile("half.docx", "w") as archive:
        for name in source.namelist():
            made = etree.tostring(body) if name == "word/document.xml" else source.read(name)
            archive.writestr(name, made)
    assert re.search(r"mixed E\d+ TYP101", run("decide", "half.docx").output)
    run("decide", "half.docx", "-o", "half.json")
    for decisions in ("half.docx", "half.json"):
        said = run("convert", "speech.txt", "--decisions", decisions, "-o", "half.txt").output
        assert "half decided, taken as they stand in the reviewed file: E" in said
        assert "形势严竣峻" in Path("half.txt").read_text("utf-8")


def test_report_tells_what_is_not_accepted(files: Path) -> None:
    click_all("review.docx", "normtool 错别字", accept=False)
    told = run("decide", "review.docx").stdout
    assert re.search(r"^3:\d+: rejected E\d+ TYP101: ", told, re.MULTILINE)
    assert re.search(r"review\.docx: \d+ edits: 1 rejected, \d+ pending$", told.strip())


def test_without_the_original_inside_it_must_be_given(files: Path) -> None:
    options = ("--review", "--no-embed", "-o", "bare.docx")
    run("convert", "speech.txt", "-t", "docx", *options)
    for name in zipfile.ZipFile("bare.docx").namelist():
        if name.startswith("customXml"):
            assert "同志" not in zipfile.ZipFile("bare.docx").read(name).decode("utf-8")
    assert "--original" in run("decide", "bare.docx", code=2).output
    assert "pending" in run("decide", "bare.docx", "--original", "speech.txt").output
    run("convert", "speech.txt", "-t", "json", "-o", "saved.json", "-q")
    assert "pending" in run("decide", "bare.docx", "--original", "saved.json").output
    run("convert", "speech.txt", "--decisions", "bare.docx", "-o", "out.txt")
    Path("other.txt").write_text("同志们：\n这是另一篇讲话。\n", "utf-8")
    said = run("decide", "bare.docx", "--original", "other.txt", code=2).output
    assert "not a review of other.txt" in said


def test_a_manifest_that_a_program_dropped_is_no_loss(files: Path) -> None:
    content = Path("review.docx").read_bytes()
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile("dropped.docx", "w") as archive:
        for name in source.namelist():
            if not name.startswith("customXml"):
                archive.writestr(name, source.read(name))
    assert "--original" in run("decide", "dropped.docx", code=2).output
    assert "pending" in run("decide", "dropped.docx", "--original", "speech.txt").output


def test_another_file_and_a_rewritten_one_fail_loudly(files: Path, compilation) -> None:
    Path("other.txt").write_text("同志们：\n这是另一篇讲话。\n", "utf-8")
    for decisions in ("review.docx", "speech.txt", "missing.json"):
        said = run("convert", "other.txt", "--decisions", decisions, "-o", "o.txt", code=2).output
        assert decisions in said
        assert not Path("o.txt").exists()
    run("decide", "review.docx", "-o", "d.json")
    said = run("convert", "other.txt", "--decisions", "d.json", "-o", "o.txt", code=2).output
    assert "decisions about speech.txt" in said
    whole = read_reviewed(review_bytes(compilation), "x")
    everywhere = [Sign("改") if n % 5 < 2 else sign for n, sign in enumerate(whole.signs)]
    passages = [Sign("改") if n % 300 < 120 else sign for n, sign in enumerate(whole.signs)]
    for signs, manifest in ((everywhere, whole.manifest), (passages, None)):
        with pytest.raises(Unreadable, match="rewritten beyond recognition"):
            judge(Reviewed("x", signs, manifest), compilation)
    foreign = read_reviewed(review_bytes(prepared(DAMAGED)), "x")._replace(manifest=None)
    with pytest.raises(Unreadable, match="not a review of"):
        judge(foreign, compilation)


def test_damaged_decisions_are_refused(files: Path) -> None:
    run("decide", "review.docx", "-o", "d.json")
    value = json.loads(Path("d.json").read_text("utf-8"))
    for key, other in (
        ("edits", [{"start": 1}]),
        ("edits", 3),
        ("suggestions", None),
        ("decisions", [1]),
    ):
        Path("e.json").write_text(json.dumps(value | {key: other}), "utf-8")
        said = run("convert", "speech.txt", "--decisions", "e.json", "-o", "o.txt", code=2).output
        assert "damaged" in said
    value["edits"][0]["before"] = "别的"
    Path("e.json").write_text(json.dumps(value), "utf-8")
    assert "damaged" in run("convert", "speech.txt", "--decisions", "e.json", code=2).output
    Path("e.json").write_text("[]", "utf-8")
    assert "no decisions" in run("convert", "speech.txt", "--decisions", "e.json", code=2).output


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities"),
        (b"<w:document", "broken XML"),
        (b"<a/>", "no body"),
    ],
)
def test_hostile_files_are_refused(document: bytes, sentence: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", document)
    with pytest.raises(Unreadable, match=sentence):
        decide(out.getvalue(), "x.docx")


@pytest.mark.parametrize("part_name", ["../out.xml", "/out.xml", "word/../../out.xml"])
def test_parts_that_lead_out_of_the_file_are_refused(part_name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"<w/>")
        archive.writestr(part_name, b"<w/>")
    with pytest.raises(Unreadable, match="leads out of it"):
        finalize(out.getvalue(), "x.docx")


def test_elements_nested_without_end_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" * 100_000 + b"</a>" * 100_000)
    with pytest.raises(Unreadable, match="broken XML"):
        decide(out.getvalue(), "x.docx")


def test_a_converted_text_is_not_reviewed(files: Path) -> None:
    run("convert", "speech.txt", "-t", "json", "--script", "tw", "-o", "tw.json", "-q")
    said = run("convert", "tw.json", "-t", "docx", "--review", "-o", "x.docx", code=2).output
    assert "the text that it was converted from" in said
    options = ("--review", "--script", "tw")
    assert "exclude" in run("convert", "speech.txt", "-t", "docx", *options, code=2).output
    assert "-t docx" in run("convert", "speech.txt", "-t", "txt", "--review", code=2).output
    assert "--review" in run("convert", "speech.txt", "--track", "all", code=2).output


def test_an_archive_that_unpacks_to_gigabytes_is_refused(monkeypatch) -> None:
    monkeypatch.setattr("normtool.decide.reading.LIMIT", 1024 * 1024)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w/>")
        archive.writestr("word/media/zeros.bin", b"\0" * 3_000_000)
    with pytest.raises(Unreadable, match="unpacks to more"):
        decide(out.getvalue(), "x.docx")
    with pytest.raises(Unreadable, match="no whole Word file"):
        decide(b"PK\x03\x04 rest", "x.docx")


def test_names_that_word_took_away_do_not_matter(compilation) -> None:
    """ "Remove personal information" makes every author "Author"."""
    content = review_bytes(compilation, track="all")
    reviewed = read_reviewed(content, "x")
    author = Mark("Author", "")

    def nameless(sign: Sign) -> Sign:
        return Sign(sign.text, sign.inserted and author, sign.deleted and author)

    review = judge(Reviewed("x", list(map(nameless, reviewed.signs)), None), compilation)
    assert review.counts["pending"] == len(compilation.edits)


def test_decisions_of_a_text_with_odd_characters(tmp_path: Path) -> None:
    document = prepared("同志们:\r\n今天 开会\x07，形势严竣,\r\n\r\n\r\n谢谢大家!\r\n")
    review = decide(review_bytes(document, track="all"), "x")
    assert edits_of(review) == document.edits
    saved = tmp_path / "d.json"
    saved.write_text(json.dumps(to_json(review)), "utf-8")
    assert apply_decisions(document, saved).edits == document.edits


# --- the final file ------------------------------------------------------------------------


def test_final_file_has_no_marks_no_comments_and_no_manifest(compilation) -> None:
    content, text = reviewed_by_hand(review_bytes(compilation), 6)
    final = finalize(content, "x")
    assert accepted(final) == rejected(final) == text
    assert [p.text for p in docx.Document(io.BytesIO(final)).paragraphs] == text.split("\n")
    names = zipfile.ZipFile(io.BytesIO(final)).namelist()
    assert not [name for name in names if re.search("custom|comment", name)]
    whole = b"".join(zipfile.ZipFile(io.BytesIO(final)).read(name) for name in names)
    for trace in (b"normtool", b"trackRevisions", b"w:ins ", b"w:del ", b"comment", b"customXml"):
        assert trace not in whole.replace(b"annotation", b"").replace(b"Comment", b""), trace
    assert finalize(final, "x") == finalize(content, "x")


def test_final_file_keeps_what_belongs_to_others(files: Path) -> None:
    run("decide", "--finalize", "review.docx", "-o", "final.docx")
    other = docx.Document("final.docx")
    other.add_table(2, 2).cell(0, 0).text = "表"
    other.save("other.docx")
    again = docx.Document(io.BytesIO(finalize(Path("other.docx").read_bytes(), "x")))
    assert again.tables[0].cell(0, 0).text == "表"
    assert "-o" in run("decide", "--finalize", "review.docx", code=2).output


# --- LibreOffice ---------------------------------------------------------------------------

needs_office = pytest.mark.skipif(
    not (ORACLE.is_file() and shutil.which("soffice") and Path("/usr/bin/python3").is_file()),
    reason="LibreOffice or its script is not here",
)


def office(*arguments: object) -> str:
    for _ in range(3):
        done = subprocess.run(
            ["/usr/bin/python3", str(ORACLE), *map(str, arguments)],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        if "DisposedException" not in done.stderr:  # it fell over, as it does now and then
            break
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_office
def test_a_partial_review_in_libreoffice_gives_what_it_gives(tmp_path: Path, compilation) -> None:
    path, out = tmp_path / "review.docx", tmp_path / "partial.docx"
    path.write_bytes(review_bytes(compilation, track="all"))
    rnd = random.Random(3)
    office("partial", path, out, "--decide", ",".join(rnd.choice("akr") for _ in range(25)))
    reviewed = read_reviewed(out.read_bytes(), "partial.docx")
    assert reviewed.manifest is not None
    document = reviewed.manifest.document
    assert document is not None
    assert document.edits == compilation.edits
    lattice = Lattice(document)
    alignment = align(lattice, reviewed.signs, classify(reviewed.signs))
    for command, reject in (("accept", False), ("reject", True)):
        changes = find_changes(lattice, reviewed, alignment, reject=reject)
        text = apply(document.original, [change.edit for change in changes])
        assert text.rstrip("\n") == office(command, out).rstrip("\n")
    states = decide(out.read_bytes(), "partial.docx").counts
    assert states["accepted"] + states["rejected"] + states["mixed"] > 5
    assert states["overwritten"] == 0


@needs_office
def test_libreoffice_accepts_and_rejects_to_the_character(tmp_path: Path, compilation) -> None:
    path = tmp_path / "review.docx"
    path.write_bytes(review_bytes(compilation, track="all"))
    (tmp_path / "o.txt").write_text(compilation.original, "utf-8")
    (tmp_path / "c.txt").write_text(compilation.text, "utf-8")
    office("check", path, "--original", tmp_path / "o.txt", "--cleaned", tmp_path / "c.txt")
