"""What the analysis is told: frozen values, with numbers for whatever they refer to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StudyFact:
    """A study. `begins`: the first day of any delegation on it; `own`: of the reader's sponsor.

    `in_us`: it has a site in the United States, so that an IND is to be expected of a drug.
    """

    pk: int
    protocol_number: str
    sponsor: int
    drug: bool
    completed: bool
    begins: date | None
    in_us: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Work:
    """A function or an obligation; `sponsor` is whose own it is, `part312`: wholly or partly."""

    pk: int
    slug: str
    name: str
    sponsor: int | None
    obligation: bool
    critical: bool
    part312: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A delegation; `holder` is the CRO, None where the sponsor alone acts or nobody does.

    `confirmed`: a named person stands for the record.
    """

    pk: int
    study: int
    function: int
    kind: str
    holder: int | None
    from_date: date
    until_date: date | None = None
    region: str = ""
    engagement: int | None = None
    performer: int | None = None
    decision_maker: str = ""
    version: int | None = None
    work_began_on: date | None = None
    confirmed: bool = True

    @property
    def moved(self) -> bool:
        """Whether a CRO acts: transferred or shared."""
        return self.holder is not None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an agreement, as `vendors.agreements.standing` asks for it."""

    pk: int
    agreement: int
    title: str
    effective_on: date
    expires_on: date | None
    terminated_on: date | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment of a provider, as `vendors.dossier.standing` asks for it."""

    assessed_on: date
    outcome: str
    conditions_closed_on: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Decided:
    """The sponsor's word on a sub-provider for one service."""

    service: str
    approved: bool
    decided_on: date
    until_date: date | None


@dataclass(frozen=True, slots=True)
class Provider:
    """A CRO or another service provider, with the provider that brought it in."""

    pk: int
    name: str
    sponsor: int
    parent: int | None = None
    assessments: tuple[Assessed, ...] = ()
    decisions: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An IND submission, and the transfers that it lists: function, provider, region."""

    serial_number: str
    submitted_on: date
    transfers: frozenset[tuple[int, int, str]]


@dataclass(frozen=True)
class Facts:
    """Everything the analysis reads. `reports` by study, oldest first; the rest by number.

    `held` are the delegations of the day; of other studies than `studies` only those of critical
    functions, which are counted across all studies.
    """

    studies: tuple[StudyFact, ...]
    works: tuple[Work, ...]
    held: tuple[Held, ...]
    versions: Mapping[int, Version]
    providers: Mapping[int, Provider]
    reports: Mapping[int, tuple[Report, ...]]
