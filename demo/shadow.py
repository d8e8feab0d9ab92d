"""The sponsor looks ahead: what the coming versions of its KPIs would have said of its past."""

from datetime import UTC, date, datetime, time

from demo.deliveries import story_day
from demo.story import PEOPLE, SPONSOR
from kpis.definitions import coming
from kpis.models import ShadowRun
from kpis.shadow.asking import ask_for_shadow
from oversight.accounts.models import User
from vendors.access import actor_of
from vendors.models import Sponsor


def look_ahead(*, today: date) -> list[ShadowRun]:
    """Ask for each coming version once, as the oversight manager; a worker computes it."""
    day = story_day(today)
    sponsor = Sponsor.objects.get(name=SPONSOR)
    asked = set(ShadowRun.objects.filter(sponsor=sponsor).values_list("slug", "version"))
    return [
        ask_for_shadow(
            actor=actor_of(User.objects.get(email=PEOPLE[0].email)),
            sponsor=sponsor,
            definition=definition,
            now=datetime.combine(day, time(9), UTC),
        )
        for definition in coming().values()
        if (definition.slug, definition.version) not in asked
    ]
