"""Findings of coverage in one sentence: what is wrong, since when, where it is mended. Pure."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from dashboards.attention.matter import Place
from studies.coverage.facts import Facts
from studies.coverage.flags import Finding, Flag
from studies.selectors.coverage import address
from vendors.agreements.standing import last_day


def what(rows: Sequence[Finding], place: Place) -> str:
    """Say one finding in its own words, several by their number."""
    if len(rows) == 1:
        return rows[0].sentence.removesuffix(".")
    flag = rows[0].flag
    many = f"{len(rows)} functions or obligations on {place.protocol}"
    if flag is Flag.GAP:
        recorded = rows[0].touches[0].delegation is not None
        said = "kept by the sponsor and confirmed by nobody" if recorded else "held by nobody"
        return f"{many} are recorded as {said}" if recorded else f"{many} are {said} on record"
    by = f" of {place.vendor}" if place.vendor else ""
    return f"{flag.label}: {many}{by}"


def page(rows: Sequence[Finding], place: Place) -> str:
    """Return the address of the coverage page with these findings."""
    asked = {"flag": rows[0].flag.value, "study": place.study_id, "cro": place.vendor_id}
    query = {name: value for name, value in asked.items() if value is not None}
    return f"{reverse('kpis:coverage')}?{urlencode(query)}"


def act(rows: Sequence[Finding], place: Place) -> str:
    """Return the address where one finding is mended, or several together."""
    by_default = rows[0].flag is Flag.GAP and rows[0].touches[0].delegation is None
    if by_default and place.study_id is not None:
        return reverse("studies:study-retained", args=[place.study_id])
    return address(rows[0].mend) if len(rows) == 1 else page(rows, place)


def began(facts: Facts, rows: Sequence[Finding], *, on: date) -> date:
    """Return since when it has been so: the earliest day that is known of."""
    first = rows[0]
    if first.flag is Flag.EXPIRED:
        ended = last_day(facts.versions[int(str(first.subject[0]))])
        if ended is not None:
            return ended
    if first.flag is Flag.UNQUALIFIED:
        lapsed = _lapsed(facts, first.providers[0], on)
        if lapsed is not None:
            return lapsed
    touches = [touch for one in rows for touch in one.touches]
    held = {touch.delegation for touch in touches}
    days = [one.work_began_on or one.from_date for one in facts.held if one.pk in held]
    studies = {touch.study for touch in touches}
    begun = [one.begins for one in facts.studies if one.pk in studies and one.begins is not None]
    return min(days or begun, default=date.max)


def _lapsed(facts: Facts, provider: int, on: date) -> date | None:
    """Return when a qualification ended, or was refused; None where there never was any."""
    made = [one for one in facts.providers[provider].assessments if one.assessed_on <= on]
    if not made:
        return None
    newest = max(made, key=lambda one: one.assessed_on)
    return newest.valid_until or newest.assessed_on
