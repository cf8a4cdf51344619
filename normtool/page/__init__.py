"""The main text of a web page (HTML, XHTML), and what the page says about itself.

What finds it (``main_text``) is loaded for the first page.
"""

from __future__ import annotations

import re
from typing import Any

from normtool.patterns import later

SUFFIXES = (".html", ".htm", ".xhtml")
_BEGINS = later(
    r"\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?>(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html[\s>])",
    re.I | re.S,
)
_TAGS = later(r"<(?:html|body|head|div|p|br|table|td|span|font|h[1-6])[\s/>]", re.I)


class NotPage(ValueError):
    """No text can be taken from the page; the message says why and what to do."""


def is_page(text: str, name: str) -> bool:
    """Whether a decoded file is a page: by its suffix, or from a stream by how it begins."""
    if name.lower().endswith(SUFFIXES):
        return _TAGS.search(text) is not None
    return name.startswith("<") and _BEGINS.match(text) is not None


def page_text(text: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """Return the main text of a page, one paragraph a line, and its facts.

    text    the page, decoded
    data    its bytes, asked only for the encoding they declare

    The facts are keys of ``Document.meta``: ``published``, ``site``, ``author``
    and ``url``, where the page states them, and ``html``: the extractor, the
    title of the page and the declared encoding. The text begins with its
    heading where the page shows one, and the lines about date and source below
    it. Of a page of a few lines in which nothing is the main text all is taken
    (``html`` says ``whole``). Raises NotPage if there is no main text, or trafilatura (the extra
    ``html``) is not installed.
    """
    from normtool.page.main_text import main_text

    return main_text(text, data)
