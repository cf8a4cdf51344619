"""A backend for correctors of the MacBERT kind: a masked language model on disk.

    [typos]
    backend = "normtool.proposals.macbert:load"
    options = { path = "models/macbert4csc-base-chinese" }

Needs ``pip install "normtool[macbert]"`` (transformers, torch) and the folder of a
model; nothing is ever downloaded. The model reads each sentence as it stands and
says for each character what it would expect there. One vocabulary entry is one
character, so that offsets need no tokenizer's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normtool.chinese import HAN_RANGES

_HAN = re.compile(f"[{HAN_RANGES}]")
#: A sentence with its mark, on one line.
_SENTENCE = re.compile("[^。！？；\n]+[。！？；]*")


def load(path: str, *, threshold: float = 0.7, batch: int = 16, device: str = "cpu") -> MacBert:
    """Load the model in the folder ``path``.

    threshold  least probability of the expected character
    batch      sentences that are read at once
    device     as torch names it

    Raises FileNotFoundError if there is no such folder, ImportError without the extra.
    """
    if not Path(path).is_dir():
        raise FileNotFoundError(f"there is no folder {path}; nothing is downloaded")
    try:
        import torch
        from transformers import AutoModelForMaskedLM, AutoTokenizer
    except ImportError as error:
        raise ImportError(
            f'{error.name or "torch"} is missing: pip install "normtool[macbert]"'
        ) from error
    tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
    model = AutoModelForMaskedLM.from_pretrained(path, local_files_only=True)
    made = MacBert(tokenizer, model.to(torch.device(device)).eval(), threshold, batch)
    made.name = Path(path).name
    return made


class MacBert:
    """A loaded model: called with a text it gives ``(start, before, after, score)``."""

    name = "macbert"

    def __init__(self, tokenizer: Any, model: Any, threshold: float, batch: int) -> None:
        self._model = model
        self._threshold = threshold
        self._batch = batch
        self._vocabulary: dict[str, int] = tokenizer.get_vocab()
        self._characters = {number: sign for sign, number in self._vocabulary.items()}
        self._unknown: int = tokenizer.unk_token_id
        self._first: int = tokenizer.cls_token_id
        self._last: int = tokenizer.sep_token_id
        self._nothing: int = tokenizer.pad_token_id
        self._longest: int = model.config.max_position_embeddings - 2

    def __call__(self, text: str) -> Iterator[tuple[int, str, str, float]]:
        """Yield what the model would change, sentence by sentence."""
        pieces = sorted(self._pieces(text), key=lambda piece: len(piece[1]))
        found: list[tuple[int, str, str, float]] = []
        for place in range(0, len(pieces), self._batch):
            found += self._read(pieces[place : place + self._batch])
        yield from sorted(found)

    def _pieces(self, text: str) -> Iterator[tuple[int, str]]:
        for match in _SENTENCE.finditer(text):
            for start in range(match.start(), match.end(), self._longest):
                piece = text[start : min(start + self._longest, match.end())]
                if _HAN.search(piece):
                    yield start, piece

    def _read(self, pieces: list[tuple[int, str]]) -> Iterator[tuple[int, str, str, float]]:
        import torch

        width = max(len(piece) for _, piece in pieces) + 2
        rows, masks = [], []
        for _, piece in pieces:
            ids = [self._vocabulary.get(sign.lower(), self._unknown) for sign in piece]
            empty = width - len(ids) - 2
            rows.append([self._first, *ids, self._last] + [self._nothing] * empty)
            masks.append([1] * (len(ids) + 2) + [0] * empty)
        device = self._model.device
        with torch.no_grad():
            expected = self._model(
                input_ids=torch.tensor(rows, device=device),
                attention_mask=torch.tensor(masks, device=device),
            ).logits.softmax(-1)
        scores, numbers = expected.max(-1)
        for (start, piece), row, score in zip(
            pieces, numbers.tolist(), scores.tolist(), strict=True
        ):
            for place, sign in enumerate(piece):
                other = self._characters.get(row[place + 1], "")
                if (
                    score[place + 1] >= self._threshold
                    and other != sign
                    and len(other) == 1
                    and _HAN.match(sign)
                    and _HAN.match(other)
                    and sign in self._vocabulary
                ):
                    yield start + place, sign, other, score[place + 1]
