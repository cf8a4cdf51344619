"""Options of ``normtool convert`` about the page of Word files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from normtool.cli.command import PATH
from normtool.read import Unreadable

Command = TypeVar("Command", bound=Callable[..., Any])

#: Those of ``export.docx.layouts``, which is not imported to print the help.
LAYOUTS = ("gbt9704", "tw", "hk", "plain")
FONTS = ("gb2312",)

_PAGE = (
    click.option("--layout", type=click.Choice(LAYOUTS), help="Word: the page. Default: gbt9704."),
    click.option(
        "--fonts",
        type=click.Choice(FONTS),
        help="Word: the names of older fonts, as \u4eff\u5b8b_GB2312 (simplified text only).",
    ),
    click.option(
        "--template",
        type=PATH,
        metavar="DOCX",
        help="Word: take styles, page, header and footer from this file.",
    ),
    click.option("--no-comments", is_flag=True, help="Word: no comments on what is lost."),
    click.option("--split", is_flag=True, help="Word: one file a speech."),
)


def page_options(command: Command) -> Command:
    """How a page of Word looks and what goes on it."""
    for option in reversed(_PAGE):
        command = option(command)
    return command


def page(
    layout: str | None,
    fonts: str | None,
    template: str | None,
    no_comments: bool,
    split: bool,
    formats: tuple[str, ...],
    *,
    review: bool,
) -> dict[str, Any]:
    """The options of the Word writer; a contradiction or a bad template is a usage error."""
    if not any((layout, fonts, template, no_comments, split)):
        return {}
    if "docx" not in formats:
        raise click.UsageError(
            "--layout, --fonts, --template, --no-comments and --split are about Word files: "
            "add -t docx."
        )
    if template and (layout or fonts):
        raise click.UsageError("--template brings page and fonts: leave out --layout and --fonts.")
    if fonts and layout not in (None, "gbt9704"):
        raise click.UsageError(f"--fonts {fonts} is for --layout gbt9704, not for {layout}.")
    if review and (split or no_comments):
        raise click.UsageError(
            "A review file holds all speeches and its comments: leave out "
            f"{'--split' if split else '--no-comments'}."
        )
    options: dict[str, Any] = {"layout": layout or "gbt9704", "fonts": fonts or ""}
    if no_comments:
        options["comments"] = False
    if template:
        from normtool.export.docx.own import own_template

        try:
            options["template"] = own_template(template)
        except Unreadable as error:
            raise click.UsageError(str(error)) from error
    return options
