"""Each function on each study: held by nobody (GAP), or by two (OVERLAP)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from studies.answers import EVERYWHERE, Answer, Holding, answers
from studies.coverage.facts import Facts, Held, StudyFact, Work
from studies.coverage.flags import Finding, Flag, Mend, Touch
from studies.coverage.wording import joined, somewhere
from vendors.regions import region_label


def cells(facts: Facts, *, on: date) -> Iterator[Finding]:
    """Yield what is wrong with each function on each study of the reader's own sponsor."""
    by_cell: dict[tuple[int, int], list[Held]] = defaultdict(list)
    working = set()
    for one in facts.held:
        by_cell[one.study, one.function].append(one)
        working.add(one.study)
    for study in facts.studies:
        if not study.own or not asked(study, on=on, working=study.pk in working):
            continue
        for work in facts.works:
            if work.sponsor not in (None, study.sponsor):
                continue
            held = by_cell.get((study.pk, work.pk))
            if held is None:
                yield _gap(study, work, "")
            else:
                yield from _cell(facts, study, work, held, on)


def asked(study: StudyFact, *, on: date, working: bool) -> bool:
    """Say whether a study is asked about on a day: not before its first record, nor when done.

    Done: completed, and no delegation of the day.
    """
    if working:
        return True
    return not study.completed and (study.begins is None or study.begins <= on)


def _cell(
    facts: Facts, study: StudyFact, work: Work, held: list[Held], on: date
) -> Iterator[Finding]:
    given = answers(held, on=on)
    for place, answer in given.items():
        if answer.holding == Holding.BY_DEFAULT:
            elsewhere = [region_label(region) for region in given if region != EVERYWHERE]
            yield _gap(study, work, f" outside {joined(elsewhere)}" if elsewhere else "")
        elif answer.holding == Holding.OVERLAP:
            yield _overlap(facts, study, work, place, answer)
        elif not any(one.moved or one.confirmed for one in answer.records):
            yield _unconfirmed(study, work, place, answer.records[0])


def _gap(study: StudyFact, work: Work, where: str) -> Finding:
    return Finding(
        flag=Flag.GAP,
        sentence=f"Nobody is recorded for {work.name} on {study.protocol_number}{where}: the "
        "sponsor keeps it by default, unconfirmed.",
        subject=(study.pk, work.pk),
        touches=(Touch(study.pk, work.pk),),
        providers=(),
        mend=Mend(
            "Record who does it",
            "studies:delegation-create",
            query=(("study", study.pk), ("function", work.pk)),
        ),
    )


def _unconfirmed(study: StudyFact, work: Work, place: str, held: Held) -> Finding:
    """Say of what the sponsor keeps, or what does not apply, that nobody stands for it."""
    kept = "kept by the sponsor" if held.kind == Holding.RETAINED else "not applicable"
    return Finding(
        flag=Flag.GAP,
        sentence=f"{work.name} on {study.protocol_number}{somewhere(place)} is recorded as {kept}, "
        "and no named person has confirmed it.",
        subject=(study.pk, work.pk, place),
        touches=(Touch(study.pk, work.pk, held.pk),),
        providers=(),
        mend=Mend("Look and confirm", "studies:delegation-detail", held.pk),
    )


def _overlap(
    facts: Facts, study: StudyFact, work: Work, place: str, answer: Answer[Held]
) -> Finding:
    holders = tuple(one.holder for one in answer.records)
    names = dict.fromkeys(_name(facts, one) for one in answer.records)
    newest = max(answer.records, key=lambda one: (one.from_date, one.pk))
    return Finding(
        flag=Flag.OVERLAP,
        sentence=f"{joined(names)} are all recorded for {work.name} on {study.protocol_number}"
        f"{somewhere(place)}, and no split says who does what.".replace(
            " are all ", " are both " if len(names) == 2 else " are all "
        ),
        subject=(study.pk, work.pk, place),
        touches=tuple(Touch(study.pk, work.pk, one.pk) for one in answer.records),
        providers=tuple(holder for holder in holders if holder is not None),
        mend=Mend("End one of them, or share it", "studies:delegation-edit", newest.pk),
    )


def _name(facts: Facts, one: Held) -> str:
    if one.holder is not None:
        return facts.providers[one.holder].name
    return "The sponsor" if one.kind == Holding.RETAINED else "Not applicable"
