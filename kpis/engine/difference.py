"""Two versions of a definition side by side, in words: what differs, and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kpis.engine.definition import ANY_FUNCTION, KpiDefinition, Provenance
from kpis.engine.reference import ASKED_WORDS, DIRECTION_WORDS, TIME_WORDS, comparison_words
from kpis.engine.tables import TABLES
from kpis.engine.wording import PROVENANCE_WORDS, formula_words, limits_words

NONE = "none"


@dataclass(frozen=True)
class Differing:
    """One part of the definition: how it was and how it is, each as one text."""

    name: str
    before: str
    after: str


def differing(before: KpiDefinition, after: KpiDefinition) -> tuple[Differing, ...]:
    """Return what differs, in the order in which a definition is read."""
    old, new = dict(_parts(before)), dict(_parts(after))
    return tuple(
        Differing(name, old.get(name, NONE), new.get(name, NONE))
        for name in dict.fromkeys((*old, *new))
        if old.get(name, NONE) != new.get(name, NONE)
    )


def _parts(one: KpiDefinition) -> Iterator[tuple[str, str]]:
    for name, words in _WORDS.items():
        yield name, words(one)
    for name, words_ in limits_words(one).items():
        yield name.capitalize(), words_
    if one.limits is not None:
        yield "Limits from", provenance_words(one.limits.provenance)
    yield "Minimum denominator", str(one.minimum.denominator)
    yield "Minimum from", provenance_words(one.minimum.provenance)
    yield from _parameters(one.parameters)


def _parameters(
    parameters: Mapping[str, object], inside: str = "Counting"
) -> Iterator[tuple[str, str]]:
    for key, value in parameters.items():
        name = f"{inside}: {_plain(key)}"
        if isinstance(value, Mapping):
            yield from _parameters(value, name)
        else:
            yield name, _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value) or NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{_plain(key)}: {_plain(one)}" for key, one in value.items())
    return str(value).replace("_", " ")


def provenance_words(provenance: Provenance) -> str:
    """Say where a number comes from: its kind, the sentence, the year."""
    year = f" ({provenance.year})" if provenance.year else ""
    return f"{PROVENANCE_WORDS[provenance.kind].capitalize()}: {provenance.source}{year}"


_WORDS: Mapping[str, Callable[[KpiDefinition], str]] = {
    "Name": lambda one: one.name,
    "Question": lambda one: one.question,
    "Why it is asked": lambda one: one.rationale,
    "Formula": formula_words,
    "Computed from": lambda one: ", ".join(TABLES[name].title for name in one.listings),
    "Unit": lambda one: one.unit.value,
    "Counts": lambda one: TIME_WORDS[one.time],
    "Better": lambda one: DIRECTION_WORDS[one.direction],
    "Functions": lambda one: ", ".join(one.functions).replace(ANY_FUNCTION, "any"),
    "Engagement models": lambda one: ", ".join(one.engagement_models) or "all",
    "Asked": lambda one: ASKED_WORDS[one.asked],
    "Cadence": lambda one: one.cadence.value,
    "Units compared": lambda one: comparison_words(one.comparison) if one.comparison else NONE,
    "Told for": lambda one: ", ".join(one.grain),
    "Owner": lambda one: one.owner,
    "How it can be gamed": lambda one: " ".join(one.gaming),
}
