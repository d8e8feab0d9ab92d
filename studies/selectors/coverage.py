"""Coverage findings for pages: each with the rule behind it and the address where it is mended."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from studies.coverage.analysis import analyse
from studies.coverage.facts import Facts
from studies.coverage.flags import Finding, Flag, Mend
from studies.models import Delegation
from studies.selectors.coverage_facts import Studies, facts_of

# Pages that change a record: their links are shown to those who may.
CHANGES = ("-create", "-edit")


@dataclass(frozen=True)
class Line:
    """One finding in words; `mend_url` is empty where the reader may not mend it."""

    flag: Flag
    sentence: str
    rule: str
    citation: str
    mend: str
    mend_url: str


def findings(*, user: Any, on: date, studies: Studies = None) -> tuple[Finding, ...]:
    """Return what is wrong on a day on the studies that `user` sees, or on some of them."""
    return analyse(facts_of(user=user, on=on, studies=studies), on=on)


def findings_of_vendor(*, user: Any, vendor: int, on: date) -> tuple[Finding, ...]:
    """Return what is wrong with what a provider holds or performs."""
    theirs = Delegation.objects.filter(Q(engagement__vendor=vendor) | Q(performer=vendor))
    found = findings(user=user, on=on, studies=theirs.values("study"))
    return tuple(one for one in found if vendor in one.providers)


def findings_of_engagement(*, user: Any, engagement: int, on: date) -> tuple[Finding, ...]:
    """Return what is wrong with what is delegated under an engagement, and with its provider."""
    theirs = Delegation.objects.filter(engagement=engagement)
    facts = facts_of(user=user, on=on, studies=theirs.values("study"))
    under = {one.pk for one in facts.held if one.engagement == engagement}
    return tuple(
        one
        for one in analyse(facts, on=on)
        if any(touch.delegation in under for touch in one.touches)
    )


Marks = dict[tuple[int, int], tuple[Flag, ...]]


def marks(*, user: Any, on: date, studies: Collection[int]) -> Marks:
    """Return the flags of each function on each of some studies; gaps show by themselves."""
    found: dict[tuple[int, int], dict[Flag, None]] = defaultdict(dict)
    for one in findings(user=user, on=on, studies=studies):
        if one.flag != Flag.GAP:
            for touch in one.touches:
                found[touch.study, touch.function][one.flag] = None
    return {place: tuple(flags) for place, flags in found.items()}


def lines(found: Iterable[Finding], *, may_edit: bool) -> tuple[Line, ...]:
    """Put findings into words and addresses, in their order."""
    return tuple(
        Line(
            flag=one.flag,
            sentence=one.sentence,
            rule=one.flag.rule.sentence,
            citation=one.flag.rule.citation,
            mend=one.mend.words,
            mend_url=address(one.mend) if may_edit or not _changes(one.mend) else "",
        )
        for one in found
    )


def address(mend: Mend) -> str:
    """Return the address of the page on which a fault is mended."""
    url = reverse(mend.page, args=[] if mend.pk is None else [mend.pk])
    return f"{url}?{urlencode(mend.query)}" if mend.query else url


def _changes(mend: Mend) -> bool:
    return mend.page.endswith(CHANGES)


@dataclass(frozen=True)
class Wanted:
    """Which findings are asked for; None asks for all."""

    flag: Flag | None = None
    study: int | None = None
    cro: int | None = None
    function: int | None = None

    def keeps(self, one: Finding) -> bool:
        """Say whether a finding is asked for: one of its places has both study and function."""
        return (
            self.flag in (None, one.flag)
            and (self.cro is None or self.cro in one.providers)
            and any(
                self.study in (None, touch.study) and self.function in (None, touch.function)
                for touch in one.touches
            )
        )


def names(facts: Facts, one: Finding) -> tuple[str, str, str]:
    """Return the studies, functions and providers of a finding, by name, for a file."""
    studies = {study.pk: study.protocol_number for study in facts.studies}
    functions = {work.pk: work.name for work in facts.works}
    touched = [touch for touch in one.touches if touch.study in studies]
    return (
        "; ".join(dict.fromkeys(studies[touch.study] for touch in touched)),
        "; ".join(dict.fromkeys(functions[touch.function] for touch in touched)),
        "; ".join(dict.fromkeys(facts.providers[pk].name for pk in one.providers)),
    )
