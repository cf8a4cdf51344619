"""OpenCC's converters: loaded when first needed, kept, and safe for any text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

#: From so many code points on it has paid to prepare what cannot be kept on this machine.
_MUCH = 1_000_000


@cache
def converter(configuration: str) -> Callable[[str], str]:
    """One converter a process, which returns what OpenCC does for a configuration.

    Simplified text is converted phrase by phrase as OpenCC would, several times as fast
    (``phrases``), where that is prepared or pays; another by OpenCC itself.
    """
    convert: Callable[[str], str] = _Plain(configuration)
    return _safe(_Swift(configuration, convert) if configuration.startswith("s2") else convert)


class _Plain:
    """OpenCC itself: a first s2t costs 60 ms (and as much to destroy)."""

    def __init__(self, configuration: str) -> None:
        self._configuration = configuration
        self._convert: Callable[[str], str] | None = None

    def __call__(self, text: str) -> str:
        if self._convert is None:
            import opencc

            self._convert = opencc.OpenCC(self._configuration).convert
        return self._convert(text)


class _Swift:
    """The same by ``phrases``, as soon as they are there; by OpenCC until then."""

    def __init__(self, configuration: str, plain: Callable[[str], str]) -> None:
        self._configuration, self._plain = configuration, plain
        self._convert: Callable[[str], str] | None = None
        self._read = 0
        self._from = 0

    def __call__(self, text: str) -> str:
        if self._convert is None:
            self._read += len(text)
            if self._read >= self._from:
                self._load()
        return (self._convert or self._plain)(text)

    def _load(self) -> None:
        from normtool.converters.phrases import Phrases
        from normtool.converters.prepared import NotPrepared, prepared

        try:
            much = self._read >= _MUCH
            self._convert = Phrases(prepared(self._configuration, self._plain, much), self._plain)
        except NotPrepared as why:
            # Not yet; or never, with this OpenCC on this machine.
            self._from = 1 << 62 if why.ever else _MUCH


def _safe(convert: Callable[[str], str]) -> Callable[[str], str]:
    """Any text: OpenCC speaks UTF-8, which has no lone surrogates."""

    def safe(text: str) -> str:
        # At a NUL s2tw, s2hk, tw2s and others of two steps drop the rest (seen in 1.4.2).
        if "\0" not in text:
            try:
                return convert(text)
            except UnicodeEncodeError:
                pass
        pieces = re.split("([\0\ud800-\udfff]+)", text)
        pieces[::2] = map(convert, pieces[::2])
        return "".join(pieces)

    return safe
