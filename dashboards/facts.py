"""The figures at the top of a KPI page, from the formula's further figures. Pure."""

from dataclasses import dataclass

from dashboards.findings import movement_words, status_words
from dashboards.periods import month_name, months_back
from dashboards.selectors.kpi import KpiView
from dashboards.spots import fraction_words
from kpis.engine.terms import Unit
from kpis.engine.wording import number_words, value_words
from oversight.look.figures import days_text
from oversight.look.times import month_text


@dataclass(frozen=True)
class Fact:
    """One figure with its name above and a few words below."""

    name: str
    value: str
    words: str = ""


def title(view: KpiView) -> str:
    """Say what happened to the KPI in the scope: value, colour and movement."""
    name, moved = view.definition.name, movement_words(view.spot)
    if not view.spot.value:
        return f"{name} is {status_words(view.spot)} for {month_name(view.period)}"
    words = f"{name} is {status_words(view.spot)}"
    return f"{words}; it {moved}" if moved else words


def facts(view: KpiView) -> tuple[Fact, ...]:
    """Return the figures beside the value; those that the formula does not give are left out."""
    reading = view.reading
    if reading is None:
        return ()
    before = view.by_month.get(months_back(view.period, 2)[0])
    since = months_back(view.period, 2)[0]
    found = [
        Fact(
            f"Since {month_text(since)}",
            view.spot.moved.words or "–",
            f"{fraction_words(before.numerator, before.denominator)} then"
            if before
            else "no result then",
        )
    ]
    detail = reading.detail
    if "open_state" in detail:
        settled = detail["answered_state"]
        found.append(
            Fact(
                "Open and answered",
                f"{number_words(detail['open'])}",
                f"{number_words(detail['open_state'])} open, {number_words(settled)} answered",
            )
        )
    found += [
        Fact(
            f"Older than {key.rsplit('_', 1)[1]} days",
            value_words(detail[key], Unit.PERCENT),
            f"{number_words(detail[key.replace('share_over', 'older_than')])} queries",
        )
        for key in sorted(detail)
        if key.startswith("share_over_")
        and key != f"share_over_{view.definition.parameters.get('older_than')}"
    ]
    if "median_age" in detail:
        found += [
            Fact("Median age", days_text(detail["median_age"]), "of all open ones"),
            Fact("90 % are younger than", days_text(detail["p90_age"]), "90th percentile of age"),
            Fact("Oldest", days_text(detail["oldest_age"]), "at the data cut-off"),
        ]
    return tuple(found)
