"""Which months of the story are told, and how a result of it is found."""

from datetime import date

from demo.calendar import first_day
from demo.story import cro_named
from kpis.models import KpiResult

TODAY = date(2026, 11, 22)
SPRING, SUMMER, AUTUMN = 7, 5, 1  # months ago: April, June and October


def results(cro: str, months_ago: int, study: str | None = None) -> dict[str, KpiResult]:
    """Return the current results of a CRO's engagement, or of one of its studies, by KPI."""
    found = KpiResult.objects.filter(
        engagement__name=cro_named(cro).engagement,
        period_start=first_day(TODAY, months_ago=months_ago),
        country="",
        run__current__isnull=False,
    ).select_related("definition")
    of_scope = found.filter(study__protocol_number=study) if study else found.filter(study=None)
    return {one.definition.slug: one for one in of_scope}
