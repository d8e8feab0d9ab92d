"""The demo's history, one month a task: a visitor's own file never waits long.

Oldest first, so that what a month brings can be compared with the month before.
"""

from datetime import date

from celery import shared_task

from demo.months import load_month
from demo.shadow import look_ahead
from oversight.jobs import enqueue

LOAD_MONTH = "demo.load_month"


@shared_task(name=LOAD_MONTH)
def load(months_ago: int, today: str) -> None:
    """Load one month, then enqueue the one after it; after the newest look at what is coming."""
    load_month(months_ago=months_ago, today=date.fromisoformat(today))
    if months_ago > 1:
        enqueue(LOAD_MONTH, months_ago=months_ago - 1, today=today)
    else:
        look_ahead(today=date.fromisoformat(today))
