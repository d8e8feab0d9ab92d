"""Handing work to Celery by name: a floor enqueues what a floor above it, or itself, will do.

Sent only once the transaction has committed. Should the broker be away at that moment, the row
stays in its waiting state and a periodic sweep enqueues it again, so a failure here only logs.
"""

import logging
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

from oversight.celery import app

logger = logging.getLogger(__name__)


def enqueue(task: str, **ids: Any) -> None:
    """Send `task` with its ids when the current transaction commits."""

    def send() -> None:
        try:
            app.send_task(task, kwargs=ids)
        except OperationalError:
            logger.exception("The broker is away; the sweep will enqueue %s again.", task)

    transaction.on_commit(send)
