"""Reading files, folders and standard input; writing whole files or none."""

import errno
import hashlib
import importlib
import io
import json
import os
import stat
import sys

import pytest

from normtool.document import Document
from normtool.edits import Edit
from normtool.export.json import dumps
from normtool.files import Unwritable, atomic, find_files, shown
from normtool.read import Unreadable, from_text, read, read_bytes

# normtool.read is the function; this is its module.
reading = importlib.import_module("normtool.read")

TEXT = "同志们：\r\n今天的会议只有一个议题，就是研究明年的水利工程。\r\n"


class Stdin:
    """Standard input with the given bytes."""

    closed = False

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_a_file_becomes_a_document(tmp_path, codec):
    path = tmp_path / "讲话.txt"
    path.write_bytes(TEXT.encode(codec))
    document = read(path)
    assert document.original == TEXT
    assert document.text == TEXT
    assert document.name == str(path)
    assert document.encoding == codec
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.edits == ()


def test_the_sum_is_that_of_the_bytes_with_their_mark():
    data = b"\xef\xbb\xbf" + TEXT.encode()
    document = read_bytes(data, "a.txt")
    assert document.original == TEXT
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Stdin(TEXT.encode("gb18030")))
    document = read("-")
    assert (document.name, document.original) == ("<stdin>", TEXT)
    monkeypatch.setattr(sys, "stdin", Stdin(b"x" * 11))
    with pytest.raises(Unreadable, match="<stdin>: is more than the limit of 10 bytes"):
        read("-", limit=10)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Unreadable, match="standard input is closed"):
        read("-")


