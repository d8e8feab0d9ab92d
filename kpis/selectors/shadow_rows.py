"""The rows of a shadow run as the reader may see them: each month by both versions, in words."""

from typing import Any

from kpis.engine.shapes import Outcome
from kpis.engine.terms import RagStatus, Unit
from kpis.engine.wording import number_words, outcome_words
from kpis.models import ShadowResult, ShadowRun
from kpis.shadow.beside import Beside, Figures

LACKING = (RagStatus.MISSING, RagStatus.UNAVAILABLE)
FIELDS = (
    "period_start",
    "engagement__vendor__name",
    "engagement__name",
    "engagement_id",
    "study__protocol_number",
    "study_id",
    "numerator",
    "denominator",
    "value",
    "rag",
    "detail",
    *(f"result__{name}" for name in ("numerator", "denominator", "value", "rag", "detail")),
    "result__definition__version",
    "result__definition__content__unit",
)


def rows_beside(user: Any, run: ShadowRun, unit: Unit) -> tuple[Beside, ...]:
    """Return the months by CRO and study, the newest first; one statement.

    `unit` is that of the coming version; a result on record keeps that of its own.
    """
    found = (
        ShadowResult.objects.visible_to(user)
        .filter(run=run)
        .order_by(
            "-period_start",
            "engagement__vendor__name",
            "engagement__name",
            "engagement_id",
            "study__protocol_number",
        )
        .values(*FIELDS)
    )
    return tuple(_beside(row, run, unit) for row in found)


def _beside(row: dict[str, Any], run: ShadowRun, unit: Unit) -> Beside:
    why = str(row["detail"].get("why", ""))
    own = row["result__definition__content__unit"] or unit
    return Beside(
        period=row["period_start"],
        vendor=row["engagement__vendor__name"],
        engagement=row["engagement__name"],
        engagement_id=row["engagement_id"],
        study=row["study__protocol_number"] or "",
        study_id=row["study_id"],
        before=_figures(row, "result__", row["result__definition__version"], Unit(own)),
        after=_figures(row, "", run.version, unit),
        why=why,
    )


def _figures(row: dict[str, Any], side: str, version: int, unit: Unit) -> Figures:
    numerator, denominator = row[f"{side}numerator"], row[f"{side}denominator"]
    value = row[f"{side}value"]
    bound = row[f"{side}detail"].get("longest_open")
    return Figures(
        version=version,
        rag=row[f"{side}rag"],
        value=value,
        words=outcome_words(Outcome(numerator, denominator, value, {}, bound), unit),
        numerator=numerator,
        denominator=denominator,
        behind="" if denominator is None else f"{_number(numerator)} of {_number(denominator)}",
    )


def _number(number: float | None) -> str:
    whole = number is None or float(number).is_integer()
    return number_words(number, decimals=0 if whole else 1)
