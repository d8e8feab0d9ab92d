"""Each delegation to a CRO: agreed late, no longer agreed, undecided, not reported."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from studies.coverage.facts import Facts, Held, Report, StudyFact, Version, Work
from studies.coverage.flags import Finding, Flag, Mend, Touch
from studies.coverage.wording import Names, day, extent, somewhere
from vendors.agreements.standing import begins, in_force, last_day

EDIT = "studies:delegation-edit"


def records(facts: Facts, names: Names, *, on: date) -> Iterator[Finding]:
    """Yield what is wrong with each delegation to a CRO, in the order given."""
    for held in facts.held:
        if held.holder is None or not names.known(held):
            continue
        study, work = names.studies[held.study], names.works[held.function]
        late, silence = _late(facts, held, on), _unreported(facts, study, work, held, on)
        undecided = not held.decision_maker.strip()
        if not (late or silence or undecided):
            continue
        holder = facts.providers[held.holder].name
        what = f"{work.name} on {study.protocol_number}{somewhere(held.region)}"
        if late:
            began = f"{holder} began {what} on {day(held.work_began_on or on)}"
            yield _finding(Flag.LATE, f"{began}, {late}", held, "Open the delegation")
        if undecided:
            sentence = f"Nobody is named who decides in the end on {what}, done by {holder}."
            yield _finding(Flag.DECISION_GAP, sentence, held, "Name who decides")
        if silence:
            sentence = f"{what} is transferred to {holder}, and {silence}."
            yield _finding(Flag.UNREPORTED, sentence, held, "Record the submission", study)


def expired(facts: Facts, names: Names, *, on: date) -> Iterator[Finding]:
    """Yield each version of an agreement that holds no more while delegations rest on it."""
    resting: dict[int, list[Held]] = defaultdict(list)
    versions: dict[int, list[Version]] = defaultdict(list)
    for one in facts.versions.values():
        versions[one.agreement].append(one)
    for held in facts.held:
        if held.moved and held.version is not None and names.known(held):
            resting[held.version].append(held)
    for pk, rows in resting.items():
        version = facts.versions.get(pk)
        if version is None:  # not for this reader
            continue
        why = over(version, versions[version.agreement], on=on)
        if why:
            yield Finding(
                flag=Flag.EXPIRED,
                sentence=f"{version.title} {why}, with {extent(names, rows)} resting on it.",
                subject=(pk,),
                touches=tuple(Touch(one.study, one.function, one.pk) for one in rows),
                providers=tuple(dict.fromkeys(one.holder for one in rows if one.holder)),
                mend=Mend("Open the agreement", "vendors:agreement-detail", version.agreement),
            )


def over(version: Version, versions: list[Version], *, on: date) -> str:
    """Say why a version that once held does so no more; empty while it holds, or not yet."""
    first, end = begins(version), last_day(version)
    if first is None or first > on:
        return ""
    if end is not None and end < on:
        if version.terminated_on is not None and version.terminated_on - timedelta(days=1) == end:
            return f"was terminated on {day(version.terminated_on)}"
        return f"expired on {day(end)}"
    newer = in_force(versions, on=on)
    if newer is version:
        return ""
    return f"was replaced by {newer.title}" if newer else "was replaced by one that is over too"


def _late(facts: Facts, held: Held, on: date) -> str:
    if held.work_began_on is None or held.work_began_on > on:
        return ""
    if held.version is None:
        return "and no agreement describes it."
    version = facts.versions.get(held.version)
    if version is None:  # not for this reader
        return ""
    if version.signed_on is None:
        return f"and {version.title} is not signed by both."
    if version.signed_on <= held.work_began_on:
        return ""
    return f"before both had signed {version.title} on {day(version.signed_on)}."


def _unreported(facts: Facts, study: StudyFact, work: Work, held: Held, on: date) -> str:
    if not (study.drug and work.part312 and held.holder is not None):
        return ""
    sent = [one for one in facts.reports.get(study.pk, ()) if one.submitted_on <= on]
    if not sent:
        return "no IND submission is recorded for this study" if study.in_us else ""
    last: Report = sent[-1]
    told = {(work.pk, held.holder, place) for place in ("", held.region)}
    if told & last.transfers:
        return ""
    return f"IND submission {last.serial_number} of {day(last.submitted_on)} does not list it"


def _finding(
    flag: Flag, sentence: str, held: Held, words: str, study: StudyFact | None = None
) -> Finding:
    mend = Mend(words, EDIT, held.pk)
    if study is not None:
        mend = Mend(words, "studies:ind-list", study.pk)
    return Finding(
        flag=flag,
        sentence=sentence,
        subject=(held.study, held.function, held.holder, held.region),
        touches=(Touch(held.study, held.function, held.pk),),
        providers=(held.holder,) if held.holder else (),
        mend=mend,
    )
