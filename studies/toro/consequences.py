"""What a change of who holds an obligation asks for: of the agreement, and of the IND. Pure."""

from dataclasses import dataclass
from datetime import date

from oversight.look.times import day_text
from studies.answers import Answer, Holding
from studies.toro.records import Held
from studies.toro.taxonomy import Item
from studies.toro.transfers import Submitted, last_until

NO_AGREEMENT = "No agreement with a CRO is concerned."


@dataclass(frozen=True)
class Step:
    """From one answer to the next on one item in one place; `last` is the last day of the new."""

    item: Item
    region: str
    place: str
    on: date
    last: date | None
    before: Answer[Held]
    now: Answer[Held]


def for_agreements(step: Step) -> tuple[str, ...]:
    """Say for each CRO which clause to look at, or that a new version is needed."""
    old, new = _by_holder(step.before), _by_holder(step.now)
    begun = [
        _begun(step, one, known)
        for holder, one in new.items()
        if (known := old.get(holder)) is None or terms_of(known) != terms_of(one)
    ]
    ended = [_ended(step, one) for holder, one in old.items() if holder not in new]
    return (*begun, *ended) or (NO_AGREEMENT,)


def _by_holder(answer: Answer[Held]) -> dict[int | None, Held]:
    return {one.holder: one for one in answer.records if one.moved}


def terms_of(one: Held) -> tuple[tuple[str, str], ...]:
    """Return what a record says besides who holds it, by name."""
    return (
        ("recorded as", Holding(one.kind).label),
        ("who does what", one.split),
        ("performed by", one.performer),
        ("agreed in", one.agreed.name if one.agreed else ""),
        ("clause", one.clause),
        ("final decision by", one.decision_maker),
    )


def _begun(step: Step, one: Held, known: Held | None) -> str:
    agreed = one.agreed
    if agreed is None:
        return (
            f"No version of an agreement with {one.holder_name} is named: a version that describes "
            "it, with its clause, is needed before the work begins."
        )
    if agreed.begins_on is None:
        return f"{agreed.name} waits for a signature: both must sign before the work begins."
    if agreed.begins_on > step.on:
        return (
            f"{agreed.name} holds from {day_text(agreed.begins_on)} only: nothing that both signed "
            "covers the days before."
        )
    if agreed.last_on is not None and agreed.last_on < step.on:
        return f"{agreed.name} ended on {day_text(agreed.last_on)}: a new version is needed."
    if not one.clause:
        return f"{agreed.name} is named without a clause: find the clause and record it."
    look = f"Look at clause {one.clause} of {agreed.name}: it must describe this"
    same = known is not None and known.agreed is not None and known.agreed.pk == agreed.pk
    if same or agreed.begins_on < step.on:
        return (
            f"{look}. That version held before this change: where it does not describe it, a new "
            "one is needed."
        )
    return f"{look}."


def _ended(step: Step, one: Held) -> str:
    agreed = one.agreed
    if agreed is None:
        return (
            f"No version of an agreement with {one.holder_name} is named: where one describes it, "
            "a new version without it is needed."
        )
    if agreed.last_on is not None and agreed.last_on < step.on:
        return f"{agreed.name} ended on {day_text(agreed.last_on)}: nothing is left to change."
    clause = f" in clause {one.clause}" if one.clause else ""
    return (
        f"{agreed.name} describes it for {one.holder_name}{clause}: a new version without it is "
        "needed."
    )


def for_ind(
    step: Step, submissions: tuple[Submitted, ...], *, until: date, device: bool
) -> tuple[str, ...]:
    """Say what the next submission must list or leave out, and what the last one did."""
    if device:
        return ("21 CFR 812 has no rule for transferring obligations: nothing to report.",)
    if not step.item.listable:
        return ("Not an obligation of Part 312: an IND submission does not list it.",)
    old, new = _by_holder(step.before), _by_holder(step.now)
    if not old and not new:
        return ("The sponsor's before and after: nothing to report.",)
    over = step.last is not None and step.last < until
    last = last_until(submissions, on=step.last if over and step.last else until)
    listed = [_to_list(step, one, last, over) for one in new.values()]
    dropped = [_to_drop(step, one, last, over) for holder, one in old.items() if holder not in new]
    return (*listed, *dropped)


def _to_list(step: Step, one: Held, last: Submitted | None, over: bool) -> str:
    there = last is not None and last.lists(step.item.pk, one.holder, step.region)
    if last is not None and there:
        return f"Submission {last.name} lists it with {one.holder_name}."
    seen = f"the last one, {last.name}, does not" if last else "none is recorded yet"
    if over:
        seen = f"Submission {last.name} does not list it" if last else "No submission was recorded"
        return f"{seen} with {one.holder_name}, and it has changed again since."
    return f"The next submission must list it with {one.holder_name}: {seen}."


def _to_drop(step: Step, one: Held, last: Submitted | None, over: bool) -> str:
    if last is None:
        return f"No submission was recorded that lists it with {one.holder_name}."
    if not last.lists(step.item.pk, one.holder, step.region):
        return f"Submission {last.name} does not list it with {one.holder_name}."
    if over:
        return (
            f"Submission {last.name} still lists it with {one.holder_name}; it has changed again "
            "since."
        )
    return (
        f"The next submission must not list it with {one.holder_name} any more: the last one, "
        f"{last.name}, does."
    )
