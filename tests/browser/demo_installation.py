"""The demo behind a real web server, loaded once for a module: its world and its newest months."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from demo.exports import workbook
from demo.months import load_month
from demo.queries import open_at
from demo.set_up import set_up
from demo.shadow import look_ahead
from demo.story import STUDIES, StudyPlan, cro_named
from inspection.building import build_export
from inspection.services import request_export
from kpis.models import Submission
from kpis.shadow.computing import compute_shadow
from kpis.submissions.check import check_submission
from kpis.submissions.receive import Upload, receive
from kpis.submissions.submit import explain, submit
from oversight.accounts.models import User
from oversight.celery import app
from studies.models import Engagement, Study
from tests.browser.demo_pages import PAGES
from tests.servers import running_web
from vendors.access import actor_of

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
MONTHS = 13  # what trends and sparklines show


@dataclass(frozen=True)
class Demo:
    """Where the product runs, and the address of each page."""

    url: str
    addresses: dict[str, str]


@contextmanager
def running_demo(storage_root: Path) -> Iterator[Demo]:
    """Load the demo and run the web server on it. Needs a database whose rows are committed."""
    storages: dict[str, Any] = settings.STORAGES
    default = {**storages["default"], "OPTIONS": {"location": storage_root}}
    with override_settings(STORAGES={**storages, "default": default}):
        set_up(today=TODAY)
        for months_ago in range(MONTHS, 0, -1):
            load_month(months_ago=months_ago, today=TODAY)
        for run in look_ahead(today=TODAY):
            compute_shadow(run=run, now=NOW)
        _leave_one_to_mend(STUDIES[0])
        _leave_one_to_decide(STUDIES[1])
        _leave_a_pack(STUDIES[0])
        addresses = {name: shown.address() for name, shown in PAGES.items()}
    app.control.purge()  # all was done here; the next worker shall not look for it
    with running_web(storage_root) as url:
        yield Demo(url, addresses)


def _leave_one_to_mend(plan: StudyPlan) -> None:
    """Send a file of this month with cells in it that cannot be right."""
    listing = open_at(NOW.date(), plan, cro_named(plan.data_management), today=TODAY)
    listing = listing.reset_index(drop=True)
    listing.loc[[4, 19], "site"] = "099"  # no such site
    listing.loc[7, "opened"] = pd.Timestamp(NOW.date() + timedelta(days=9))
    listing.loc[[11, 12], "state"] = "Perhaps"
    _send(plan, listing)


def _leave_one_to_decide(plan: StudyPlan) -> None:
    listing = open_at(NOW.date(), plan, cro_named(plan.data_management), today=TODAY)
    submission = _send(plan, listing)
    actor = actor_of(submission.created_by)
    check = submission.checks.last()
    for problem in check.problems.filter(severity="warning") if check else ():
        explain(actor=actor, problem=problem, explanation="Confirmed with the sites.", now=NOW)
    submit(actor=actor, submission=submission, now=NOW + timedelta(minutes=9))


def _leave_a_pack(plan: StudyPlan) -> None:
    now = timezone.now()  # the change history carries the database's time
    export = request_export(
        actor=actor_of(User.objects.get(email="quinn@northwind.example")),
        scope=Study.objects.get(protocol_number=plan.protocol_number),
        period_from=date(2026, 10, 1),
        period_until=date(2026, 10, 1),
        as_of_date=now.date(),
        reason="Inspection announced for December",
        now=now,
    )
    build_export(export=export, now=now)


def _send(plan: StudyPlan, listing: pd.DataFrame) -> Submission:
    study = Study.objects.get(protocol_number=plan.protocol_number)
    content = workbook(listing, plan.protocol_number)
    submission = receive(
        actor=actor_of(User.objects.get(email="ada@alder.example")),
        engagement=Engagement.objects.get(name=cro_named(plan.data_management).engagement),
        study=study,
        uploads=[
            Upload(
                f"{plan.protocol_number}_queries_2026-11.xlsx", io.BytesIO(content), len(content)
            )
        ],
        data_cutoff_date=NOW.date(),
        now=NOW,
    )
    check_submission(submission=submission, now=NOW + timedelta(minutes=1))
    return Submission.objects.get(pk=submission.pk)
