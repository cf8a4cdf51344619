"""Small corpora with everything in them that goes wrong, for the tests of ``corpus``."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

_PLACES = ("河东镇", "柳林乡", "石桥县", "青山区", "白水市")
_WORK = ("招商引资", "春耕生产", "安全生产", "植树造林", "水利建设", "校园安全")
_BODY = (
    "同志们:今年 {place}的{work}工作,总的来看是好的,但形势依然严竣。",
    "一要提高认识,二要落实责任,三要加强督查,把{work}抓紧抓实。",
    "全{place}完成投资{n}.{m}亿元,同比增长{m}%,新建项目{n}个。",
    "各部门要密切配合,形成合力,确保{work}各项任务如期完成。",
    "会议强调,{place}要把{work}摆上重要日程,主要领导亲自抓,分管领导具体抓。",
    "去年{place}引进外资万美元,到帐资金{n}万元。",
)


def texts(count: int, seed: int = 1) -> list[str]:
    """Different dirty speeches."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        place, work = chance.choice(_PLACES), chance.choice(_WORK)
        lines = [f"在{place}{work}工作会议上的讲话({number})"]
        for _ in range(chance.randrange(4, 9)):
            line = chance.choice(_BODY)
            lines.append(
                line.format(place=place, work=work, n=chance.randrange(99), m=chance.randrange(99))
            )
        found.append("\n".join(lines))
    return found


def rows(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Rows with an id, a text and two columns more; some texts are bad."""
    made: list[dict[str, Any]] = [
        {
            "id": f"doc-{number:04}",
            "text": text,
            "year": 2000 + number % 20,
            "tags": ["讲话", number],
        }
        for number, text in enumerate(texts(count, seed))
    ]
    if count > 8:
        made[3]["text"] = None
        made[5]["text"] = "今年\0去年"
        made[7]["text"] = made[6]["text"].replace(",", "，")  # the same, but for the width
    return made


def write_jsonl(path: Path, made: list[dict[str, Any]]) -> Path:
    """Write rows as JSON lines, compressed as the suffix says."""
    import pyarrow as pa

    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made).encode()
    compression = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)
    with pa.output_stream(path, compression=compression) as stream:
        stream.write(data)
    return path


def write_parquet(path: Path, made: list[dict[str, Any]], group: int = 20) -> Path:
    """Write rows as Parquet, ``group`` to a row group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    plain = [row | {"tags": [str(tag) for tag in row["tags"]]} for row in made]
    pq.write_table(pa.Table.from_pylist(plain), path, row_group_size=group)
    return path


def read_rows(place: Path) -> list[dict[str, Any]]:
    """All rows of an output, a folder or a file, sorted by id; JSON columns as strings."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: list[dict[str, Any]] = []
    for path in sorted(place.glob("part-*")) if place.is_dir() else [place]:
        if path.suffix == ".parquet":
            found += pq.ParquetFile(path).read().to_pylist()
            continue
        compression = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)
        with pa.input_stream(path, compression=compression) as stream:
            found += [json.loads(line) for line in stream.read().decode().split("\n") if line]
    return sorted(found, key=lambda row: (row["id"] or "", json.dumps(row, sort_keys=True)))
