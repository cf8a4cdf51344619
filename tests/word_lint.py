"""What is wrong with a Word file, as far as it can be told without Word.

Schemas do not see most of it: numbers used twice, styles, comments and bookmarks that
are not there, parts without type or relation, properties out of order.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML = "{http://www.w3.org/XML/1998/namespace}"
REVISIONS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
#: Sequences of the schema, as far as they are used (CT_PPr, CT_RPr, CT_SectPr).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs"
    " snapToGrid spacing ind contextualSpacing jc outlineLvl rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing w kern sz szCs highlight u bdr shd"
    " vertAlign lang",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_HOLDERS = {
    "r": "p hyperlink ins del moveFrom moveTo smartTag sdtContent fldSimple",
    "p": "body hdr ftr comment tc footnote endnote sdtContent txbxContent",
    "t": "r",
}


def findings(content: bytes) -> list[str]:
    """One sentence a defect; none for a file that is in order."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if archive.testzip():
            return ["a part is damaged"]
    except zipfile.BadZipFile as error:
        return [str(error)]
    names = archive.namelist()
    found = [f"{name} is there twice" for name, n in Counter(names).items() if n > 1]
    parts = {}
    for name in dict.fromkeys(names):
        if name.endswith((".xml", ".rels")):
            try:
                parts[name] = etree.fromstring(archive.read(name))
            except etree.XMLSyntaxError as error:
                return [*found, f"{name}: {error}"]
    found += _package(set(names), parts)
    if "word/document.xml" not in parts:
        return [*found, "there is no word/document.xml"]
    body = parts["word/document.xml"].find(W + "body")
    if body is None:
        return [*found, "there is no body"]
    if not len(body) or body[-1].tag != W + "sectPr":
        found.append("the section is not the last of the body")
    found += _structure(parts)
    found += _revisions(parts, body)
    found += _styles(parts)
    found += _comments(parts, body)
    found += _fields(parts["word/document.xml"])
    return found


def _package(names: set[str], parts: dict) -> list[str]:
    found = []
    types = parts.get("[Content_Types].xml")
    if types is None:
        return ["there is no [Content_Types].xml"]
    typed = {e.get("PartName", "").lstrip("/") for e in types}
    endings = {e.get("Extension") for e in types} - {None}
    found += [
        f"{name} has no type"
        for name in names - {"[Content_Types].xml"}
        if name not in typed and name.rpartition(".")[2] not in endings
    ]
    found += [f"type of {name}, which is not there" for name in typed - {""} - names]
    ids: dict[str, set[str]] = {}
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        count = Counter(e.get("Id") for e in root)
        found += [f"{name}: relation {one} twice" for one, n in count.items() if n > 1]
        ids[posixpath.join(folder, posixpath.basename(name)[:-5])] = set(count)
        for e in root:
            target = e.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if e.get("TargetMode") != "External" and path not in names:
                found.append(f"{name}: {target} is not there")
    for name, root in parts.items():
        for e in root.iter():
            for key in (R + "id", R + "embed"):
                if e.get(key) and e.get(key) not in ids.get(name, ()):
                    found.append(f"{name}: relation {e.get(key)} is not there")
    return found


def _structure(parts: dict) -> list[str]:
    found = []
    for name, root in parts.items():
        if not name.startswith("word/"):
            continue
        for tag, holders in _HOLDERS.items():
            for e in root.iter(W + tag):
                outer = e.getparent()
                if outer is None or etree.QName(outer).localname not in holders.split():
                    found.append(f"{name}: w:{tag} in the wrong place")
        for tag, order in ORDER.items():
            known = order.split()
            for e in root.iter(W + tag):
                inside = [etree.QName(child).localname for child in e]
                places = [known.index(one) for one in inside if one in known]
                if places != sorted(places):
                    found.append(f"{name}: w:{tag} out of order: {inside}")
                if (
                    tag != "sectPr"
                    and len(inside) != len(set(inside))
                    and e.getparent().tag != W + "del"
                ):
                    found.append(f"{name}: w:{tag} says something twice: {inside}")
        for e in root.iter(W + "sz", W + "spacing", W + "pgSz", W + "pgMar", W + "ind"):
            for key, value in e.attrib.items():
                if not key.endswith("lineRule") and not re.fullmatch(r"-?\d+|(true|false)", value):
                    found.append(f"{name}: {etree.QName(e).localname} of {value!r}")
        for e in root.iter(W + "jc"):
            if e.get(W + "val") not in ("left", "right", "center", "both", "start", "end"):
                found.append(f"{name}: jc {e.get(W + 'val')}")
    return found


