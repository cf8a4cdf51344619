"""Corpora: millions of documents in Parquet, JSON lines or folders.

``clean_batch`` is the whole of it: a pure function from one Arrow record batch
to another. Everything else here reads, shares out, remembers and writes.
Needs the extra ``normtool[corpus]``, and ``normtool[spark]`` for Spark.
"""

from normtool.corpus.batch import NotFitting, clean_batch, schema_after
from normtool.corpus.columns import edits_of, original
from normtool.corpus.recipe import Recipe, from_configuration

__all__ = [
    "NotFitting",
    "Recipe",
    "clean_batch",
    "edits_of",
    "from_configuration",
    "original",
    "schema_after",
]
