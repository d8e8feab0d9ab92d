"""What changed between two days, in plain sentences: each step with its day. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from oversight.look.times import day_text
from studies.answers import EVERYWHERE, Answer, Holding, Span, places, spans
from studies.toro.consequences import Step, for_agreements, for_ind, terms_of
from studies.toro.records import Held, Records
from studies.toro.taxonomy import Item
from studies.toro.transfers import Submitted
from studies.toro.wording import joined
from vendors.regions import Region, region_label

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """One step: its day, what it is about, the sentence, and what it asks for.

    `moves`: a CRO holds or shares it before or after.
    """

    on: date
    moves: bool
    item: str
    sentence: str
    agreement: tuple[str, ...]
    ind: tuple[str, ...]


def changes(
    items: Iterable[Item],
    records: Records,
    submissions: tuple[Submitted, ...],
    *,
    after: date | None,
    until: date,
    device: bool = False,
) -> tuple[Change, ...]:
    """Return every change after one day up to another, by day, then in the order of the items.

    `after` None: from the beginning. `submissions` are expected newest first.
    """
    found = []
    for item in items:
        held = records.get(item.pk, ())
        for step in _steps(item, held, after, until):
            change = Change(
                on=step.on,
                moves=any(one.moved for one in (*step.before.records, *step.now.records)),
                item=item.title,
                sentence=_sentence(step),
                agreement=for_agreements(step),
                ind=for_ind(step, submissions, until=until, device=device),
            )
            found.append(change)
    return tuple(sorted(found, key=lambda change: change.on))


def _steps(item: Item, held: tuple[Held, ...], after: date | None, until: date) -> Iterator[Step]:
    named = {one.region for one in held}
    for region in (EVERYWHERE, *(value for value in Region.values if value in named)):
        for before, now in pairwise(spans(held, region=region)):
            in_time = now.first <= until and (after is None or now.first > after)
            if in_time and _differ(before.answer, now.answer) and _tells(held, region, before, now):
                yield Step(
                    item=item,
                    region=region,
                    place=_place(held, region, now.first),
                    on=now.first,
                    last=now.last,
                    before=before.answer,
                    now=now.answer,
                )


def _tells(held: tuple[Held, ...], region: str, before: Span[Held], now: Span[Held]) -> bool:
    """Say whether a change is this region's own, and not only one of everywhere."""
    if region != EVERYWHERE:
        return any(one.region == region for one in (*before.answer.records, *now.answer.records))
    return EVERYWHERE in (*places(held, on=now.first), *places(held, on=now.first - DAY))


def _differ(one: Answer[Held], other: Answer[Held]) -> bool:
    return _facts(one) != _facts(other)


def _facts(answer: Answer[Held]) -> tuple[object, ...]:
    return answer.holding, *sorted(
        (one.holder or 0, *(text for _, text in terms_of(one))) for one in answer.records
    )


def _place(held: tuple[Held, ...], region: str, day: date) -> str:
    if region != EVERYWHERE:
        return f" in {region_label(region)}"
    return " everywhere else" if places(held, on=day) != (EVERYWHERE,) else ""


def _sentence(step: Step) -> str:
    code = f" ({step.item.code})" if step.item.code else ""
    what = f"{step.item.name}{code}{step.place}"
    begin = f"From {day_text(step.on)} {_now(step.now, what)}"
    same = step.now.holding == step.before.holding and _holders(step.now) == _holders(step.before)
    if same and step.now.records:
        return f"{begin} as before, with other terms: {_terms(step)}."
    return f"{begin}; before, {_before(step.before)}."


def _now(answer: Answer[Held], what: str) -> str:
    who = _who(answer)
    match answer.holding:
        case Holding.TRANSFERRED:
            return f"{who} holds {what}"
        case Holding.SHARED:
            return f"{who} share {what}"
        case Holding.RETAINED:
            return f"the sponsor keeps {what}"
        case Holding.NOT_APPLICABLE:
            return f"{what} is not applicable"
        case Holding.OVERLAP:
            return f"{who} are each recorded as holding {what}"
    return f"nothing is recorded for {what}, so that the sponsor keeps it by default"


def _before(answer: Answer[Held]) -> str:
    who = _who(answer)
    match answer.holding:
        case Holding.TRANSFERRED:
            return f"{who} held it"
        case Holding.SHARED:
            return f"{who} shared it"
        case Holding.RETAINED:
            return "the sponsor kept it"
        case Holding.NOT_APPLICABLE:
            return "it was not applicable"
        case Holding.OVERLAP:
            return f"{who} were each recorded as holding it"
    return "nothing was recorded and the sponsor kept it by default"


def _who(answer: Answer[Held]) -> str:
    shared = any(one.kind == Holding.SHARED for one in answer.records)
    names = ["the sponsor"] if shared else []
    names += [one.holder_name or "the sponsor" for one in answer.records]
    return joined(list(dict.fromkeys(names))) if names else ""


def _holders(answer: Answer[Held]) -> set[int | None]:
    return {one.holder for one in answer.records}


def _terms(step: Step) -> str:
    """Say what became of each term of those who hold it still."""
    old = {one.holder: one for one in step.before.records}
    said = []
    for one in step.now.records:
        known = old[one.holder]
        who = f" of {one.holder_name}" if len(step.now.records) > 1 else ""
        said += [
            f"{name}{who} “{text or 'not recorded'}” (before: “{was or 'not recorded'}”)"
            for (name, text), (_, was) in zip(terms_of(one), terms_of(known), strict=True)
            if text != was
        ]
    return "; ".join(said)
