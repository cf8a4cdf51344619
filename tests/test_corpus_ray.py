"""The recipe for Ray in the README, as it stands there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import corpora
import pytest

pytest.importorskip("ray.data", reason="needs ray[data], which no extra of ours brings")
pytest.importorskip("pyarrow", reason="needs normtool[corpus]")

import ray

from normtool.corpus.job import run
from normtool.corpus.plan import Job

ROOT = Path(__file__).parent.parent


def test_the_recipe_gives_the_rows_of_one_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (recipe,) = re.findall(
        r"```python\n(import pyarrow as pa, ray\n.*?)```",
        (ROOT / "README.md").read_text("utf-8"),
        re.S,
    )
    assert len([line for line in recipe.split("\n") if line]) <= 10
    given = tmp_path / "in"
    given.mkdir()
    corpora.write_parquet(given / "a.parquet", corpora.rows(40))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    try:
        names: dict[str, Any] = {}
        exec(compile(recipe, "README.md", "exec"), names)
    finally:
        ray.shutdown()
    local = tmp_path / "local.parquet"
    run(Job((str(given),), str(local), similar=0.0))
    found = [
        row for path in sorted((tmp_path / "out").iterdir()) for row in corpora.read_rows(path)
    ]
    assert sorted(found, key=lambda row: row["id"]) == corpora.read_rows(local)
