"""Reminders: who gets one, once per occasion, one mail a day, nothing of another CRO."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core import mail

from kpis.models import Reminder
from kpis.reminders.sending import remind
from kpis.waivers import Month, waive
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Function, Study
from tests.dashboards.months import queries, report
from tests.people import START, World
from vendors.access import Role, actor_of
from vendors.models import Membership

pytestmark = pytest.mark.django_db
# Of October 2026, due on 13 November. September is out of the way: see `only_october`.
SOON, DAY, LATE, VERY_LATE = (date(2026, 11, day) for day in (10, 13, 16, 20))


@pytest.fixture(autouse=True)
def only_october(world: World) -> None:
    """Both engagements report here from October on."""
    with acting(Actor.system("tests")):
        for one in (world.alpha_engagement, world.beta_engagement):
            one.reports_from = date(2026, 10, 1)
            one.save()


def run(day: date, hour: int = 6) -> int:
    return remind(today=day, now=datetime.combine(day, time(hour), UTC))


def sent() -> dict[str, list[str]]:
    """Return the subjects by recipient, and empty the box."""
    found: dict[str, list[str]] = {}
    for one in mail.outbox:
        (person,) = one.to
        found.setdefault(person.split("@")[0], []).append(str(one.subject))
    mail.outbox.clear()
    return found


def test_each_occasion_is_told_once_and_the_sponsor_last(world: World) -> None:
    told = {}
    for day in (date(2026, 11, 9), SOON, date(2026, 11, 11), DAY, LATE, VERY_LATE):
        run(day)
        run(day, hour=7)
        told[day.day] = sent()
    cros = {"ada": ["{}: NWT-301, Oct 2026"], "ben": ["{}: all studies, Oct 2026"]}

    def both(words: str) -> dict[str, list[str]]:
        return {who: [one.format(words) for one in lines] for who, lines in cros.items()}

    assert told == {
        9: {},
        10: both("Due in 3 business days"),
        11: {},
        13: both("Due today"),
        16: both("1 business day late"),
        20: both("5 business days late") | {"sam": ["2 submissions are due or late"]},
    }
    assert Reminder.objects.count() == 2 * 4


def test_a_mail_names_ones_own_alone_and_leads_to_the_page(world: World, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://oversight.example/"
    run(VERY_LATE)
    texts = {one.to[0].split("@")[0]: one.body for one in mail.outbox}
    assert "Beta" not in texts["ada"]
    assert "all studies" not in texts["ada"]
    assert "Dear Ada," in texts["ada"]
    where = f"/submissions/calendar/{world.alpha_engagement.pk}/{world.study.pk}/2026-10/"
    assert f"https://oversight.example{where}" in texts["ada"]
    assert "Alpha, NWT-301" in texts["sam"]
    assert "Beta, all studies" in texts["sam"]
    assert "&" not in texts["sam"]


def test_one_mail_gathers_all_that_is_somebodys(world: World) -> None:
    with acting(Actor.system("tests")):
        study = Study.objects.create(sponsor=world.northwind, protocol_number="NWT-302")
        Delegation.objects.create(
            study=study,
            function=Function.objects.get(slug="data-management"),
            kind="transferred",
            engagement=world.alpha_engagement,
            from_date=START,
        )
    run(SOON)
    (hers,) = [one for one in mail.outbox if one.to == [world.ada.email]]
    assert hers.subject == "2 submissions are due or late"
    assert "NWT-301" in hers.body
    assert "NWT-302" in hers.body


def test_what_came_or_is_waived_reminds_nobody(world: World) -> None:
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=date(2026, 10, 31),
        sites=[queries("S1", old=1, young=4)],
    )
    waive(
        actor=actor_of(world.sam),
        month=Month(world.beta_engagement, None, date(2026, 10, 1)),
        listing="",
        reason="The database is frozen.",
        now=datetime(2026, 11, 2, tzinfo=UTC),
    )
    assert [run(day) for day in (SOON, DAY, LATE, VERY_LATE)] == [0, 0, 0, 0]
    assert not Reminder.objects.exists()


def test_who_is_no_member_today_or_does_not_upload_is_told_nothing(world: World) -> None:
    with acting(Actor.system("tests")):
        Membership.objects.filter(user=world.ada).update(until_date=date(2025, 1, 1))
        User.objects.filter(pk=world.ben.pk).update(is_active=False)
    assert run(SOON) == 0
    assert not Reminder.objects.exists()  # so that who joins tomorrow is told then
    run(VERY_LATE)
    assert set(sent()) == {"sam"}  # neither Quinn, who audits, nor Ines, who administers


def test_what_comes_up_later_the_same_day_waits_for_the_next(world: World) -> None:
    run(SOON)
    with acting(Actor.system("tests")):
        colleague = User.objects.create_user("uma@example.org", name="Uma")
        Membership.objects.create(
            user=colleague, vendor=world.alpha, role=Role.CRO_CONTRIBUTOR, from_date=START
        )
        study = Study.objects.create(sponsor=world.northwind, protocol_number="NWT-302")
        Delegation.objects.create(
            study=study,
            function=Function.objects.get(slug="data-management"),
            kind="transferred",
            engagement=world.alpha_engagement,
            from_date=START,
        )
    sent()
    assert run(SOON, hour=9) == 0
    run(date(2026, 11, 11))
    assert sent() == {who: ["Due in 2 business days: NWT-302, Oct 2026"] for who in ("ada", "uma")}


def test_when_the_mail_server_fails_nothing_is_on_record(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    with pytest.raises(ConnectionRefusedError):
        run(SOON)
    assert not Reminder.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(SOON) == 2
