"""The demo's history, one month a task, newest first: a visitor's own file never waits long."""

from datetime import date

from celery import shared_task

from demo.months import load_month
from demo.story import MONTHS
from oversight.jobs import enqueue

LOAD_MONTH = "demo.load_month"


@shared_task(name=LOAD_MONTH)
def load(months_ago: int, today: str) -> None:
    """Load one month, then enqueue the one before."""
    load_month(months_ago=months_ago, today=date.fromisoformat(today))
    if months_ago < MONTHS:
        enqueue(LOAD_MONTH, months_ago=months_ago + 1, today=today)
