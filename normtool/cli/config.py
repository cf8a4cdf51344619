"""``normtool config``: what holds here, and who said so."""

from __future__ import annotations

import json
from typing import Any

import click

from normtool.cli.command import Command
from normtool.cli.options import configuration, rule_options
from normtool.cli.scripts import script_options
from normtool.cli.streams import put


@click.command("config", cls=Command)
@script_options
@rule_options
def command(**options: Any) -> int:
    """Show the resolved configuration and where each value came from.

    The output is a valid normtool.toml.
    """
    found = configuration(**options)
    where = f"# configuration file: {found.file}" if found.file else "# no configuration file"
    rows = []
    for key, value in found.values.items():
        # What JSON makes of booleans and lists of strings is TOML too.
        shown = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
        rows.append((f"{key} = {shown}", found.origins[key]))
    width = max(len(row) for row, _ in rows)
    lines = [where, *(f"{row.ljust(width)}  # {origin}" for row, origin in rows)]
    for code, given in found.options.items():
        lines += ["", f"[rules.{code}]  # {found.file}"]
        lines += [f"{name} = {value}" for name, value in given.items()]
    put(lines)
    return 0
