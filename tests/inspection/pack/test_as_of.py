"""What was known before a moment stays as it was, whatever comes after it."""

import io
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from inspection.pack import trail
from inspection.pack.gather import gather
from inspection.pack.results import site_results
from inspection.pack.scope import Scope
from kpis.models import Submission
from kpis.submissions.receive import Upload, receive
from kpis.submissions.submit import withdraw
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import Delegation, Engagement, Function, Study
from tests.inspection.pack.making import queries, send
from tests.people import World
from vendors.access import actor_of
from vendors.models import Sponsor, Vendor


def known(world: World, scope: Study | Vendor, until: datetime) -> dict[str, Any]:
    """Everything that goes into a pack but its bytes."""
    found = gather(
        Scope(
            user=User.objects.get(pk=world.quinn.pk),
            sponsor=Sponsor.objects.get(pk=world.northwind.pk),
            study=scope if isinstance(scope, Study) else None,
            vendor=scope if isinstance(scope, Vendor) else None,
            period_from=date(2026, 3, 1),
            period_until=date(2099, 1, 1),
            as_of_date=until.date(),
            until=until,
        ),
        say=lambda words, fraction: None,
    )
    register = found.register
    return {
        "title": (found.title, found.sponsor, found.history_note),
        "register": (
            register.provider_rows,
            register.study_rows,
            register.engagement_rows,
            register.delegation_rows,
        ),
        "submissions": found.submissions,
        "files": found.files,
        "results": (found.results.rows, found.results.definitions, found.results.contents),
        "sites": list(site_results(found.results.runs, register)),
        "findings": found.findings,
        "events": list(trail.event_rows(trail.events_of(found.scope, found.records))),
        "changes": list(trail.change_rows(trail.changes_of(found.scope, found.records))),
    }


def moment() -> datetime:
    time.sleep(0.002)
    now = timezone.now()
    time.sleep(0.002)
    return now


def everything_happens(world: World) -> None:
    """Rename all there is, end what runs, bring in another CRO, restate, go on."""
    with acting(Actor.system("tests"), reason="later"):
        for row in (world.sam, world.ada, world.northwind, world.alpha, world.alpha_engagement):
            type(row).objects.filter(pk=row.pk).update(name=f"Renamed {row.pk}")
        Function.objects.filter(slug="data-management").update(name="Renamed")
        Study.objects.filter(pk=world.study.pk).update(protocol_number="RENAMED", title="Renamed")
        Delegation.objects.filter(study=world.study).update(until_date=date(2030, 1, 1))
        Delegation.objects.create(
            study=world.study,
            function=Function.objects.get(slug="data-management"),
            kind="shared",
            split="all of it twice",
            engagement=world.beta_engagement,
            from_date=date(2024, 1, 1),
        )
        Engagement.objects.create(
            sponsor=world.northwind,
            vendor=world.alpha,
            name="Born later",
            model="fsp",
            start_date=date(2024, 1, 1),
        )
    record(Event.VIEWED, actor=actor_of(world.quinn), subject=world.study)
    study = Study.objects.get(pk=world.study.pk)
    now = timezone.now()
    send(world, old=9, at=now, study=study)
    send(world, old=9, at=now, study=study, engagement=world.beta_engagement)


@pytest.mark.usefixtures("months")
@pytest.mark.parametrize("name", ["study", "alpha"])
def test_nothing_that_comes_later_changes_what_was_known(world: World, name: str) -> None:
    scope = getattr(world, name)
    then = moment()
    before = known(world, scope, then)
    assert before["register"][2]
    assert before["changes"]
    everything_happens(world)
    after = known(world, scope, then)
    for part, content in before.items():
        assert after[part] == content, part
    today = known(world, scope, moment())
    assert all(today[part] != content for part, content in before.items())


def test_history_tells_a_state_that_the_dates_no_longer_tell(world: World) -> None:
    """The record's own dates know nothing of a withdrawal."""
    waiting = received(world)
    then = moment()
    withdraw(actor=actor_of(world.ada), submission=waiting, reason="The wrong study")
    for until, state in ((then, "Received"), (moment(), "Withdrawn")):
        (row,) = known(world, world.study, until)["submissions"]
        assert row.state == state


def received(world: World) -> Submission:
    """A submission that was received and goes no further."""
    content = queries("NWT-301", date(2026, 3, 31), old=1, young=1)
    return receive(
        actor=actor_of(world.ada),
        engagement=world.alpha_engagement,
        study=world.study,
        uploads=[Upload("a.csv", io.BytesIO(content), len(content))],
        data_cutoff_date=date(2026, 3, 31),
        now=datetime.now(UTC),
    )
