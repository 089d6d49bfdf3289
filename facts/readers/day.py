"""The day that a document states for its publication, as its sender's clock showed it."""

import datetime as dt
import re

_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


def day(value: object) -> dt.date | None:
    """The day of an ISO 8601 or RFC 2822 date or time, unconverted; None where there is none."""
    if not isinstance(value, str) or len(value) > 200:
        return None
    try:
        if found := _ISO.match(value):
            return dt.date(*map(int, found.groups()))
        from email.utils import parsedate_to_datetime  # brings sockets along, which a text file has no use for

        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):  # parsedate_to_datetime raises all of these
        return None
