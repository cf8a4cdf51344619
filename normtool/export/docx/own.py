"""A user's own Word file as template: ``--template 单位模板.docx``.

Its styles, page, headers and footers are used, its text is not. A style is found by
its name, as Word shows it in English or Chinese; one that is missing is added as
the layout has it, without the fonts and sizes of that layout's body.
"""

from __future__ import annotations

import io
import os
from typing import Any

from normtool.export.docx.package import Template
from normtool.export.docx.styles import STYLES
from normtool.files import Unreadable, reason, shown

#: How Word and WPS call the styles in Chinese, where a file names them so.
_CHINESE = {
    "Title": ("标题", "標題", "公文标题", "大标题"),
    "Subtitle": ("副标题", "副標題"),
    "BodyText": ("正文文本", "本文", "公文正文"),
    "Salutation": ("称呼", "稱呼", "主送机关"),
    "Heading1": ("标题 1", "標題 1", "一级标题"),
    "Heading2": ("标题 2", "標題 2", "二级标题"),
    "Heading3": ("标题 3", "標題 3", "三级标题"),
    "Heading4": ("标题 4", "標題 4", "四级标题"),
    "Closing": ("结束语", "結語"),
    "Signature": ("签名", "簽名", "落款"),
    "Date": ("日期",),
}
#: Relations to what belongs to the text that is not taken over.
_OF_ITS_TEXT = (
    "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "customXml",
    "thumbnail",
)  # fmt: skip
#: Larger files are no templates, small ones that unpack to more are attacks.
_LARGEST = 64 * 2**20


def own_template(path: str | os.PathLike[str]) -> Template:
    """Read a .docx file as a template.

    Raises Unreadable, one sentence that begins with the name: missing, no Word file,
    damaged, too large inside, without a page.
    """
    import docx

    name = os.fspath(path)
    try:
        with open(name, "rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{shown(name)}: {reason(error)}") from error
    _check(data, shown(name))
    try:
        document = docx.Document(io.BytesIO(data))
        sections = list(document.sections)
        styles = {style.name.lower(): style.style_id for style in document.styles if style.name}
    except Exception as error:  # python-docx raises whatever the broken part leads to
        raise Unreadable(
            f"{shown(name)}: cannot be used as a template ({type(error).__name__}: {error}); "
            "open it in Word and save it as .docx"
        ) from error
    if not sections:
        raise Unreadable(f"{shown(name)}: has no page setup to take over; open and save it in Word")
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in _OF_ITS_TEXT:
                del owner.rels[key]
    body = document.element.body
    page = body.sectPr if body.sectPr is not None else sections[-1]._sectPr
    for child in list(body):
        body.remove(child)
    body.append(page)
    known = _mapped(styles)
    for ident in STYLES:
        if ident not in known:
            document.styles.element.append(_added(ident, known))
            known[ident] = _OWN + ident
    settings = document.settings.element  # made if there are none
    for child in list(settings):
        # Tracking and locks are of its text; a review sets its own, and once only.
        if str(child.tag).rpartition("}")[2] in ("trackRevisions", "documentProtection"):
            settings.remove(child)
    made = io.BytesIO()
    document.save(made)
    made.seek(0)
    template = Template(made, known)
    if not {"word/styles.xml", "word/settings.xml"} <= set(template.parts):
        raise Unreadable(f"{shown(name)}: names its parts unlike Word; open and save it in Word")
    return template


#: Before the ids of styles that the template lacks: they cannot meet an id of its own.
_OWN = "normtool"


def _check(data: bytes, name: str) -> None:
    import zipfile

    from normtool.word import NotWord, is_word, word_text

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(f"{name}: is an old .doc file; open it in Word and save it as .docx")
    if not is_word(data):
        raise Unreadable(f"{name}: is no Word file (.docx) and cannot be a template")
    try:
        word_text(data, _LARGEST)  # refuses what is damaged, encrypted or made to harm
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            texts = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
            if size > _LARGEST or len(data) > _LARGEST:
                raise NotWord("unpacks to more than 64 MB, too much for a template")
            if any(b"<!DOCTYPE" in archive.read(part) for part in texts):
                raise NotWord("this Word file declares XML entities, which Word never does")
            if b"<w:body" not in archive.read("word/document.xml"):
                raise NotWord("is written unlike Word writes; open it in Word and save it")
    except NotWord as error:
        raise Unreadable(f"{name}: {error}") from error
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"{name}: is damaged ({error}); open it in Word and save it") from error


def _mapped(styles: dict[str, str]) -> dict[str, str]:
    """Our ids of styles to those of the template, by name."""
    known = {}
    for ident, style in STYLES.items():
        for name in (style.name, *_CHINESE.get(ident, ())):
            if name.lower() in styles:
                known[ident] = styles[name.lower()]
                break
    if "Normal" in known:
        # A template without them sets speeches in its own Normal.
        known.setdefault("BodyText", known["Normal"])
    return known


def _added(ident: str, known: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    style = STYLES[ident]
    element = OxmlElement("w:style")
    element.set(qn("w:type"), "paragraph")
    element.set(qn("w:customStyle"), "1")
    element.set(qn("w:styleId"), _OWN + ident)
    name = OxmlElement("w:name")
    name.set(qn("w:val"), f"normtool {style.name}")
    element.append(name)
    base = known.get(style.base) or known.get("Normal")
    if base is not None:
        based = OxmlElement("w:basedOn")
        based.set(qn("w:val"), base)
        element.append(based)
    properties = OxmlElement("w:pPr")
    if style.leader:
        tabs, tab = OxmlElement("w:tabs"), OxmlElement("w:tab")
        for key, value in (("val", "right"), ("leader", "dot"), ("pos", "8800")):
            tab.set(qn(f"w:{key}"), value)
        tabs.append(tab)
        properties.append(tabs)
    for tag, key, value in (
        ("w:jc", "w:val", style.align),
        ("w:outlineLvl", "w:val", str(style.outline) if style.outline >= 0 else ""),
    ):
        if value:
            child = OxmlElement(tag)
            child.set(qn(key), value)
            properties.append(child)
    element.append(properties)
    return element
