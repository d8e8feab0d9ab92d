"""Those who hold or perform: not qualified, not approved, or without an alternative."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from studies.coverage.facts import Decided, Facts, Held, Provider, Work
from studies.coverage.flags import Finding, Flag, Mend, Touch
from studies.coverage.wording import Names, counted, extent
from vendors.dossier.standing import qualified

PROVIDER = "vendors:vendor-detail"


def unqualified(facts: Facts, names: Names, *, on: date) -> Iterator[Finding]:
    """Yield each provider that holds or performs something and is not qualified on the day."""
    used: dict[int, list[Held]] = defaultdict(list)
    for held in facts.held:
        if names.ours(held) and held.holder is not None:
            used[held.holder].append(held)
            if held.performer not in (None, held.holder):
                used[held.performer].append(held)
    for pk in sorted(used, key=lambda pk: facts.providers[pk].name):
        standing = qualified(facts.providers[pk].assessments, on=on)
        if not standing.qualified:
            sentence = (
                f"{facts.providers[pk].name} holds or performs {extent(names, used[pk])}. "
                f"Its qualification: {standing.words}."
            )
            yield _about(Flag.UNQUALIFIED, sentence, pk, used[pk], "Record an assessment")


def unapproved(facts: Facts, names: Names, *, on: date) -> Iterator[Finding]:
    """Yield each sub-provider that performs something without the sponsor's approval in force.

    Those between the holder and the performer are asked about too.
    """
    passed_on: dict[tuple[int, int], list[Held]] = defaultdict(list)
    for held in facts.held:
        if names.ours(held):
            for pk in chain(facts, held):
                passed_on[pk, held.holder or 0].append(held)
    for (pk, holder), rows in sorted(passed_on.items()):
        provider = facts.providers[pk]
        if not approved(provider, on=on):
            sentence = (
                f"{provider.name} performs {extent(names, rows)} under "
                f"{facts.providers[holder].name} without an approval by the sponsor in force."
            )
            words = "Record the decision"
            yield _about(Flag.UNAPPROVED_SUBCONTRACT, sentence, pk, rows, words, holder)


def chain(facts: Facts, held: Held) -> Iterator[int]:
    """Yield the performer and those above it, up to the holder, which is left out."""
    seen: set[int | None] = {held.holder}
    at = held.performer
    while at is not None and at not in seen and at in facts.providers:
        yield at
        seen.add(at)
        at = facts.providers[at].parent


def approved(provider: Provider, *, on: date) -> bool:
    """Say whether the newest decision on any service of a sub-provider approves it on a day."""
    newest: dict[str, Decided] = {}
    for one in sorted(provider.decisions, key=lambda one: one.decided_on):
        if one.decided_on <= on:
            newest[one.service] = one
    return any(
        one.approved and (one.until_date is None or one.until_date >= on) for one in newest.values()
    )


def single_source(facts: Facts, names: Names) -> Iterator[Finding]:
    """Yield each critical function that one provider alone does, on two studies or more.

    On a single study there is nobody to compare with; that the sponsor keeps it on another study
    is no second provider. Counted over all studies of the sponsor, shown on those asked about.
    """
    critical = {work.pk: work for work in facts.works if work.critical}
    done: dict[tuple[int, int], list[Held]] = defaultdict(list)
    for held in facts.held:
        if held.function in critical and held.holder is not None:
            done[held.function, facts.providers[held.holder].sponsor].append(held)
    for (pk, _), rows in done.items():
        studies = len({one.study for one in rows})
        shown = any(one.study in names.own for one in rows)
        if len({one.holder for one in rows}) == 1 and studies > 1 and shown:
            yield _alone(facts, critical[pk], rows, studies)


def _alone(facts: Facts, work: Work, rows: list[Held], studies: int) -> Finding:
    (holder,) = {one.holder for one in rows if one.holder is not None}
    return Finding(
        flag=Flag.SINGLE_SOURCE,
        sentence=f"{facts.providers[holder].name} alone does {work.name}, a critical function, on "
        f"all {counted(studies, 'study', 'studies')} on which it is delegated.",
        subject=(work.pk, holder),
        touches=_touches(rows),
        providers=(holder,),
        mend=Mend("See who does it", "studies:function-detail", work.pk),
    )


def _about(
    flag: Flag, sentence: str, pk: int, rows: list[Held], words: str, holder: int | None = None
) -> Finding:
    return Finding(
        flag=flag,
        sentence=sentence,
        subject=(pk, holder),
        touches=_touches(rows),
        providers=(pk,) if holder is None else (pk, holder),
        mend=Mend(words, PROVIDER, pk),
    )


def _touches(rows: Iterable[Held]) -> tuple[Touch, ...]:
    return tuple(Touch(one.study, one.function, one.pk) for one in rows)
