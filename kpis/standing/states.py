"""The states of a submission that is due, and their words. The only such list."""

from enum import StrEnum


class Standing(StrEnum):
    """Where a due submission stands on a day; each has one cause."""

    OPEN = "open"  # nothing came, and its day has not passed
    MISSING = "missing"  # nothing came, and its day has passed
    LATE = "late"  # files are here, not handed over, and the day has passed
    RECEIVED = "received"  # being checked, being corrected in time, or waiting for the sponsor
    RETURNED = "returned"  # the sponsor sent it back
    ACCEPTED = "accepted"
    RESTATED = "restated"  # accepted, and it replaced one that was accepted before
    WAIVED = "waived"  # the sponsor does without it
    NOT_ASKED = "not-asked"  # a month before the first one that is reported here


WORDS = {
    Standing.OPEN: "Open",
    Standing.MISSING: "Missing",
    Standing.LATE: "Late",
    Standing.RECEIVED: "Received",
    Standing.RETURNED: "Returned",
    Standing.ACCEPTED: "Accepted",
    Standing.RESTATED: "Accepted, restated",
    Standing.WAIVED: "Waived",
    Standing.NOT_ASKED: "Not asked for",
}

# It is the CRO's turn; the sponsor has nothing in hand.
OWED = frozenset({Standing.OPEN, Standing.MISSING, Standing.LATE, Standing.RETURNED})
DONE = frozenset({Standing.ACCEPTED, Standing.RESTATED})


def late_words(days: int) -> str:
    """Say how late: "3 business days late"; on the weekend after its day, "late"."""
    if days <= 0:
        return "late"
    return f"{days} business day{'s' if days > 1 else ''} late"
