"""The Spark session of a job."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from normtool.files import Unreadable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@contextlib.contextmanager
def session(master: str = "") -> Iterator[SparkSession]:
    """The session that runs already, or one of our own, which ends with the block.

    master  "local[4]", "yarn", "k8s://…"; "" as ``spark-submit`` said, else this machine

    Raises Unreadable if there is no Java.
    """
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    try:
        own = _start(master)
    except (PySparkException, OSError) as error:
        if "JAVA" not in str(error).upper():
            raise
        raise Unreadable(
            "Spark needs Java 17 or later and did not find it; install it "
            "(Debian: openjdk-17-jre-headless) or set JAVA_HOME"
        ) from error
    try:
        yield own
    finally:
        own.stop()


def _start(master: str) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("normtool corpus")
    if not master and "SPARK_ENV_LOADED" not in os.environ:
        master = "local[*]"
    if master.startswith("local"):
        master = with_retries(master)
        # Its workers are ours: the same Python, the same modules.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        top = os.path.abspath(__file__)
        for _ in range(4):
            top = os.path.dirname(top)
        others = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, [top, *others])))
        builder = builder.config("spark.ui.enabled", "false")
    if master:
        builder = builder.master(master)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    return started


def with_retries(master: str) -> str:
    """A local master that tries tasks again, as clusters do: else one killed worker ends the job.

    >>> with_retries("local[2]"), with_retries("local"), with_retries("local[2,9]")
    ('local[2,4]', 'local[1,4]', 'local[2,9]')
    """
    if master == "local":
        return "local[1,4]"
    return f"{master[:-1]},4]" if master.endswith("]") and "," not in master else master
