"""A command whose short options cost no more than the long ones."""

from __future__ import annotations

import click


class Command(click.Command):
    """click looks for ``-t`` among the long options first, and as it is not there, for names
    that are similar, to tell the user: a tenth of what a command costs in all.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, short options that stand alone by their long names."""
        return super().parse_args(ctx, self._in_full(args))

    def _in_full(self, args: list[str]) -> list[str]:
        options = {
            name: option
            for option in self.params
            if isinstance(option, click.Option)
            for name in option.opts
        }
        made: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                return [*made, arg, *rest]
            option = options.get(arg)
            if option is None:  # a file, or an option together with its value
                made.append(arg)
                continue
            long = next((name for name in option.opts if name.startswith("--")), arg)
            if option.is_flag or option.count:
                made.append(long)
            elif (value := next(rest, None)) is not None:
                made += long, value
            else:
                made.append(arg)  # click will say so, of what was typed
        return made
