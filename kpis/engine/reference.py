"""Writes the KPI reference, docs/kpis.md, from the catalogue.

`python -m kpis.engine.reference > docs/kpis.md` regenerates it; a test compares the committed file.
"""

from collections.abc import Iterator, Mapping

from kpis.engine.catalogue import load_catalogue
from kpis.engine.coming import load_coming
from kpis.engine.comparison import Comparison
from kpis.engine.definition import ANY_FUNCTION, KpiDefinition, Provenance
from kpis.engine.formulas import FORMULAS
from kpis.engine.tables import OWN_TABLES
from kpis.engine.terms import Asked, Dimension, Direction, Sides, TimeSemantics
from kpis.engine.wording import (
    NO_VALUE,
    PROVENANCE_WORDS,
    formula_words,
    limits_words,
    number_words,
    value_words,
)

TIME_WORDS = {
    TimeSemantics.FLOW: "events within the period",
    TimeSemantics.STOCK: "what stands at the data cut-off",
    TimeSemantics.COHORT: "cases that started or ended within the period",
}
DIRECTION_WORDS = {
    Direction.HIGHER: "higher",
    Direction.LOWER: "lower",
    Direction.BAND: "within the band",
}
ASKED_WORDS = {
    Asked.ALWAYS: "wherever one of its functions is delegated",
    Asked.WHEN_CHOSEN: "where the sponsor has chosen it",
}
DIMENSION_TITLES = {
    Dimension.INTEGRATION: "Integration",
    Dimension.SCALABILITY: "Scalability",
    Dimension.TRANSPARENCY: "Transparency",
    Dimension.QUALITY_COMPLIANCE: "Quality and compliance",
    Dimension.TECHNOLOGY: "Technology",
    Dimension.GOVERNANCE: "Governance",
    Dimension.KNOWLEDGE_RETENTION: "Knowledge retention",
}

HEAD = """\
# KPI reference

Generated from `kpis/catalogue`; do not edit. \
`python -m kpis.engine.reference > docs/kpis.md` writes it anew.

A limit itself still has the better colour: with an amber limit of 5 and a red one of 10, \
5 is green, 10 is amber, anything over 10 is red. Values are compared unrounded. \
A denominator below the minimum gives no colour. Results are rolled up by summing numerators and \
denominators, never by averaging values."""


COMING_HEAD = """\
## Coming versions

Files in `kpis/catalogue/coming`. Each takes the place of the version in force with the month from \
which it is effective; months before keep theirs. In the application a page of the KPI shows what \
would have changed colour, month by month, before it goes live."""


def reference_markdown(
    catalogue: Mapping[str, KpiDefinition], coming: Mapping[str, KpiDefinition] | None = None
) -> str:
    """Return the reference as Markdown: KPIs by dimension, what is coming, then the formulas."""
    blocks = [HEAD, _contents(catalogue)]
    for dimension in Dimension:
        members = [one for one in catalogue.values() if one.dimension is dimension]
        if members:
            blocks.append(f"## {DIMENSION_TITLES[dimension]}")
            blocks += [_kpi(one, catalogue) for one in sorted(members, key=lambda one: one.slug)]
    if coming:
        blocks.append(COMING_HEAD)
        blocks += [_coming(one, catalogue) for _, one in sorted(coming.items())]
    blocks.append("## Formulas")
    blocks += [f"### {formula.name}\n\n{formula.words}" for formula in FORMULAS.values()]
    return "\n\n".join(blocks) + "\n"


def _coming(definition: KpiDefinition, catalogue: Mapping[str, KpiDefinition]) -> str:
    """Return a coming version: what changes and why, then old and new where they differ."""
    before = dict(_rows(catalogue[definition.slug], catalogue))
    rows = "\n".join(
        f"| {name} | {before.get(name, NO_VALUE)} | {text} |"
        for name, text in _rows(definition, catalogue)
        if before.get(name) != text
    )
    return (
        f"### {definition.name}, version {definition.version}\n\n{definition.change}\n\n"
        f"| | Version {definition.version - 1} | Version {definition.version} |\n|---|---|---|\n"
        f"{rows}"
    )


