"""The command line: one module a command; each is imported when it is called."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from normtool.cli.program import main

__all__ = ["main", "run"]

#: So many new objects are looked through for circles at once; to load all makes 60,000.
_GARBAGE = 200_000


def __getattr__(name: str) -> Any:
    if name == "main":
        from normtool.cli.program import main

        return main
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def run() -> NoReturn:
    """``main`` as a process of its own, which ends at once.

    What Python takes down object by object on its way out, and OpenCC as slowly as it
    was built up, the system takes down whole.
    """
    import atexit
    import gc

    gc.set_threshold(_GARBAGE)
    # numpy is loaded in half the time where its algebra, which nobody asks for, starts no
    # threads; other processes do the rest of the work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if len(sys.argv) > 2:  # a command with its arguments; what the help loads is little
        from normtool.bytecode import keep_bytecode

        keep_bytecode()
    from normtool.cli.program import main

    try:
        main()
        code: object = 0
    except SystemExit as leaving:
        code = leaving.code
    # Not what a library asks for in vain: the files are written, and said is what was to say.
    with suppress(Exception):
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
