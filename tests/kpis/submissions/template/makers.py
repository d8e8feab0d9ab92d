"""Facts for templates of a small made-up scope, and the workbook opened again."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from kpis.engine.catalogue import load_catalogue
from kpis.engine.choosing import fed_by_cro
from kpis.engine.tables import LISTINGS
from kpis.submissions.template.build import build_template
from kpis.submissions.template.facts import KnownSite, TemplateFacts

CATALOGUE = Path(__file__).parents[4] / "kpis" / "catalogue"
DEFINITIONS = tuple(one for one in load_catalogue(CATALOGUE).values() if fed_by_cro(one))
STUDY = "NWT-301"
SITES = tuple(KnownSite(STUDY, number, "FRA") for number in ("001", "002", "NA-3"))
FACTS = TemplateFacts(
    sponsor="Northwind Therapeutics",
    vendor="Alpha",
    engagement="Alpha for NWT-301",
    engagement_id=12,
    study=STUDY,
    study_id=4,
    period_start=date(2026, 10, 1),
    due_on=date(2026, 11, 13),
    studies=(STUDY,),
    sites=SITES,
    listings=tuple(LISTINGS),
    definitions=DEFINITIONS,
)


def positions(count: int = 2, **more: object) -> pd.DataFrame:
    """Return the positions reported last month."""
    rows = [
        {
            "study": STUDY,
            "country": "FRA",
            "requisition": f"{place:03}",
            "role": "CRA",
            "approved_on": pd.Timestamp("2026-01-05"),
            "accepted_on": pd.NaT,
            **more,
        }
        for place in range(1, count + 1)
    ]
    return pd.DataFrame(rows)


def facts(*listings: str, last: Mapping[str, pd.DataFrame] | None = None) -> TemplateFacts:
    """Return the facts with these listings only, and what was accepted for September."""
    return replace(
        FACTS,
        listings=listings or FACTS.listings,
        last_tables=last or {},
        last_period=date(2026, 9, 1) if last else None,
    )


def opened(made: TemplateFacts) -> Any:
    """Return the workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(build_template(made)))
