"""The values of a delegation's form, judged as if they were saved."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.coverage.analysis import changed
from studies.coverage.facts import Held
from studies.delegation_form import DelegationForm
from studies.models import Delegation
from studies.selectors.coverage import Line, lines
from studies.selectors.coverage_facts import facts_of

MOVED = (Delegation.Kind.TRANSFERRED, Delegation.Kind.SHARED)


@dataclass(frozen=True)
class Checked:
    """What saving would raise, clear and leave; not `complete`: more must be filled in first."""

    complete: bool
    raised: tuple[Line, ...] = ()
    cleared: tuple[Line, ...] = ()
    left: tuple[Line, ...] = ()


def checked(*, user: Any, form: DelegationForm, on: date) -> Checked:
    """Return what the values in a form would change; errors of other fields do not matter.

    What needs the catalogue of KPIs is not asked here.
    """
    form.is_valid()
    held = held_of(form)
    if held is None:
        return Checked(complete=False)
    facts = facts_of(user=user, studies=[held.study])
    change = changed(facts, held, on=on, instead_of=form.instance.pk)
    found = (change.raised, change.cleared, change.left)
    return Checked(True, *(lines(one, may_edit=False) for one in found))


def held_of(form: DelegationForm) -> Held | None:
    """Return a form's values as a fact, or None where too little is filled in to judge."""
    values = form.cleaned_data
    study, function = values.get("study"), values.get("function")
    if form.instance.pk is not None:
        study, function = form.instance.study, form.instance.function
    kind, first, engagement = (values.get(name) for name in ("kind", "from_date", "engagement"))
    if not (study and function and kind and first) or (kind in MOVED) != bool(engagement):
        return None
    performer, version = values.get("performer"), values.get("agreement_version")
    return Held(
        pk=form.instance.pk or 0,
        study=study.pk,
        function=function.pk,
        kind=kind,
        holder=engagement.vendor_id if engagement else None,
        from_date=first,
        until_date=values.get("until_date"),
        region=values.get("region") or "",
        engagement=engagement.pk if engagement else None,
        performer=performer.pk if performer else None,
        decision_maker=values.get("decision_maker") or "",
        version=version.pk if version else None,
        work_began_on=values.get("work_began_on"),
    )
