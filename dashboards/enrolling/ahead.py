"""Enrolment to come: bands, the day of the last participant, and what either rests on or lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.enrolling.actual import Enrolment
from dashboards.enrolling.plan import PlanVersion
from dashboards.enrolling.sites import SiteCourse, usual_delay
from dashboards.findings import plural
from kpis.engine.statistics.forecast import (
    Bands,
    LastIn,
    Opening,
    enrolment_bands,
    last_in,
)
from kpis.engine.statistics.site_rates import SiteHistory, SiteRates, site_rates
from kpis.engine.wording import number_words

LOOKED_AHEAD = 730  # days drawn where no target tells when to stop
MOST_AHEAD = 1460
STEP = 15


@dataclass(frozen=True)
class Forecast:
    """What is to come; bands and `last` are None where they cannot be told, `notes` say why.

    `last` is None as well where no target is known. `ahead` are sites that are not open yet.
    """

    target: int | None
    bands: Bands | None
    last: LastIn | None
    ahead: int
    notes: tuple[str, ...]


def forecast_of(
    enrolment: Enrolment,
    sites: Sequence[SiteCourse],
    plans: Sequence[PlanVersion],
    *,
    ended: str,
) -> Forecast:
    """Return the forecast at the cut-off; `ended` says why there is none to make, if so."""
    target = plans[-1].target if plans else None
    notes = (
        [] if plans else ["No plan of enrolment came, so no target and no planned end is known."]
    )
    if target is not None and enrolment.total >= target:
        ended = f"The target of {number_words(target)} is reached."
    if ended:
        return Forecast(target, None, None, 0, (*notes, ended))
    today = enrolment.cutoff_date
    chosen = [one for one in sites if one.name]
    histories = [_history(one, today) for one in chosen]
    rates = site_rates(histories)
    if rates is None:
        return Forecast(
            target, None, None, 0, (*notes, "Nobody is enrolled yet: no rate is known.")
        )
    openings = list(_openings(chosen, histories, rates, today, usual_delay(tuple(chosen))))
    if not openings:
        told = "No site is open and none has a planned day: nothing says who would enrol."
        return Forecast(target, None, None, 0, (*notes, told))
    last = (
        None
        if target is None
        else last_in(openings, rates, enrolled=enrolment.total, target=target, today=today)
    )
    return Forecast(
        target=target,
        bands=enrolment_bands(
            openings,
            rates,
            enrolled=enrolment.total,
            today=today,
            days=range(0, _length(last, plans, today) + STEP, STEP),
        ),
        last=last,
        ahead=sum(one.begins > 0 for one in openings),
        notes=(*notes, *_assumed(chosen, openings, rates)),
    )


def weeks_between(planned: date, expected: date) -> int:
    """Return by how many weeks, rounded, a day comes after the planned one; before is negative."""
    return round((expected - planned).days / 7)


def shift_words(weeks: int) -> str:
    """Say a shift: "6 weeks later than", "1 week earlier than", "as in"."""
    if weeks == 0:
        return "as in"
    return f"{plural(abs(weeks), 'week')} {'later' if weeks > 0 else 'earlier'} than"


def _history(one: SiteCourse, today: date) -> SiteHistory:
    if one.begun is None or one.begun > today:
        return SiteHistory(0, 0, one.stated)
    # Somebody may be enrolled on the day after a closure is recorded: that day counts as open.
    end = max([min(one.closed or today, today), *one.enrolled[-1:]])
    return SiteHistory(len(one.enrolled), max((end - one.begun).days + 1, 1), one.stated)


def _openings(
    sites: Sequence[SiteCourse],
    histories: Sequence[SiteHistory],
    rates: SiteRates,
    today: date,
    delay: int,
) -> Iterator[Opening]:
    """Yield sites that are open, or will be: on the planned day and the usual delay, not before."""
    for one, history, weight in zip(sites, histories, rates.weights, strict=True):
        if one.closed is not None and one.closed <= today:
            continue
        ends = None if one.closed is None else (one.closed - today).days
        if history.days:
            yield Opening(history, weight, ends=ends)
        elif opens := one.activated or one.planned:
            expected = opens if one.activated else opens + timedelta(days=delay)
            yield Opening(history, weight, begins=max(1, (expected - today).days), ends=ends)


def _length(last: LastIn | None, plans: Sequence[PlanVersion], today: date) -> int:
    """Return how many days are drawn: to the late end of the forecast, and to the plan's."""
    planned = [(one.ends - today).days for one in plans if one.ends]
    if last is None:
        return max([LOOKED_AHEAD, *planned])
    late = [(day - today).days for day in last.days if day]
    whole = max([*late, *planned]) if late and last.days[-1] else MOST_AHEAD
    return min(max(whole, STEP), MOST_AHEAD)


def _assumed(
    sites: Sequence[SiteCourse], openings: Sequence[Opening], rates: SiteRates
) -> Iterator[str]:
    ahead = sum(one.begins > 0 for one in openings)
    if ahead:
        delay = usual_delay(tuple(sites))
        late = f", {plural(delay, 'day')} late as is usual here" if delay else ""
        yield f"{plural(ahead, 'site opens', 'sites open')} as planned{late}."
    unknown = sum(one.begun is None and one.planned is None and not one.closed for one in sites)
    if unknown:
        yield (
            f"{plural(unknown, 'site')} without a day of activation, planned or actual, left out."
        )
    undated = sum(one.activated is None and bool(one.enrolled) for one in sites)
    if undated:
        yield f"{plural(undated, 'site counts', 'sites count')} from the first participant on."
    if not rates.estimated:
        yield "Fewer than 5 sites: how much they differ is a default."
    if any(one.stated for one in sites):
        yield f"Rates as stated were multiplied by {rates.mean:.2f} to meet what was observed."