def _contents(catalogue: Mapping[str, KpiDefinition]) -> str:
    """Return the KPIs of each dimension as a table: what there is, at a glance."""
    rows = [
        f"| {DIMENSION_TITLES[dimension]} | {one.family} | {one.name} | {ASKED_WORDS[one.asked]} |"
        for dimension in Dimension
        for one in sorted(catalogue.values(), key=lambda one: (_place(one.family), one.slug))
        if one.dimension is dimension
    ]
    head = "| Dimension | Family | KPI | Asked |\n|---|---|---|---|\n"
    return f"{len(rows)} KPIs in seven dimensions.\n\n" + head + "\n".join(rows)


def _place(family: str) -> tuple[int, str]:
    """Sort K3 before K03b before K10."""
    digits = "".join(mark for mark in family if mark.isdigit())
    return int(digits or 0), family


def _kpi(definition: KpiDefinition, catalogue: Mapping[str, KpiDefinition]) -> str:
    rows = "\n".join(f"| {name} | {text} |" for name, text in _rows(definition, catalogue))
    gaming = "\n".join(f"- {way}" for way in definition.gaming)
    examples = "\n".join(
        f"| {example.name} | {number_words(example.numerator)} | "
        f"{number_words(example.denominator)} | {value_words(example.value, definition.unit)} | "
        f"{example.rag} |"
        for example in definition.examples
    )
    change = f"Version {definition.version}: {definition.change}\n\n" if definition.change else ""
    return (
        f"### {definition.name}\n\n{definition.question}\n\n{definition.rationale}\n\n{change}"
        f"| | |\n|---|---|\n{rows}\n\n"
        f"How it can be gamed:\n\n{gaming}\n\n"
        "| Worked example | Numerator | Denominator | Value | Status |\n"
        f"|---|---:|---:|---:|---|\n{examples}"
    )


def comparison_words(comparison: Comparison) -> str:
    """Say to which sides units may stand out."""
    words = "to both sides" if comparison.sides is Sides.BOTH else "to the worse side only"
    least = comparison.minimum_numerator
    return words if least is None else f"{words}, from a numerator of {least} on"


def _rows(
    definition: KpiDefinition, catalogue: Mapping[str, KpiDefinition]
) -> Iterator[tuple[str, str]]:
    yield "Slug, version", f"`{definition.slug}`, {definition.version}"
    yield "Effective from", definition.effective_from.isoformat()
    yield "Kind, family", f"{definition.kind}, {definition.family}"
    yield "Functions", ", ".join(definition.functions).replace(ANY_FUNCTION, "any")
    if definition.engagement_models:
        yield "Engagement models", ", ".join(definition.engagement_models)
    yield "Asked", ASKED_WORDS[definition.asked]
    if definition.comparison:
        yield "Units compared", comparison_words(definition.comparison)
    yield "Formula", f"{formula_words(definition)} (`{definition.formula}`)"
    yield (
        "Listings",
        ", ".join(
            f"{name} (kept by this application)" if name in OWN_TABLES else name
            for name in definition.listings
        ),
    )
    yield "How time counts", f"{definition.time}: {TIME_WORDS[definition.time]}"
    yield "Better", DIRECTION_WORDS[definition.direction]
    for status, words in limits_words(definition).items():
        yield status.capitalize(), words
    if definition.limits:
        yield "Limits from", _provenance(definition.limits.provenance)
    yield (
        "Minimum denominator",
        f"{definition.minimum.denominator}. {_provenance(definition.minimum.provenance)}",
    )
    yield "Cadence, grain", f"{definition.cadence}; {', '.join(definition.grain)}"
    yield "Owner", definition.owner
    if definition.balancing:
        yield "Read it with", catalogue[definition.balancing].name
    else:
        yield "Read it with", f"{NO_VALUE} {definition.balancing_reason}"
    yield "Digest", f"`{definition.digest()}`"


def _provenance(provenance: Provenance) -> str:
    year = f" ({provenance.year})" if provenance.year else ""
    return f"{PROVENANCE_WORDS[provenance.kind].capitalize()}{year}: {provenance.source}"


if __name__ == "__main__":
    current = load_catalogue()
    print(reference_markdown(current, load_coming(current)), end="")
