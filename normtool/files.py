"""Finding the files to read, and writing files so that none is ever half written."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO

from normtool.patterns import later
from normtool.records import NamedTuple

#: What is read when a folder is walked. A file that is named is read whatever its suffix;
#: without suffix it may be anything (LICENSE, Makefile), so a folder does not offer it.
SUFFIXES = (
    ".txt", ".text", ".md", ".markdown", ".htm", ".html", ".xhtml", ".xml", ".json", ".docx",
)  # fmt: skip

#: Standard input or output.
STREAM = "-"


class Unreadable(Exception):
    """A file or folder that cannot be read; the message is one sentence with its name."""


class Unwritable(Exception):
    """A place that cannot be written to; the message is one sentence with its name."""


class Source(NamedTuple):
    """One thing to read, or the reason why it cannot be.

    path      to open it with; "-" is standard input
    relative  its path below the folder that was named (the bare file name if
              the file itself was named), so that an output folder keeps the tree
    error     set when a folder or file cannot be read at all; the others go on
    """

    path: str
    relative: str
    error: Unreadable | None = None


def find_files(
    paths: Iterable[str | os.PathLike[str]], *, skip: Iterable[str | os.PathLike[str]] = ()
) -> Iterator[Source]:
    """Yield the sources that the paths name; of each folder its files, then its folders, sorted.

    In folders hidden files and folders, links to folders, other suffixes than
    SUFFIXES, JSON that normtool did not save and TEI are passed over; so are
    the files and folders in ``skip`` (an output folder that lies inside). What
    is named twice is given once. A folder in which nothing is found yields an
    error, as does one that cannot be listed and a path that does not exist.
    """
    seen = {os.path.realpath(path) for path in skip}
    real = _RealPaths()
    for given in paths:
        path = os.fspath(given)
        if path == STREAM:
            found: Iterator[Source] = iter((Source(STREAM, STREAM),))
        elif os.path.isdir(path):
            found = _walk(path, seen)
        elif os.path.lexists(path):
            found = iter((Source(path, os.path.basename(path)),))
        else:
            missing = Unreadable(f"{shown(path)}: there is no such file or folder")
            found = iter((Source(path, os.path.basename(path), missing),))
        for source in found:
            place = source.path if source.path == STREAM else real(source.path)
            if place not in seen or source.error is not None:
                seen.add(place)
                yield source


class _RealPaths:
    """``os.path.realpath`` for many files of a folder: the folder is looked at once."""

    def __init__(self) -> None:
        self._folder = self._real = ""

    def __call__(self, path: str) -> str:
        folder, name = os.path.split(path)
        if os.path.islink(path) or name in ("", os.curdir, os.pardir):
            return os.path.realpath(path)
        if folder != self._folder or not self._real:
            self._folder, self._real = folder, os.path.realpath(folder)
        return os.path.join(self._real, name)


def _walk(top: str, seen: set[str]) -> Iterator[Source]:
    found = known = False
    folders = [(top, "")]
    while folders:
        folder, relative = folders.pop()
        if os.path.realpath(folder) in seen:
            known = True
            continue
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            found = True
            yield Source(folder, relative or ".", Unreadable(f"{shown(folder)}: {reason(error)}"))
            continue
        below = []
        for entry in entries:
            name = os.path.join(relative, entry.name)
            if entry.name.startswith((".", "~$")):  # hidden; Word's mark of an open file
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append((entry.path, name))
            elif _is_text(entry):
                found = True
                yield Source(entry.path, name)
        folders.extend(reversed(below))
    if not found and not known:
        wanted = " ".join(SUFFIXES)
        nothing = Unreadable(f"{shown(top)}: no text files in this folder ({wanted})")
        yield Source(top, ".", nothing)


def _is_text(entry: os.DirEntry[str]) -> bool:
    """Whether something in a folder is a file to clean."""
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix not in SUFFIXES:
        return False
    try:
        if not entry.is_file():
            return entry.is_symlink() and not os.path.exists(entry.path)  # reading it tells
        if suffix not in (".json", ".xml"):
            return True
        # Other programs' JSON, and the TEI that normtool wrote, lie beside the texts.
        with open(entry.path, "rb") as stream:
            head = stream.read(1000)
    except OSError:
        return True  # reading it gives the error
    if suffix == ".json":
        return b'"normtool/' in head
    return b"<TEI" not in head and b"<teiCorpus" not in head


def shown(path: str | os.PathLike[str]) -> str:
    """A path as it can be printed and saved: names that are not UTF-8 are decoded or escaped."""
    name = os.fspath(path)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        # Archives made by Chinese Windows carry names in GB18030.
        raw = os.fsencode(name)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "backslashreplace")
    return name


def reason(error: OSError) -> str:
    """What the system said, as a clause that tells what to do where that is known."""
    clauses = {
        errno.ENOENT: "there is no such file or folder",
        errno.EACCES: "permission denied; change its permissions or copy it elsewhere",
        errno.EPERM: "permission denied; change its permissions or copy it elsewhere",
        errno.ENOSPC: "the disk is full; free some space and run again",
        errno.EFBIG: "the file would be larger than this system allows (ulimit -f); split it",
        errno.EDQUOT: "the disk quota is used up; free some space and run again",
        errno.EROFS: "this file system can only be read; choose another place",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
        errno.ELOOP: "this link leads to itself",
        errno.ENOTDIR: "a part of this path is a file, not a folder",
        errno.EISDIR: "is a folder",
    }
    return clauses.get(error.errno or 0, (error.strerror or str(error)).lower())


@contextlib.contextmanager
def atomic(path: str | os.PathLike[str], *, parents: bool = False) -> Iterator[BinaryIO]:
    """Give a binary stream whose content becomes the file ``path`` at the end, or not at all.

    The bytes go to a hidden file in the same folder, which is renamed when the
    block ends and removed when it raises: the old file stays whole until then.
    An existing file keeps its permissions; where ``path`` is a link the file
    it leads to is replaced. "-" is standard output; it and devices (/dev/null,
    a pipe) are written straight. With ``parents`` missing folders are made.

    Raises Unwritable if the path is a folder, its folder is missing, or the
    system refuses.
    """
    name = os.fspath(path)
    if name == STREAM:
        if sys.stdout is None:
            raise Unwritable("<stdout>: is closed; give a file with -o")
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise Unwritable(f"<stdout>: {reason(error)}") from error
        return
    target, old = _status(name)
    # A rename would put a file in the place of a device.
    device = old is not None and not stat.S_ISREG(old.st_mode)
    folder = os.path.dirname(target)
    if not os.path.isdir(folder or os.curdir):
        if not parents:
            place = shown(os.path.abspath(folder))
            raise Unwritable(f"{shown(name)}: the folder {place} does not exist; create it")
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise Unwritable(f"{shown(name)}: {reason(error)}") from error
    if old is not None and not device and not os.access(target, os.W_OK):
        raise Unwritable(f"{shown(name)}: permission denied; it is write-protected")
    done, within, temporary = False, False, ""
    # The name is known before the file is there: an interrupt between the two leaves nothing.
    try:
        if device:
            handle = os.open(name, os.O_WRONLY)
        for temporary in () if device else _temporary_names(folder):
            try:
                handle = os.open(temporary, _NEW, 0o666)
                break
            except FileExistsError:
                continue
        with os.fdopen(handle, "wb") as stream:
            if old is not None and not device:
                _like(handle, old)
            within = True
            yield stream
        within = False
        if not device:
            os.replace(temporary, target)
        done = True
    except OSError as error:
        # What else goes wrong in the block is not this file's fault.
        if within and error.errno not in _FULL:
            raise
        raise Unwritable(f"{shown(name)}: {reason(error)}") from error
    finally:
        if temporary and not done:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _status(name: str) -> tuple[str, os.stat_result | None]:
    """Where ``name`` leads to, if it is a link, and what stands there now; None if nothing does."""
    target = name
    try:
        status = os.lstat(name)
        # Looking for links in the whole path would take longer than to write a page.
        if stat.S_ISLNK(status.st_mode):
            target = os.path.realpath(name)
            status = os.stat(name)
    except FileNotFoundError:
        return target, None
    except OSError as error:
        raise Unwritable(f"{shown(name)}: {reason(error)}") from error
    if stat.S_ISDIR(status.st_mode):
        raise Unwritable(f"{shown(name)}: is a folder; give the name of a file")
    return target, status


#: What the disk says while a file is written.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
#: A file that was not there; its mode is as the umask wants it.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_numbers = itertools.count()
#: What they are: a mark of the machine, and the process that writes it.
TEMPORARY = later(r"\.normtool-([0-9a-f]{8})-(\d+)-\d+\.tmp")


@lru_cache(maxsize=1)
def machine() -> str:
    """A mark of this machine: another one may be writing into the same folder."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(name.encode()):08x}"


def _temporary_names(folder: str) -> Iterator[str]:
    """Names for a hidden file in ``folder``, each given once in a process. Short: names may be."""
    for number in _numbers:
        yield os.path.join(folder, f".normtool-{machine()}-{os.getpid()}-{number}.tmp")


def _like(handle: int, old: os.stat_result) -> None:
    """Give the open file the owner and the permissions of the old one, as far as allowed."""
    if not hasattr(os, "fchmod"):
        return
    with contextlib.suppress(OSError):
        if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
            os.fchown(handle, old.st_uid, old.st_gid)
    with contextlib.suppress(OSError):
        os.fchmod(handle, stat.S_IMODE(old.st_mode))
