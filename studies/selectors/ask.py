"""Who do I ask: words in; who does it, under which clause, who decides and whom to contact out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from studies.asking import Meant, Thing, meant, words_of
from studies.models import Function, Site, Study
from studies.selectors.held import held
from studies.selectors.parties import Grouped, Party, parties_of_studies
from studies.selectors.raci import RaciRow, raci_row
from studies.selectors.taxonomy import rule_of
from studies.selectors.whom import Ladder, Ladders, Whom, closest, contacts
from vendors.access import memberships_of
from vendors.models import Vendor

MOST = 40


@dataclass(frozen=True)
class Answer:
    """One function on one study in one place: who, under what, who decides, whom to contact."""

    study_id: int
    study: str
    row: RaciRow
    parties: tuple[Party, ...]
    whom: tuple[Whom, ...]
    ladders: tuple[Ladder, ...]


@dataclass(frozen=True)
class Answers:
    """What was found; `left_off` counts further answers, `subjects` are contacts by subject.

    `asked` is False where there was nothing to look for.
    """

    asked: bool
    found: tuple[Answer, ...] = ()
    left_off: int = 0
    subjects: tuple[Whom, ...] = ()
    unknown: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


def ask(*, user: Any, text: str, study_id: int | None, on: date) -> Answers:
    """Answer from what `user` may see; a fixed number of statements."""
    words = words_of(text)
    if not words and study_id is None:
        return Answers(asked=False)
    studies = list(Study.objects.visible_to(user).select_related("sponsor"))
    functions = list(_functions(user))
    known = contacts(user=user, on=on)
    sites = _sites(user, words)
    vendors = Vendor.objects.visible_to(user).values_list("pk", "name")
    found = meant(
        words,
        {
            "study": [Thing(one.pk, (one.protocol_number,)) for one in studies],
            "site": [Thing(one.pk, (one.name,), (one.number,)) for one in sites],
            "function": [Thing(one.pk, _texts(one)) for one in functions],
            "party": [Thing(pk, (name,)) for pk, name in vendors],
            "subject": [Thing(one.pk, (one.subject, one.name)) for one in known],
        },
    )
    chosen_sites = [one for one in sites if one.pk in (found.of("site") or ())]
    chosen = _chosen(studies, found, {one.study_id for one in chosen_sites}, study_id)
    grouped = parties_of_studies(user=user, study_ids=[one.pk for one in chosen], today=on)
    rows = (
        list(_rows(user, chosen, functions, found, grouped, on)) if _about(found, study_id) else []
    )
    shown = rows[:MOST]
    ladders = Ladders(
        user=user, vendor_ids={p.holder for _, _, ps in shown for p in ps if p.holder}, on=on
    )
    subjects = found.of("subject") or frozenset()
    return Answers(
        asked=True,
        found=tuple(_answer(*one, known=known, ladders=ladders, text=text) for one in shown),
        left_off=len(rows) - len(shown),
        subjects=tuple(one for one in known if one.pk in subjects),
        unknown=found.unknown,
        sites=tuple(f"{one.number}{f', {one.name}' if one.name else ''}" for one in chosen_sites),
    )


def _about(found: Meant, study_id: int | None) -> bool:
    """Say whether it is about work at all, not only about a contact's subject."""
    return study_id is not None or any(
        found.of(kind) is not None for kind in ("study", "site", "function", "party")
    )


def _functions(user: Any) -> Any:
    found = Function.objects.visible_to(user).exclude(obligation__transferable=False)
    return found.select_related("obligation").order_by(
        "kind", F("sponsor").asc(nulls_first=True), "obligation__code", "name"
    )


def _texts(function: Function) -> tuple[str, ...]:
    rule = rule_of(function)
    if rule is None:
        return (function.name, function.description)
    cited = (rule.drug_citation, rule.device_citation, rule.gcp_citation, rule.other_citation)
    return (rule.code, function.name, rule.group, *cited)


def _sites(user: Any, words: tuple[str, ...]) -> list[Site]:
    if not words:
        return []
    fits = Q()
    for word in words:
        fits |= Q(number__iexact=word) | Q(number__iendswith=f" {word}")
        if len(word) > 2:
            fits |= Q(name__icontains=word)
    return list(Site.objects.visible_to(user).filter(fits).order_by("study", "number")[:200])


def _chosen(
    studies: list[Study], found: Meant, of_sites: set[int], study_id: int | None
) -> list[Study]:
    named = found.of("study")
    wanted = {one.pk for one in studies} if named is None else set(named)
    if study_id is not None:
        wanted &= {study_id}
    if of_sites:
        wanted = wanted & of_sites or of_sites
    return [one for one in studies if one.pk in wanted]


Row = tuple[Study, RaciRow, tuple[Party, ...]]


def _rows(
    user: Any,
    studies: list[Study],
    functions: list[Function],
    found: Meant,
    grouped: Grouped,
    on: date,
) -> Iterator[Row]:
    """Yield what the words mean; what nobody has recorded only where the function was asked for."""
    sponsors = {membership.sponsor_id for membership in memberships_of(user)}
    wanted, parties_wanted = found.of("function"), found.of("party")
    for study in studies:
        own = study.sponsor_id in sponsors
        for function in functions:
            theirs = function.sponsor_id in (None, study.sponsor_id)
            if not theirs or (wanted is not None and function.pk not in wanted):
                continue
            for one in held(grouped.get((study.pk, function.pk), ()), on=on, own=own):
                of_party = {n for p in one.parties for n in (p.holder, p.performer_id)}
                if parties_wanted is not None and not of_party & parties_wanted:
                    continue
                if wanted is not None or not one.by_default:
                    yield study, raci_row(study, function, one), one.parties


def _answer(
    study: Study,
    row: RaciRow,
    parties: tuple[Party, ...],
    *,
    known: tuple[Whom, ...],
    ladders: Ladders,
    text: str,
) -> Answer:
    vendor_ids = {n for p in parties for n in (p.holder, p.performer_id) if n is not None}
    of = [ladders.of(version_id=p.version_id, vendor_id=p.holder) for p in parties]
    return Answer(
        study_id=study.pk,
        study=str(study),
        row=row,
        parties=parties,
        whom=closest(known, vendor_ids=vendor_ids, subject=f"{row.title} {text}"),
        ladders=tuple(dict.fromkeys(one for one in of if one is not None)),
    )
