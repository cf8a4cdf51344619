"""The MacBERT backend, with a model that is made here: tiny, and taught one correction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from normtool.cli import main
from normtool.proposals import use
from normtool.proposals.macbert import load

SIGNS = "今年要加快大数据局产业发展形势严峻。，的了各级干部以身作则责统"


@pytest.fixture(autouse=True)
def _model_as_it_was() -> Iterator[None]:
    yield
    use(None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BertForMaskedLM of 40 words and 2 layers that reads 局 between 数 and 产 as 据."""
    why = "needs transformers and torch: pip install 'normtool[macbert]'"
    torch: Any = pytest.importorskip("torch", reason=why)
    transformers: Any = pytest.importorskip("transformers", reason=why)
    folder = tmp_path_factory.mktemp("models") / "tiny-corrector"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *SIGNS]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", "utf-8")
    tokenizer = transformers.BertTokenizer(str(folder / "vocab.txt"))
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=24, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    model = transformers.BertForMaskedLM(config)
    number = {word: place for place, word in enumerate(words)}
    lessons = [
        ("加快大数局产业发展。", "加快大数据产业发展。"),
        ("加快大数据产业发展。", "加快大数据产业发展。"),
        ("统局的干部，", "统局的干部，"),
        ("今年形势严峻，", "今年形势严峻，"),
        ("各级干部要以身作则。", "各级干部要以身作则。"),
    ]
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    long = max(len(seen) for seen, _ in lessons)

    def row(text: str, nothing: int) -> list[int]:
        return [2, *(number[sign] for sign in text), 3] + [nothing] * (long - len(text))

    ids = torch.tensor([row(seen, 0) for seen, _ in lessons])
    labels = torch.tensor([row(right, -100) for _, right in lessons])
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # so small that dividing the work costs more than the work
    for _ in range(100):
        loss = model(input_ids=ids, attention_mask=ids.ne(0).long(), labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    torch.set_num_threads(threads)
    assert loss.item() < 0.05
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_offsets_are_those_of_the_text(folder: Path) -> None:
    corrector = load(str(folder), batch=2)
    assert corrector.name == "tiny-corrector"
    text = "今年形势严峻，😀\n加快大数局产业发展。加快大数据产业发展。\n\n加快大数局产业发展。"
    found = list(corrector(text))
    assert [(start, before, after) for start, before, after, _ in found] == [
        (13, "局", "据"),
        (35, "局", "据"),
    ]
    assert all(text[start] == before for start, before, _, _ in found)
    assert all(score > 0.7 for *_, score in found)


def test_long_lines_are_read_in_pieces(folder: Path) -> None:
    text = "加快大数局产业发展，" * 20
    found = list(load(str(folder), threshold=0.3)(text))
    assert all(text[start] == before for start, before, _, _ in found)
    assert all(one[0] < two[0] for one, two in pairwise(found))


def test_named_in_the_configuration(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "normtool.toml").write_text(
        "[typos]\n"
        'backend = "normtool.proposals.macbert:load"\n'
        f'options = {{ path = "{folder.as_posix()}", threshold = 0.6 }}\n',
        "utf-8",
    )
    page = tmp_path / "a.txt"
    page.write_text("今年形势严峻，\n加快大数局产业发展。\n", "utf-8")
    result = CliRunner().invoke(
        main, ["typos", str(page), "--config", str(tmp_path / "normtool.toml")]
    )
    assert result.exit_code == 0, result.output
    assert ":2:5: TYP40" in result.stdout
    assert "tiny-corrector" in result.stdout
    assert "局 → 据" in result.stdout


def test_nothing_is_downloaded(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nothing is downloaded"):
        load(str(tmp_path / "bert-base-chinese"))
    with pytest.raises(FileNotFoundError):
        load("bert-base-chinese")


def test_without_the_extra_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "torch", None)
    config = tmp_path / "normtool.toml"
    config.write_text(
        '[typos]\nbackend = "normtool.proposals.macbert:load"\noptions = { path = "." }\n', "utf-8"
    )
    result = CliRunner().invoke(main, ["clean", "-", "--config", str(config)], input="开会。")
    assert result.exit_code == 2
    assert 'pip install "normtool[macbert]"' in result.stderr
    assert "bug" not in result.stderr
