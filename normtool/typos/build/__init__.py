"""Makes ``normtool/typos/data`` from named packages: ``python -m normtool.typos.build``.

Nothing here is needed to clean a text. See ../README.md for the sources,
their licences and what is taken from each.
"""