def test_a_string():
    assert from_text(TEXT).original == TEXT
    assert from_text("").text == ""
    assert from_text("\ufeff会", "note").original == "\ufeff会"
    with pytest.raises(Unreadable, match=r"<text>: lone surrogate U\+D800 at character 1"):
        from_text("会\ud800")
    with pytest.raises(Unreadable, match="NUL at character 2"):
        from_text("会议\0")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty \\(0 bytes\\)"),
        (b"\xef\xbb\xbf", "is empty \\(nothing but blanks\\)"),
        (b"\xff\xfe", "is empty"),
        ("\u3000 \r\n\u200b".encode(), "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image, not text"),
        (TEXT.encode("gb18030").rstrip()[:-1], "not decodable as gb18030: byte 0xA1 at offset "),
        (b"one\0two", "NUL byte at offset 3"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path, data, sentence):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=sentence) as error:
        read(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message


def test_missing_folder_and_permission(tmp_path, monkeypatch):
    with pytest.raises(Unreadable, match=r"none\.txt: there is no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(Unreadable, match="is a folder"):
        read(tmp_path)
    (tmp_path / "file").write_text(TEXT)
    with pytest.raises(Unreadable, match="a part of this path is a file"):
        read(tmp_path / "file" / "a.txt")
    with pytest.raises(Unreadable, match="cannot hold a NUL"):
        read("a\0b")

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(reading, "open", refuse, raising=False)
    with pytest.raises(Unreadable, match="file: permission denied"):
        read(tmp_path / "file")


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)  # sparse: takes no space
    monkeypatch.setattr(reading, "open", None, raising=False)
    with pytest.raises(Unreadable, match="is 200 MB, more than the limit of 64 MB; split it"):
        read(path)


def test_the_limit_is_inclusive(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 100)
    assert len(read(path, limit=100).original) == 100
    with pytest.raises(Unreadable, match="is 100 bytes, more than the limit of 99 bytes"):
        read(path, limit=99)


def test_a_pipe_is_read_like_a_file(tmp_path):
    reader, writer = os.pipe()
    os.write(writer, TEXT.encode())
    os.close(writer)
    try:
        assert read(f"/dev/fd/{reader}").original == TEXT
    finally:
        os.close(reader)


def test_a_saved_document_comes_back_as_it_was(tmp_path):
    made = Document(
        "讲话.txt", "会议,开始", edits=(Edit(2, ",", "，", ("PUN101",)),), meta={"a": 1}
    )
    path = tmp_path / "saved.json"
    path.write_text(dumps(made), encoding="utf-8")
    back = read(path)
    assert back.to_json() == made.to_json()
    assert back.text == "会议，开始"
    # Known by its content too, as when it comes through a pipe.
    assert read_bytes(dumps(made).encode(), "<stdin>").to_json() == made.to_json()
    by_key = json.dumps(made.to_json(), sort_keys=True).encode()
    assert read_bytes(by_key, "sorted.json").to_json() == made.to_json()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"a": [1, 2', r"is not JSON: .* \(line 1, column 12\)"),
        ('{"a": 1}', 'x.json: not a normtool document: no "schema"'),
        ("[1]", "not a normtool document"),
        ('{"schema": "normtool/1"}', "not a whole normtool document"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_other_json_is_an_error(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read_bytes(content.encode(), "x.json")


def test_damaged_saved_documents_are_errors():
    value = Document("a", "会议,", edits=(Edit(2, ",", "，"),)).to_json()
    for change in (
        {"text": "别的"},
        {"edits": [{}]},
        {"edits": [value["edits"][0] | {"certainty": 3}]},
        {"edits": [value["edits"][0] | {"before": "；"}]},
        {"edits": 5},
        {"original": "会\ud800,", "text": "会\ud800，"},
    ):
        with pytest.raises(Unreadable, match=r"^x\.json: "):
            read_bytes(json.dumps(value | change).encode(), "x.json")


@pytest.fixture
def tree(tmp_path):
    for name in (
        "b.txt",
        "a.TXT",
        "note.md",
        "page.html",
        "old/2004/十.txt",
        "old/2003/九.txt",
        "old/x.htm",
        ".hidden/h.txt",
        ".h.txt",
        "table.csv",
        "LICENSE",
    ):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "other.json").write_text('{"name": "package"}')
    (tmp_path / "in" / "saved.json").write_text(dumps(Document("s", TEXT)), encoding="utf-8")
    (tmp_path / "in" / "tei.xml").write_text('<?xml version="1.0"?>\n<TEI xmlns="x"/>')
    (tmp_path / "in" / "feed.xml").write_text("<rss/>")
    return tmp_path / "in"


IN_TREE = [
    "a.TXT",
    "b.txt",
    "feed.xml",
    "note.md",
    "page.html",
    "saved.json",
    "old/x.htm",
    "old/2003/九.txt",
    "old/2004/十.txt",
]


def test_folders_are_walked_in_order(tree):
    sources = list(find_files([tree]))
    assert [source.relative for source in sources] == IN_TREE
    assert all(os.path.samefile(source.path, tree / source.relative) for source in sources)
    assert all(source.error is None for source in sources)


def test_what_is_named_is_read_whatever_its_suffix(tree):
    paths = [tree / "table.csv", tree / "LICENSE", tree / ".h.txt", tree / "old" / "x.htm"]
    assert [source.relative for source in find_files(paths)] == [
        "table.csv",
        "LICENSE",
        ".h.txt",
        "x.htm",
    ]


def test_nothing_is_given_twice(tree, monkeypatch):
    monkeypatch.chdir(tree)
    sources = list(find_files(["b.txt", "-", "./b.txt", tree, "old", "-"]))
    assert [source.relative for source in sources] == [
        "b.txt",
        "-",
        *(name for name in IN_TREE if name != "b.txt"),
    ]


def test_links_to_folders_are_not_followed(tree):
    (tree / "old" / "loop").symlink_to(tree)
    (tree / "linked.txt").symlink_to(tree / "table.csv")
    (tree / "broken.txt").symlink_to(tree / "nowhere")
    names = [source.relative for source in find_files([tree])]
    # A text that is gone is not passed over in silence.
    assert names == sorted([*IN_TREE[:6], "broken.txt", "linked.txt"]) + IN_TREE[6:]
    with pytest.raises(Unreadable, match=r"broken.txt: there is no such file"):
        read(tree / "broken.txt")


def test_an_output_folder_inside_is_passed_over(tree):
    names = [source.relative for source in find_files([tree], skip=[tree / "old", tree / "b.txt"])]
    assert names == [name for name in IN_TREE[:6] if name != "b.txt"]


def test_what_cannot_be_walked_does_not_stop_the_rest(tree, tmp_path, monkeypatch):
    (tmp_path / "bare").mkdir()
    real = os.scandir

    def scandir(path):
        if str(path).endswith("2003"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    sources = list(find_files([tmp_path / "none", tmp_path / "bare", tree]))
    errors = [str(source.error) for source in sources if source.error]
    assert errors == [
        f"{tmp_path}/none: there is no such file or folder",
        f"{tmp_path}/bare: no text files in this folder "
        "(.txt .text .md .markdown .htm .html .xhtml .xml .json .docx)",
        f"{tree}/old/2003: permission denied; change its permissions or copy it elsewhere",
    ]
    assert [source.relative for source in sources if not source.error] == [
        name for name in IN_TREE if "2003" not in name
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission(tree):
    (tree / "old").chmod(0)
    try:
        errors = [source.error for source in find_files([tree]) if source.error]
        assert "old: permission denied" in str(errors[0])
    finally:
        (tree / "old").chmod(0o755)


def test_names_that_are_not_utf8_can_be_shown():
    assert shown(os.fsdecode("讲话.txt".encode("gb18030"))) == "讲话.txt"
    assert shown(os.fsdecode(b"a\xff.txt")) == "a\\xff.txt"
    assert shown("讲话.txt") == "讲话.txt"


def test_such_a_file_is_read(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), "讲话.txt".encode("gb18030"))
    with open(path, "wb") as stream:
        stream.write(TEXT.encode())
    (source,) = find_files([tmp_path])
    document = read(source.path)
    assert document.name == f"{tmp_path}/讲话.txt"
    assert json.loads(dumps(document))["original"] == TEXT


def fail(path, failure):
    """Write half of a file, then fail."""
    with atomic(path) as stream:
        stream.write(b"half")
        raise failure


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "out.txt"
    with atomic(path) as stream:
        stream.write(TEXT.encode())
        assert not path.exists()
    assert path.read_bytes() == TEXT.encode()
    assert left(tmp_path) == ["out.txt"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_an_old_file_stays_when_writing_fails(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("old")
    for failure in (ValueError, KeyboardInterrupt):
        with pytest.raises(failure):
            fail(path, failure)
    assert path.read_text() == "old"
    assert left(tmp_path) == ["out.txt"]


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("old and longer")
    path.chmod(0o640)
    with atomic(path) as stream:
        stream.write(b"new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with atomic(tmp_path / "link.txt") as stream:
        stream.write(b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_places_that_cannot_be_written(tmp_path, monkeypatch):
    with pytest.raises(Unwritable, match="is a folder; give the name of a file"), atomic(tmp_path):
        pass
    missing = tmp_path / "a" / "b" / "out.txt"
    with pytest.raises(Unwritable, match="a/b does not exist; create it"), atomic(missing):
        pass
    with atomic(missing, parents=True) as stream:
        stream.write(b"x")
    assert missing.read_bytes() == b"x"
    below = missing / "c.txt"
    with pytest.raises(Unwritable, match="a part of this path is a file"), atomic(below):
        pass
    with pytest.raises(Unwritable, match="too long"), atomic(tmp_path / ("长" * 100)):
        pass
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Unwritable, match="write-protected"), atomic(missing):
        pass
    assert missing.read_bytes() == b"x"


def test_a_long_name_that_is_allowed(tmp_path):
    path = tmp_path / ("长" * 83 + ".txt")  # 253 of 255 bytes
    with atomic(path) as stream:
        stream.write(b"x")
    assert path.read_bytes() == b"x"


def test_a_full_disk_is_a_sentence(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(Unwritable, match=r"out\.txt: the disk is full"):
        fail(path, OSError(errno.ENOSPC, "No space left on device"))
    assert path.read_text() == "old"
    assert left(tmp_path) == ["out.txt"]
    with (
        pytest.raises(Unwritable, match="/dev/full: the disk is full"),
        atomic("/dev/full") as full,
    ):
        full.write(b"x")


def test_other_errors_of_the_block_are_not_the_files_fault(tmp_path):
    with pytest.raises(FileNotFoundError), atomic(tmp_path / "out.txt"):
        open(tmp_path / "template.docx", "rb").close()
    assert left(tmp_path) == []


def test_devices_and_standard_output_are_written_straight(capfdbinary):
    with atomic("/dev/null") as stream:
        stream.write(b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    with atomic("-") as stream:
        stream.write("会议\n".encode())
    assert capfdbinary.readouterr().out == "会议\n".encode()
