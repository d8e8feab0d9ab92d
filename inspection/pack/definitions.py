"""KPI definitions as they were used, from what was kept at first use.

Read from the kept content alone, never from today's catalogue; a key that an older version did not
have yet is left empty.
"""

from typing import Any

from inspection.pack.rows import DefinitionRow
from kpis.engine.formulas import FORMULAS
from kpis.engine.terms import Direction, ProvenanceKind, Unit
from kpis.engine.wording import PROVENANCE_WORDS, formula_line, limit_words
from kpis.models import DefinitionSnapshot


def definition_row(kept: DefinitionSnapshot) -> DefinitionRow:
    """Return one definition in words."""
    content = kept.content
    limits = limits_words(content)
    return DefinitionRow(
        slug=kept.slug,
        version=kept.version,
        name=str(content.get("name", kept.slug)),
        question=str(content.get("question", "")),
        formula=_formula(content),
        unit=str(content.get("unit", "")),
        green=limits.get("green", ""),
        amber=limits.get("amber", ""),
        red=limits.get("red", ""),
        limits_from=_provenance(content.get("limits")),
        minimum=_minimum(content.get("minimum")),
        first_used_at=kept.first_used_at,
        sha256=kept.sha256,
        path=f"definitions/{kept.slug}.v{kept.version}.json",
    )


def limits_words(content: dict[str, Any]) -> dict[str, str]:
    """Return green, amber and red in words; empty without limits. A limit is still the better."""
    limits = content.get("limits")
    if not limits:
        return {}
    unit, amber, red = Unit(content["unit"]), limits["amber"], limits["red"]
    if isinstance(amber, list):
        inside = f"{limit_words(amber[0], unit)} to {limit_words(amber[1], unit)}"
        return {"green": inside, "amber": _outside(amber, unit), "red": _outside(red, unit)}
    lower = content["direction"] == Direction.LOWER
    better, worse = ("up to", "over") if lower else ("at least", "under")
    return {
        "green": f"{better} {limit_words(amber, unit)}",
        "amber": f"{worse} {limit_words(amber, unit)}",
        "red": f"{worse} {limit_words(red, unit)}",
    }


def _outside(limit: list[float], unit: Unit) -> str:
    return f"under {limit_words(limit[0], unit)} or over {limit_words(limit[1], unit)}"


def _formula(content: dict[str, Any]) -> str:
    """Return the formula as one line; one that the engine no longer has is left to the JSON."""
    name = content.get("formula", "")
    if name not in FORMULAS:
        return ""
    return formula_line(
        name,
        content.get("parameters", {}),
        unit=content.get("unit", ""),
        numerator=content.get("numerator_words", ""),
        denominator=content.get("denominator_words", ""),
    )


def _provenance(part: dict[str, Any] | None) -> str:
    if not part or "provenance" not in part:
        return ""
    origin = part["provenance"]
    kind = PROVENANCE_WORDS[ProvenanceKind(origin["kind"])]
    year = f" ({origin['year']})" if origin.get("year") else ""
    return f"{kind}: {origin['source']}{year}"


def _minimum(part: dict[str, Any] | None) -> str:
    return "" if not part else f"{part['denominator']}; {_provenance(part)}".removesuffix("; ")
