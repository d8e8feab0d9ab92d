"""Where a value comes from, site by site: the largest parts of a share, or the highest rates."""

from dashboards.charts.frame import Figure
from dashboards.charts.rates import RateBar, rates_figure
from dashboards.charts.sites import SITES_SHOWN, SiteBar, sites_figure
from dashboards.findings import plural
from dashboards.fractions import PER, amount_words
from dashboards.links import address
from dashboards.panels.panel import Panel, page_address
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.sites import SiteReading
from kpis.engine.terms import RagStatus
from kpis.engine.wording import number_words, value_words
from oversight.look.marks import mark_of
from oversight.look.tables import Cell, Column


def sites_chart(view: KpiView) -> Figure:
    """Draw the sites with the highest rate, or those that hold most of the numerator."""
    if view.definition.formula in PER:
        return rates_figure(
            [_rate_bar(view, one) for one in highest(view)],
            whole=view.reading.value if view.reading else None,
        )
    return sites_figure(
        [
            SiteBar(
                site=site_name(view, one),
                numerator=one.numerator or 0,
                denominator=one.denominator or 0,
                label=f"{one.value}, {one.fraction}",
                words=f"{one.site}: {one.fraction}, {one.value}",
                url=_rows_of(view, one),
            )
            for one in heaviest(view)
        ],
        numerator_words=view.definition.numerator_words,
    )


def sites_panel(view: KpiView) -> Panel:
    """Describe the sites chart; its table holds every site."""
    shown = min(len(view.sites), SITES_SHOWN)
    rate = view.definition.formula in PER
    what = "the highest rates" if rate else f"most {view.definition.numerator_words}"
    return Panel(
        name="sites",
        title=_rates_title(view) if rate else sites_title(view),
        summary=f"The {plural(shown, 'site')} with {what}, of {len(view.sites)}.",
        columns=(
            Column("Site"),
            Column("Country"),
            Column("Status"),
            Column("Value", numeric=True),
            Column("Numerator", numeric=True),
            Column("Denominator", numeric=True),
        ),
        rows=tuple(
            (
                Cell(one.site, site_address(view, one.study_id, one.site)),
                one.country or "–",
                mark_of(one.status).name,
                one.value,
                amount_words(one.numerator),
                amount_words(one.denominator),
            )
            for one in view.sites
        ),
        note="Pale: too few to judge. Dashed: all sites together."
        if rate
        else f"First part of a bar: {view.definition.numerator_words}; the rest: all others.",
    )


def sites_title(view: KpiView) -> str:
    """Say how few sites hold half of the numerator."""
    total = sum(one.numerator or 0 for one in view.sites)
    if not total:
        return f"No site has {view.definition.numerator_words}"
    reached, count = 0.0, 0
    for one in heaviest(view):
        reached, count = reached + (one.numerator or 0), count + 1
        if reached >= total / 2:
            break
    verb = "holds" if count == 1 else "hold"
    return (
        f"{count} of {plural(len(view.sites), 'site')} {verb} {number_words(reached)} "
        f"of the {number_words(total)}"
    )


def heaviest(view: KpiView) -> list[SiteReading]:
    """Return the sites by their part of the numerator."""
    return sorted(view.sites, key=lambda one: (-(one.numerator or 0), -(one.denominator or 0)))


def highest(view: KpiView) -> list[SiteReading]:
    """Return the sites with a rate: those that can be judged first, the highest of them first."""
    there = [one for one in view.sites if one.number is not None]
    return sorted(there, key=lambda one: (not _enough(one), -(one.number or 0), one.site))


def site_address(view: KpiView, study_id: int, site: str) -> str:
    """Return the address of a site's page."""
    return address("site", study_id, number=site, period=view.period, known=view.asked.known)


def site_name(view: KpiView, one: SiteReading) -> str:
    """Name a site; two studies may number alike, so with several the study stands beside."""
    return f"{one.site}, {one.protocol_number}" if len(view.runs) > 1 else one.site


def _rates_title(view: KpiView) -> str:
    judged = [one for one in highest(view) if _enough(one)]
    if not judged:
        return f"None of {plural(len(view.sites), 'site')} has enough behind it to judge"
    first, unit = judged[0], view.definition.unit
    words = f"{site_name(view, first)} has the highest rate, {first.value}"
    if view.reading and view.reading.value is not None:
        words += f"; all together {value_words(view.reading.value, unit)}"
    return words


def _rate_bar(view: KpiView, one: SiteReading) -> RateBar:
    return RateBar(
        site=site_name(view, one),
        value=one.number or 0.0,
        enough=_enough(one),
        label=f"{one.value}, {one.fraction}",
        words=f"{one.site}: {one.value}, {one.fraction}",
        url=_rows_of(view, one),
    )


def _enough(one: SiteReading) -> bool:
    return one.status != RagStatus.INSUFFICIENT


def _rows_of(view: KpiView, one: SiteReading) -> str:
    return page_address(view, "rows", view.definition.slug, site=one.site, study=one.study_id)