def _revisions(parts: dict, body) -> list[str]:
    found = []
    ids = Counter()
    for root in parts.values():
        for e in root.iter(*(W + tag for tag in REVISIONS)):
            ids[e.get(W + "id")] += 1
            if not e.get(W + "author"):
                found.append("a revision without author")
            if not _DATE.fullmatch(e.get(W + "date") or ""):
                found.append(f"a revision of {e.get(W + 'date')!r}")
    for ident, count in ids.items():
        if count > 1:
            found.append(f"revision {ident} is there {count} times")
        if not (ident or "").isdigit() or int(ident) >= 2**31:
            found.append(f"revision {ident!r} has no number")
    for e in body.iter(W + "t", W + "delText"):
        deleted = any(outer.tag in (W + "del", W + "moveFrom") for outer in e.iterancestors())
        if deleted != (e.tag == W + "delText"):
            found.append(f"{etree.QName(e).localname} where it must not be")
    for name, root in parts.items():
        for e in root.iter(W + "t", W + "delText"):
            words = e.text or ""
            if words != words.strip() and e.get(XML + "space") != "preserve":
                found.append(f"{name}: blanks around {words.strip()[:20]!r} are lost")
    return found


def _styles(parts: dict) -> list[str]:
    found = []
    sheet = parts.get("word/styles.xml")
    styles = (
        Counter(e.get(W + "styleId") for e in sheet.iter(W + "style")) if sheet is not None else {}
    )
    found += [f"style {one} is there twice" for one, n in styles.items() if n > 1]
    for name, root in parts.items():
        if name == "word/stylesWithEffects.xml":  # a sheet of its own, for Word 2010
            continue
        for e in root.iter(*(W + tag for tag in ("pStyle", "rStyle", "basedOn", "next", "link"))):
            if e.get(W + "val") not in styles:
                found.append(f"{name}: style {e.get(W + 'val')} is not there")
        for e in root.iter(W + "rFonts"):
            found += [
                f"font {value[:40]} is too long" for value in e.attrib.values() if len(value) > 31
            ]
    return found


def _comments(parts: dict, body) -> list[str]:
    found = []
    sheet = parts.get("word/comments.xml")
    held = Counter(e.get(W + "id") for e in sheet) if sheet is not None else Counter()
    found += [f"comment {one} is there twice" for one, n in held.items() if n > 1]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        count = Counter(e.get(W + "id") for e in body.iter(W + tag))
        if count != held and (count or held):
            found.append(f"{tag} does not match the comments")
    return found


def _fields(root) -> list[str]:
    found = []
    depth = 0
    for e in root.iter(W + "fldChar"):
        depth += {"begin": 1, "end": -1}.get(e.get(W + "fldCharType"), 0)
        if depth < 0:
            break
    if depth:
        found.append("a field without end or beginning")
    starts = Counter(e.get(W + "id") for e in root.iter(W + "bookmarkStart"))
    ends = Counter(e.get(W + "id") for e in root.iter(W + "bookmarkEnd"))
    if starts != ends or any(n > 1 for n in starts.values()):
        found.append("bookmarks do not match")
    names = [e.get(W + "name") for e in root.iter(W + "bookmarkStart")]
    found += [f"bookmark {one} twice" for one, n in Counter(names).items() if n > 1]
    wanted = [e.get(W + "anchor") for e in root.iter(W + "hyperlink")]
    for e in root.iter(W + "instrText"):
        words = (e.text or "").split()
        wanted += words[1:2] if words[:1] == ["PAGEREF"] else []
    found += [f"bookmark {one} is not there" for one in wanted if one and one not in names]
    return found
