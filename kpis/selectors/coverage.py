"""The coverage page: what is wrong with who does what, on a day, by flag, study, CRO, function."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from kpis.due import duties
from kpis.measured import measured_work, unmeasured
from kpis.selectors.filters import Filter, filter_of
from studies.coverage.analysis import FOR_CRO, analyse
from studies.coverage.facts import Facts
from studies.coverage.flags import Finding, Flag
from studies.models import Delegation
from studies.selectors.coverage import Wanted, lines, names
from studies.selectors.coverage_facts import facts_of
from vendors.register.pages import number_of

PER_PAGE = 50
HEAD = (
    "Flag",
    "What is wrong",
    "Study",
    "Function",
    "Provider",
    "Rule",
    "Citation, to be confirmed",
)


@dataclass(frozen=True)
class Count:
    """How often a flag was found under the other filters."""

    flag: Flag
    number: int
    chosen: bool


@dataclass(frozen=True)
class CoveragePage:
    """Findings of a day: counts by flag, filters, one page of lines.

    `own`: the reader belongs to a sponsor, so that all flags were asked about; `delegations` are
    those of the day, over `studies` studies.
    """

    on: date
    own: bool
    studies: int
    delegations: int
    counts: tuple[Count, ...]
    total: int
    filters: tuple[Filter, ...]
    filtered: bool
    page: "Page[Any]"


def found_on(*, user: Any, on: date) -> tuple[Facts, tuple[Finding, ...]]:
    """Return the facts of a day and every finding, those that need the catalogue last."""
    facts = facts_of(user=user, on=on)
    held = duties(Delegation.objects.visible_to(user))
    last = unmeasured(facts, measured=measured_work(held, on=on))
    return facts, (*analyse(facts, on=on), *last)


def coverage_page(
    *, user: Any, on: date, wanted: Mapping[str, str], may_edit: bool
) -> CoveragePage:
    """Gather the page; an unknown filter asks for all. Seven statements."""
    facts, found = found_on(user=user, on=on)
    asked = asked_for(wanted)
    others = Wanted(None, asked.study, asked.cro, asked.function)
    within = [one for one in found if others.keeps(one)]
    counted = Counter(one.flag for one in within)
    shown = [one for one in within if asked.flag in (None, one.flag)]
    own = any(study.own for study in facts.studies)
    flags = [flag for flag in Flag if own or flag in FOR_CRO or flag == Flag.KPI_LESS]
    page = Paginator(shown, PER_PAGE).get_page(wanted.get("page", "1"))
    page.object_list = lines(page.object_list, may_edit=may_edit)  # type: ignore[assignment]  # rows of plain values
    return CoveragePage(
        on=on,
        own=own,
        studies=len(facts.studies),
        delegations=len(facts.held),
        counts=tuple(Count(flag, counted[flag], flag == asked.flag) for flag in flags),
        total=len(found),
        filters=_filters(facts, flags, wanted),
        filtered=asked != Wanted(),
        page=page,
    )


def asked_for(wanted: Mapping[str, str]) -> Wanted:
    """Read the filters of an address; what is no flag or number asks for all."""
    flag = wanted.get("flag", "")
    return Wanted(
        flag=Flag(flag) if flag in set(Flag) else None,
        study=number_of(wanted.get("study")),
        cro=number_of(wanted.get("cro")),
        function=number_of(wanted.get("function")),
    )


def _filters(facts: Facts, flags: Sequence[Flag], wanted: Mapping[str, str]) -> tuple[Filter, ...]:
    providers = sorted(facts.providers.values(), key=lambda one: one.name)
    return (
        filter_of("flag", "Flag", [(flag.value, flag.label) for flag in flags], wanted),
        filter_of(
            "study", "Study", [(one.pk, one.protocol_number) for one in facts.studies], wanted
        ),
        filter_of("cro", "CRO", [(one.pk, one.name) for one in providers], wanted),
        filter_of("function", "Function", [(one.pk, one.name) for one in facts.works], wanted),
    )


def file_rows(*, user: Any, on: date, wanted: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the findings asked for as rows of HEAD."""
    facts, found = found_on(user=user, on=on)
    asked = asked_for(wanted)
    return tuple(
        (
            one.flag.label,
            one.sentence,
            *names(facts, one),
            one.flag.rule.sentence,
            one.flag.rule.citation,
        )
        for one in found
        if asked.keeps(one)
    )
