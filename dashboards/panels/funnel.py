"""Sites compared fairly: the funnel with over-dispersed bounds of a share or a rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboards.charts.frame import Figure
from dashboards.charts.funnel import FunnelPoint, funnel_figure
from dashboards.findings import plural
from dashboards.fractions import amount_words
from dashboards.panels.panel import Panel, capital, page_address
from dashboards.panels.sites import site_address, site_name
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.sites import SiteReading
from kpis.engine.statistics.chart_choice import scale_of, units_funnel
from kpis.engine.statistics.funnel import LEAST_UNITS, Funnel
from kpis.engine.terms import Unit
from kpis.engine.wording import NBSP, number_words, value_words
from oversight.look.tables import Cell, Column

STEPS = 60
FLAG_WORDS = {2: "far above", 1: "above", 0: "within the bounds", -1: "below", -2: "far below"}
TOO_SMALL = "too few to judge"


@dataclass(frozen=True)
class SiteFunnel:
    """The sites that have a denominator, their funnel, and what values are multiplied by."""

    sites: tuple[SiteReading, ...]
    funnel: Funnel
    scale: float

    @cached_property
    def flags(self) -> Sequence[int | None]:
        """Each site's flag, None below the minimum."""
        return list(self.funnel.flag.tolist())


def site_funnel(view: KpiView) -> SiteFunnel | None:
    """Return the funnel of the sites; None where no site has a denominator."""
    sites = tuple(one for one in view.sites if one.denominator and one.numerator is not None)
    found = units_funnel(
        view.definition,
        [one.numerator or 0.0 for one in sites],
        [one.denominator or 0.0 for one in sites],
    )
    return SiteFunnel(sites, found, scale_of(view.definition)) if sites and found else None


def funnel_chart(view: KpiView) -> Figure:
    """Draw the funnel."""
    told = site_funnel(view)
    if told is None:
        return funnel_figure(
            (), at=(), bounds={}, centre=None, centre_words="", percent=False, denominator_words=""
        )
    volumes = [one.denominator or 1.0 for one in told.sites]
    at = np.geomspace(0.8 * min(volumes), 1.25 * max(volumes), STEPS)
    bounds = {
        cut: [None if height is None else told.scale * height for height in line.tolist()]
        for cut, line in told.funnel.bounds(at).items()
    }
    centre = told.scale * (told.funnel.centre or 0.0)
    return funnel_figure(
        [
            FunnelPoint(
                name=site_name(view, one),
                denominator=one.denominator or 1.0,
                value=one.number or 0.0,
                flag=flag,
                words=f"{site_name(view, one)}: {one.value}, {one.fraction}<br>{_flag_words(flag)}",
                url=page_address(
                    view, "rows", view.definition.slug, site=one.site, study=one.study_id
                ),
            )
            for one, flag in zip(told.sites, told.flags, strict=True)
        ],
        at=at.tolist(),
        bounds=bounds,
        centre=centre,
        centre_words=value_words(centre, view.definition.unit).split(f"{NBSP}per{NBSP}")[0],
        percent=view.definition.unit is Unit.PERCENT,
        denominator_words=f"{capital(_short(view.definition.denominator_words))}, log scale",
    )


def funnel_panel(view: KpiView) -> Panel:
    """Describe the funnel; its table holds every site with its score."""
    told = site_funnel(view)
    sites = told.sites if told else ()
    flags = told.flags if told else ()
    scores = told.funnel.score.tolist() if told else []
    return Panel(
        name="funnel",
        title=_title(view, told),
        summary=f"Value against volume of {plural(len(sites), 'site')}.",
        columns=(
            Column("Site"),
            Column("Value", numeric=True),
            Column("Numerator", numeric=True),
            Column("Denominator", numeric=True),
            Column("Score", numeric=True),
            Column("Compared with all"),
        ),
        rows=tuple(
            (
                Cell(site_name(view, one), site_address(view, one.study_id, one.site)),
                one.value,
                amount_words(one.numerator),
                amount_words(one.denominator),
                number_words(score, decimals=2),
                _flag_words(flag),
            )
            for one, score, flag in zip(sites, scores, flags, strict=True)
        ),
        note=_note(told) if told else "",
    )


def _title(view: KpiView, told: SiteFunnel | None) -> str:
    if told is None:
        return "No site has anything to compare"
    judged = [flag for flag in told.flags if flag is not None]
    if not judged:
        return f"None of {plural(len(told.sites), 'site')} has enough behind it to compare"
    if len(judged) == 1:
        return f"Only 1 of {plural(len(told.sites), 'site')} has enough behind it to compare"
    out = sum(flag != 0 for flag in judged)
    if not out:
        return f"No site of {len(judged)} stands out"
    verb = "stands" if out == 1 else "stand"
    return f"{out} of {plural(len(judged), 'site')} {verb} out"


def _note(told: SiteFunnel) -> str:
    factor = f"{told.funnel.factor:.1f}"
    width = (
        f"Bounds widened for over-dispersion, φ = {factor}."
        if told.funnel.estimated
        else f"Fewer than {LEAST_UNITS} sites: bounds of chance alone, φ taken as 1."
    )
    return f"{width} Dashed ±2, solid ±3. Squares stand out; rings: {TOO_SMALL}."


def _flag_words(flag: int | None) -> str:
    return TOO_SMALL if flag is None else FLAG_WORDS[flag]


def _short(words: str) -> str:
    return words.split(",")[0]
