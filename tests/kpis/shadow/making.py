"""Three months of Alpha and one of Beta, in which the coming version of query aging says more."""

from datetime import UTC, date, datetime
from typing import Any

from kpis.definitions import coming
from kpis.models import ShadowRun
from kpis.shadow.asking import ask_for_shadow
from kpis.shadow.computing import compute_shadow
from oversight.accounts.models import User
from tests.dashboards.months import Queries, listing, report
from tests.people import World
from vendors.access import actor_of

SLUG = "query-aging"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)


def stock(*, twelve: int, twenty: int = 0, young: int = 40) -> tuple[Queries, ...]:
    """Return open queries of 12 days (old from 10 days on), of 20 and of 3 days."""
    return (Queries("Site 2", "FRA", (12,) * twelve + (20,) * twenty + (3,) * young),)


def make_months(world: World) -> None:
    """Alpha: green and green, green and amber, amber and red; Beta's October: green and red."""
    fixed: dict[str, Any] = {"sponsor": world.sam, "by": world.ada, "study": world.study}
    fixed["engagement"] = world.alpha_engagement
    report(**fixed, cutoff=AUGUST, sites=stock(twelve=0))
    report(**fixed, cutoff=SEPTEMBER, sites=stock(twelve=5, young=45))
    report(**fixed, cutoff=OCTOBER, sites=stock(twelve=10, twenty=3, young=40))
    make_beta(world)


def make_beta(world: World) -> None:
    """Send Beta's October, in one file across its studies."""
    files = {"queries": listing(world.other_study, stock(twelve=20), cutoff=OCTOBER)}
    report(
        sponsor=world.sam,
        by=world.ben,
        engagement=world.beta_engagement,
        study=None,
        cutoff=OCTOBER,
        files=files,
    )


def asked(world: World, *, by: User | None = None, **more: Any) -> ShadowRun:
    """Return a shadow run that somebody asked for; nobody computed it yet."""
    return ask_for_shadow(
        actor=actor_of(by or world.sam),
        sponsor=world.northwind,
        definition=coming()[SLUG],
        **{"now": NOW, **more},
    )


def computed(world: World, **more: Any) -> ShadowRun:
    """Return a shadow run that was asked for and computed."""
    run = asked(world, **more)
    compute_shadow(run=run, now=NOW)
    return ShadowRun.objects.get(pk=run.pk)
