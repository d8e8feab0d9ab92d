"""RACI of one study on a day: who does, answers for, advises on and is told about each function.

Accountable in the end is always the sponsor (E6(R3) 3.6.6). Who holds an obligation in FDA's eyes
is a column of its own, filled where Part 312 asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.answers import Holding
from studies.fda import fda_holder, heading_for, how_words, is_device
from studies.models import Function, Study
from studies.selectors.held import Held, held
from studies.selectors.parties import Grouped, parties_of_studies
from studies.selectors.taxonomy import rule_of, title_of, usable
from vendors.register.pages import acts_for_sponsor

HEADINGS = (
    "Function or obligation",
    "Where",
    "How",
    "Responsible",
    "Accountable",
    "Consulted",
    "Informed",
    "Final decision",
    "Holder for FDA",
    "Agreement and clause",
    "Since",
)


@dataclass(frozen=True)
class RaciRow:
    """One function in one place. `delegation_ids` lead to the records it comes from."""

    function_id: int
    title: str
    where: str
    how: str
    responsible: str
    accountable: str
    consulted: str
    informed: str
    decision_maker: str
    fda: str
    source: str
    since: date | None
    delegation_ids: tuple[int, ...]
    delegated: bool

    def cells(self) -> tuple[str | date | None, ...]:
        """Return the values under `HEADINGS`."""
        return (
            self.title,
            self.where or "everywhere",
            self.how,
            self.responsible,
            self.accountable,
            self.consulted,
            self.informed,
            self.decision_maker,
            self.fda,
            self.source,
            self.since,
        )


@dataclass(frozen=True)
class Raci:
    """The table of one study; `groups` are functions, then obligations."""

    study: str
    on: date
    heading: str
    device: bool
    groups: tuple[tuple[str, tuple[RaciRow, ...]], ...]

    @property
    def rows(self) -> tuple[RaciRow, ...]:
        """All rows in their order."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def undecided(self) -> int:
        """How many rows are with a CRO and name nobody who decides."""
        return sum(row.delegated and not row.decision_maker for row in self.rows)


def raci(*, user: Any, study: Study, on: date, region: str | None = None) -> Raci:
    """Return the RACI of a study as far as `user` may know; three statements.

    Expects the study's sponsor at hand.
    """
    grouped = parties_of_studies(user=user, study_ids=[study.pk], today=on)
    own = acts_for_sponsor(user, study.sponsor_id)
    kinds = (("Functions", Function.Kind.FUNCTION), ("Obligations", Function.Kind.OBLIGATION))
    return Raci(
        study=str(study),
        on=on,
        heading=heading_for(study.product_type),
        device=is_device(study.product_type),
        groups=tuple(
            (name, tuple(_rows(user, study, kind, grouped, on=on, region=region, own=own)))
            for name, kind in kinds
        ),
    )


def _rows(
    user: Any,
    study: Study,
    kind: str,
    grouped: Grouped,
    *,
    on: date,
    region: str | None,
    own: bool,
) -> Iterator[RaciRow]:
    for function in usable(user, {study.sponsor_id}, kind):
        parties = grouped.get((study.pk, function.pk), [])
        for one in held(parties, on=on, own=own, region=region):
            yield raci_row(study, function, one)


def raci_row(study: Study, function: Function, one: Held) -> RaciRow:
    """Return one answer as a row; roles that several records name are all said."""
    sponsor = str(study.sponsor)
    rule = rule_of(function)
    parties = one.parties
    return RaciRow(
        function_id=function.pk,
        title=title_of(function),
        where=one.place,
        how=how_words(one.holding.label, study.product_type),
        responsible=_responsible(one, sponsor),
        accountable=sponsor,
        consulted=_said(party.consulted for party in parties),
        informed=_said(party.informed for party in parties),
        decision_maker=_said(party.decision_maker for party in parties),
        fda=fda_holder(
            product_type=study.product_type,
            part312=rule.part312 if rule is not None else "",
            holding=one.holding,
            vendors=[party.vendor for party in parties],
            sponsor=sponsor,
        ),
        source=_said(party.source for party in parties),
        since=min((party.from_date for party in parties), default=None),
        delegation_ids=tuple(party.pk for party in parties),
        delegated=any(party.holder is not None for party in parties),
    )


def _responsible(one: Held, sponsor: str) -> str:
    """Name the organisation that does it, and the role or person where one is recorded."""
    if one.holding == Holding.NOT_APPLICABLE:
        return ""
    does = [
        f"{party.performer or party.vendor or sponsor}"
        f"{f': {party.responsible}' if party.responsible else ''}"
        for party in one.parties
    ]
    if not does or one.holding == Holding.SHARED:
        does.append(sponsor)
    return _said(does)


def _said(words: Any) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
