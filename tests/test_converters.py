"""OpenCC in one pass: the same characters as OpenCC's own, whatever stands in the text."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import opencc
import pytest

from normtool import kept
from normtool.converters import _MUCH, _safe, _Swift, converter, dictionaries, prepared
from normtool.converters.phrases import Phrases
from normtool.converters.prepared import NotPrepared, ask

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
CONFIGURATIONS = sorted(name.removesuffix(".json") for name in opencc.CONFIGS if name[:2] == "s2")

pytest.importorskip("daachorse")
pytest.importorskip("marisa_trie")
try:
    for name in CONFIGURATIONS:
        dictionaries.steps(name)
except ValueError as error:
    pytest.skip(f"this OpenCC goes another way: {error}", allow_module_level=True)


@pytest.fixture(scope="module", params=CONFIGURATIONS)
def both(request):
    """OpenCC, and the same by phrases."""
    plain = opencc.OpenCC(request.param).convert
    return plain, Phrases(ask(request.param, plain), plain)


def mixture(pieces: list[str], seed: int, size: int) -> str:
    """Whole phrases, beginnings and ends of them one after the other, and other signs."""
    choose = random.Random(seed)
    made = []
    for _ in range(size):
        piece = choose.choice(pieces)
        way = choose.random()
        if way < 0.25:
            piece = piece[: choose.randint(1, len(piece))]
        elif way < 0.5:
            piece = piece[choose.randint(0, len(piece) - 1) :]
        made.append(piece)
        if choose.random() < 0.05:
            made.append(choose.choice("\n\r\t　，。、：a1 □*😀𠮷\U000e0100"))
    return "".join(made)


@pytest.fixture(scope="module")
def pieces() -> list[str]:
    """Everything that OpenCC looks up on the way from simplified text, in both scripts."""
    words = {
        word
        for configuration in CONFIGURATIONS
        for names in dictionaries.steps(configuration)
        for word in dictionaries.words(names)
    }
    ordered = sorted(words)
    simplified = opencc.OpenCC("t2s").convert("\n".join(ordered)).split("\n")
    return sorted({*ordered, *simplified})


def test_as_opencc_on_the_samples(both):
    plain, phrases = both
    for path in SAMPLES:
        text = path.read_text("utf-8", "replace").replace("\0", "")
        assert phrases(text) == plain(text), path.name


@pytest.mark.parametrize("seed", range(4))
def test_as_opencc_on_any_phrases(both, pieces, seed):
    plain, phrases = both
    text = mixture(pieces, seed, 6000)
    assert phrases(text) == plain(text)
    assert all(phrases(line) == plain(line) for line in text.split("\n"))


def test_as_opencc_on_a_long_text_without_a_newline(both, pieces):
    plain, phrases = both
    text = mixture(pieces, 9, 100_000).replace("\n", "")
    assert len(text) > 200_000
    assert phrases(text) == plain(text)


def test_most_phrases_are_what_their_characters_are():
    found = ask("s2t", opencc.OpenCC("s2t").convert)
    assert 5_000 < len(found.different) < 15_000
    assert all(one != after for one, after in found.characters.items())
    assert "\n" in found.stops


@pytest.mark.parametrize(
    "text", ["", "\0", "理\0发", "后\ud800面", "\udfff", "头发\0\ud801\0干部\n"]
)
def test_any_text(both, text):
    plain, phrases = both
    made = _safe(phrases)(text)
    assert made == _safe(plain)(text)
    assert len(made) == len(text)


def test_without_the_libraries_opencc_itself(monkeypatch):
    monkeypatch.setitem(sys.modules, "daachorse", None)
    swift = _Swift("s2tw", opencc.OpenCC("s2tw").convert)
    assert swift("理发店里面发展" * 3) == "理髮店裡面發展" * 3
    assert swift._convert is None
    swift("发" * _MUCH)
    assert swift._convert is None


def test_prepared_once_and_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "folder", lambda: str(tmp_path))
    asked = []

    def plain(text: str) -> str:
        asked.append(len(text))
        return str(opencc.OpenCC("s2t").convert(text))

    first = prepared.prepared("s2t", plain, much=False)
    assert asked
    assert len(list(tmp_path.iterdir())) == 1
    asked.clear()
    assert prepared.prepared("s2t", plain, much=False) == first
    assert asked == []

    # Half of the file, and a file of another OpenCC: prepared anew.
    path = next(tmp_path.iterdir())
    path.write_bytes(path.read_bytes()[:1000])
    assert prepared.prepared("s2t", plain, much=False) == first
    assert asked
    asked.clear()
    monkeypatch.setattr(dictionaries, "signature", lambda configuration: "another")
    prepared.prepared("s2t", plain, much=False)
    assert asked


def test_where_nothing_is_kept_it_waits_until_it_pays(monkeypatch):
    monkeypatch.setattr(kept, "folder", lambda: "")
    plain = opencc.OpenCC("s2t").convert
    swift = _Swift("s2t", plain)
    text = "头发和发展，干部和干净。\n" * 50_000
    for start in range(0, _MUCH + 1, 100_000):
        piece = text[: 100_000 + start % 7]
        assert swift(piece) == plain(piece)
    assert swift._convert is not None


def test_another_way_of_opencc_is_left_to_it(tmp_path, monkeypatch):
    folder = dictionaries.folder()
    facts = json.loads(Path(folder, "s2twp.json").read_text("utf-8"))
    facts["conversion_chain"].append(facts["conversion_chain"][1])
    (tmp_path / "s2twp.json").write_text(json.dumps(facts), "utf-8")
    monkeypatch.setattr(dictionaries, "folder", lambda: str(tmp_path))
    with pytest.raises(NotPrepared) as failed:
        prepared.prepared("s2twp", opencc.OpenCC("s2twp").convert, much=True)
    assert failed.value.ever
    assert "3 steps" in str(failed.value)


def test_a_converter_is_one_per_process():
    assert converter("s2tw") is converter("s2tw")
    assert converter("t2s")("設備") == "设备"
