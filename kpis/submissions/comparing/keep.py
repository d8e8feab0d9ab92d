"""The comparison that the worker makes at the end of a check, and its rows."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from django.db import DatabaseError

from kpis.engine.tables import LISTINGS
from kpis.models import Check, Comparison, Submission, TableComparison
from kpis.submissions.comparing.against import AcceptedTables, StudyNames, accepted_last
from kpis.submissions.comparing.colours import colours_of
from kpis.submissions.comparing.rows import compare
from kpis.submissions.comparing.sealed import seal
from oversight.storage import SealBroken

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Compared:
    """A comparison before it is stored; `tables` are (listing, counts, seal) of each listing."""

    against: Submission | None
    tables: tuple[tuple[str, tuple[int, int, int, int], str], ...]
    colours: list[dict[str, Any]]


def compare_or_say(
    submission: Submission, tables: Mapping[str, pd.DataFrame], *, cutoff_date: date
) -> Compared | None:
    """Compare; None where an error of ours, which is logged, forbids it: the check itself stands.

    What mends by itself (no database, no disk) is raised.
    """
    try:
        return compared(submission, tables, cutoff_date=cutoff_date)
    except (SealBroken, FileNotFoundError):
        logger.exception("%s cannot be compared: a stored table is damaged.", submission)
    except (OSError, DatabaseError):
        raise
    except Exception:
        logger.exception("The comparison of %s failed.", submission)
    return None


def compared(
    submission: Submission, tables: Mapping[str, pd.DataFrame], *, cutoff_date: date
) -> Compared:
    """Hold what was read against the last accepted submission of its scope."""
    against = accepted_last(submission, period=cutoff_date.replace(day=1))
    colours = colours_of(submission, tables, cutoff_date=cutoff_date, against=against)
    if against is None:
        return Compared(None, (), colours)
    before, names = AcceptedTables(against), StudyNames(submission)
    found = []
    for listing in (one for one in LISTINGS if one in tables or one in before):
        young = tables[listing] if listing in tables else before[listing].iloc[:0]
        old = before[listing] if listing in before else young.iloc[:0]
        difference = compare(LISTINGS[listing], names.written(old), names.written(young))
        found.append((listing, difference.counts, seal(difference)))
    return Compared(against, tuple(found), colours)


def store(check: Check, found: Compared, *, now: datetime) -> None:
    """Store the comparison of a check, inside the transaction that stores the check."""
    comparison = Comparison.objects.create(
        check_made=check, against=found.against, compared_at=now, colours=found.colours
    )
    TableComparison.objects.bulk_create(
        TableComparison(
            comparison=comparison,
            listing=listing,
            new=new,
            changed=changed,
            gone=gone,
            unchanged=unchanged,
            differences_sha256=sha256,
        )
        for listing, (new, changed, gone, unchanged), sha256 in found.tables
    )
