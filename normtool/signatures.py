"""Files that are not text: recognised by their first bytes, with what to do next."""

from __future__ import annotations

_AS_TEXT = "save it as plain text (UTF-8) first"
_WITH_OFFICE = f"{_AS_TEXT}, in Word or with `soffice --headless --convert-to txt:Text`"
_NO_TEXT = "it holds no characters to read; take the text it was made from, or use OCR"
_UNPACK = "unpack it and give the files inside"

#: First bytes, what the file is, what to do next. Longer ones before their beginnings.
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _NO_TEXT),
    (b"\xff\xd8\xff", "a JPEG image", _NO_TEXT),
    (b"GIF87a", "a GIF image", _NO_TEXT),
    (b"GIF89a", "a GIF image", _NO_TEXT),
    (b"II*\0", "a TIFF image", _NO_TEXT),
    (b"MM\0*", "a TIFF image", _NO_TEXT),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)", _NO_TEXT),
    (b"%PDF-", "a PDF", "extract its text first, for example with `pdftotext FILE`"),
    (b"{\\rtf", "an RTF document", _WITH_OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS, PPT)", _WITH_OFFICE),
    (b"PK\x03\x04", "a ZIP archive", f"{_UNPACK}; a Word file (.docx) is cut off or damaged"),
    (b"PK\x05\x06", "an empty ZIP archive", "there is nothing in it"),
    (b"\x1f\x8b\x08", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"ITSF", "a compiled help file (CHM)", "extract its pages first, for example with 7-Zip"),
    (b"AT&TFORM", "a DjVu scan", "extract its text first, for example with `djvutxt FILE`"),
    (b"CAJ\0", "a CNKI document (CAJ)", f"{_AS_TEXT}, in CAJViewer"),
    (b"HN\0\0", "a CNKI document (CAJ)", f"{_AS_TEXT}, in CAJViewer"),
    (b"KDH ", "a CNKI document (KDH)", f"{_AS_TEXT}, in CAJViewer"),
    (b"SQLite format 3\0", "an SQLite database", "export the column with the texts first"),
    (b"\x7fELF", "a program", "it holds no text to read"),
)
_FIRST = tuple(first for first, _, _ in SIGNATURES)

# Containers share one signature; the names of their parts are not compressed.
_PARTS: tuple[tuple[bytes, bytes, str, str], ...] = (
    (b"PK\x03\x04", b"word/document", "a Word document (DOCX)", _WITH_OFFICE),
    (b"PK\x03\x04", b"xl/workbook", "an Excel workbook (XLSX)", _WITH_OFFICE),
    (b"PK\x03\x04", b"ppt/presentation", "a PowerPoint file (PPTX)", _WITH_OFFICE),
    (
        b"PK\x03\x04",
        b"mimetypeapplication/vnd.oasis.opendocument",
        "an OpenDocument file",
        _WITH_OFFICE,
    ),
    (b"PK\x03\x04", b"mimetypeapplication/epub", "an EPUB book", f"{_AS_TEXT}, with Calibre"),
    (
        b"\xd0\xcf\x11\xe0",
        "WordDocument".encode("utf-16-le"),
        "a Word 97-2003 document (DOC)",
        _WITH_OFFICE,
    ),
)


def recognise(data: bytes) -> tuple[str, str] | None:
    """What a file that is not text is and what to do next, or None.

    Only the signature decides; the rest of the bytes is looked at to tell a
    Word document from another container.
    """
    if not data.startswith(_FIRST):
        return None
    for first, part, what, advice in _PARTS:
        if data.startswith(first) and part in data:
            return what, advice
    return next((what, advice) for first, what, advice in SIGNATURES if data.startswith(first))
