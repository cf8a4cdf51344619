"""The run that makes the files: when it is."""

from __future__ import annotations

import datetime
import os


def run_date(date: str = "") -> str:
    """The date of the run: what is given, else SOURCE_DATE_EPOCH, else today (UTC).

    Raises ValueError for a date that is not YYYY-MM-DD or an epoch that is no number.
    """
    if date:
        return datetime.date.fromisoformat(date).isoformat()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.datetime.now(datetime.UTC).date().isoformat()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(
            f"SOURCE_DATE_EPOCH is {epoch!r}: set it to seconds since 1970, or unset it"
        ) from error
