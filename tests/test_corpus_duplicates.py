"""The same speech on many sites: marked whatever the site put around it, and nothing else."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import corpora
import pytest

pa = pytest.importorskip("pyarrow", reason="needs normtool[corpus]")
pytest.importorskip("rensa", reason="needs normtool[corpus]")

import normtool  # noqa: E402
from normtool.corpus import Recipe, clean_batch  # noqa: E402
from normtool.corpus.duplicates import (  # noqa: E402
    Speech,
    bodies,
    find_copies,
    signatures,
    speeches_of,
)
from normtool.corpus.job import run  # noqa: E402
from normtool.corpus.plan import Job  # noqa: E402

SPEECH = """同志们:
今天召开全县水利建设工作会议,主要任务是总结去年的工作,部署今冬明春的农田水利建设。
一、肯定成绩,增强做好水利工作的信心
去年全县新修渠道120公里,除险加固水库8座,解决了3万人的饮水困难,成绩来之不易。
二、明确任务,突出重点抓落实
各乡镇要把清淤疏浚放在第一位,抓好小型农田水利,管好用好水利资金,严禁截留挪用。
三、加强领导,确保完成任务
各级各部门要密切配合,主要领导亲自抓,分管领导具体抓,一级抓一级,层层抓落实。
谢谢大家!"""
SITES = ("某某文秘_网", "公文写作网", "范文大全", "第一文库网", "秘书之家")


def copies() -> list[str]:
    """The speech as twenty sites show it: suffix, date, width, blank lines, advertising."""
    found = []
    for number in range(20):
        site = SITES[number % len(SITES)]
        text = SPEECH if number % 2 else SPEECH.replace(",", "，").replace(":", "：")
        if number % 3 == 0:
            text = text.replace("\n", "\n\n")
        head = f"在全县水利建设工作会议上的讲话_{site}\n发布于2024-03-{number + 1:02} 08:12\n"
        found.append(head + text + ("\n更多范文请关注本站公众号" if number % 4 == 0 else ""))
    return found


def marked(rows: list[dict[str, Any]], tmp_path: Path, **more: Any) -> dict[str, dict[str, Any]]:
    source = corpora.write_jsonl(tmp_path / "in.jsonl", rows)
    output = tmp_path / "out.jsonl"
    run(Job((str(source),), str(output), force=True, **more))
    return {row["id"]: row for row in map(json.loads, output.read_text("utf-8").splitlines())}


def test_what_sites_put_around_a_speech_does_not_hide_it(tmp_path: Path) -> None:
    rows = [{"id": f"site-{n:02}", "text": text} for n, text in enumerate(copies())]
    rows += [{"id": f"other-{n}", "text": text} for n, text in enumerate(corpora.texts(20, seed=9))]
    raw = {row["text"] for row in rows[:20]}
    assert len(raw) == 20
    found = marked(rows, tmp_path)
    assert len(found) == 40
    (kept,) = [row for key, row in found.items() if "site" in key and not row["duplicate_of"]]
    for key, row in found.items():
        if key.startswith("site") and row is not kept:
            assert row["duplicate_of"] == kept["id"]
            assert row["duplicates"][0]["similarity"] > 0.9  # some have an advertisement left


def test_a_few_words_changed_are_near_and_other_speeches_are_far(tmp_path: Path) -> None:
    near = SPEECH.replace("全县", "全市").replace("120公里", "86公里")
    far = SPEECH.split("二、")[0] + "\n".join(corpora.texts(3, seed=4))
    rows = [
        {"id": "a", "text": SPEECH}, {"id": "b", "text": near}, {"id": "c", "text": far},
        {"id": "d", "text": None}, {"id": "e", "text": ""}, {"id": "f", "text": ""},
    ]  # fmt: skip
    found = marked(rows, tmp_path)
    (of,) = found["b"]["duplicates"] or found["a"]["duplicates"]
    assert 0.8 <= of["similarity"] < 1
    assert {found["a"]["duplicate_of"], found["b"]["duplicate_of"]} in ({None, "a"}, {None, "b"})
    for name in "cdef":
        assert (found[name]["duplicates"], found[name]["duplicate_of"]) == ([], None)
    found = marked(rows, tmp_path, similar=1.0)
    assert not any(row["duplicates"] for row in found.values())


def test_a_speech_inside_a_collection_is_marked_and_the_collection_is_not(tmp_path: Path) -> None:
    other = corpora.texts(1, seed=7)[0].split("\n", 1)[1]
    collection = (
        f"水利讲话2篇\n篇1:在全县水利建设工作会议上的讲话\n{SPEECH}\n"
        f"篇2:在河东镇工作会议上的讲话\n{other}"
    )
    rows = [{"id": "one", "text": "在会上的讲话\n" + SPEECH}, {"id": "both", "text": collection}]
    found = marked(rows, tmp_path)
    assert len(found["both"]["meta"]["speeches"]) == 2
    pair = {key: (row["duplicate_of"], row["duplicates"]) for key, row in found.items()}
    copy = {"of": "one", "of_speech": 1, "speech": 1, "similarity": 1.0}
    if pair["one"][0]:  # the same size: then the first id stays
        copy["of"] = "both"
        assert pair == {"one": ("both", [copy]), "both": (None, [])}
    else:
        assert pair == {"one": (None, []), "both": (None, [copy])}


def test_the_other_script_is_the_same_speech_once_converted(tmp_path: Path) -> None:
    hant = normtool.convert_script(normtool.prepare(normtool.from_text(SPEECH)), "hant").text
    rows = [{"id": "hans", "text": SPEECH}, {"id": "hant", "text": hant}]
    assert not any(row["duplicates"] for row in marked(rows, tmp_path).values())
    found = marked(rows, tmp_path, recipe=Recipe(script="hans"))
    assert sorted(str(row["duplicate_of"]) for row in found.values()) == ["None", "hans"]


def speeches(texts: list[str]) -> list[Speech]:
    batch = pa.RecordBatch.from_pydict({"text": texts})
    cells = clean_batch(batch, Recipe(signatures=True)).column("signatures").to_pylist()
    names = [f"{row:03}" for row in range(len(texts))]
    return list(speeches_of(zip(range(len(texts)), names, cells, strict=True)))


def test_order_does_not_matter_and_somebody_always_stays() -> None:
    chance = random.Random(2)
    texts = copies()
    for text in list(texts):
        lines = text.split("\n")
        del lines[chance.randrange(3, len(lines))]
        texts.append("\n".join(lines))
    given = speeches(texts)
    found = find_copies(given, 0.8)
    assert len(found) > 20
    for _ in range(5):
        chance.shuffle(given)
        assert find_copies(given, 0.8) == found
    kept = {f"{row:03}" for row in range(len(texts)) if row not in found}
    for mark in found.values():
        assert {copy.of for copy in mark.copies} <= kept
        assert all(copy.similarity >= 0.8 for copy in mark.copies)


def test_the_estimate_is_that_of_the_shingles() -> None:
    chance = random.Random(8)
    signs = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(2000))
    other = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(2000))
    for share in (0.95, 0.9, 0.8, 0.6, 0.0):
        size = int(2000 * share)
        texts = [signs, (signs[:size] + other)[:2000]]
        documents = [normtool.Document("x", text) for text in texts]
        documents = [
            one.replace(blocks=(normtool.Block("paragraph", 0, 2000, 0, 1),)) for one in documents
        ]
        assert [bodies(one) for one in documents] == [[(1, text)] for text in texts]
        first, second = (cell[0]["signature"] for cell in signatures(documents).to_pylist())
        equal = sum(first[n : n + 4] == second[n : n + 4] for n in range(0, len(first), 4))
        shingles = [{text[n : n + 5] for n in range(1996)} for text in texts]
        true = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
        assert abs(equal / (len(first) / 4) - true) < 0.13  # three standard errors


def test_signatures_are_the_same_on_every_machine() -> None:
    """Shards of one job may be signed by different machines: what comes out is fixed."""
    (cell,) = signatures([normtool.prepare(normtool.from_text(SPEECH))]).to_pylist()
    (one,) = cell
    assert (one["speech"], len(one["signature"])) == (1, 480)
    from hashlib import sha256

    assert sha256(one["signature"]).hexdigest()[:16] == "04eed9541c93c15c"
