"""Which scopes a submission's acceptance touches, and what each is computed from."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kpis.agreed.reading import limits_in_force
from kpis.due import Duty, applicable, by_study, chosen_for, duties
from kpis.models import Submission
from kpis.own_tables import KeptTable, OwnScope, kept_tables
from kpis.snapshots.inputs import Inputs, Part
from kpis.submissions.states import State
from studies.models import Delegation, Study


def scopes_of(submission: Submission, *, period: date) -> list[Inputs]:
    """Return the inputs of each study touched and of the engagement; empty if not accepted."""
    accepted = _accepted(submission, period)
    if submission.pk not in {one.pk for one in accepted}:
        return []
    return _scopes(submission, [Part(one) for one in accepted], period)


def scopes_with(draft: Part, *, period: date) -> list[Inputs]:
    """Return the same as if the draft's submission had been accepted in place of its scope's."""
    submission = draft.submission
    others = [
        Part(one) for one in _accepted(submission, period) if one.study_id != submission.study_id
    ]
    parts = sorted([*others, draft], key=_study_first)
    return _scopes(submission, parts, period)


def _accepted(submission: Submission, period: date) -> list[Submission]:
    return list(
        Submission.objects.filter(
            engagement=submission.engagement_id, period_start=period, state=State.ACCEPTED
        ).order_by("study_id")
    )


def _study_first(part: Part) -> tuple[bool, int]:
    """Sort as the database does: by study, what spans studies last."""
    return part.submission.study_id is None, part.submission.study_id or 0


def _scopes(submission: Submission, parts: list[Part], period: date) -> list[Inputs]:
    held = [
        duty
        for duty in duties(Delegation.objects.filter(engagement=submission.engagement_id))
        if duty.covers(period)
    ]
    touched = {duty.study_id for duty in held}
    if submission.study_id is not None:
        touched = {submission.study_id}
    agreed = limits_in_force(submission.engagement, period)
    studies = Study.objects.filter(pk__in=touched).order_by("protocol_number")
    found = [_of_study(submission, study, parts, held, period) for study in studies]
    model = submission.engagement.model
    functions = {duty.function for duty in held}
    definitions = applicable(model, functions, chosen_for(held, period), period=period)
    found.append(Inputs(submission.engagement_id, None, period, tuple(parts), definitions))
    return [
        replace(inputs, limits=agreed, own=_own(inputs)) for inputs in found if inputs.definitions
    ]


def _own(inputs: Inputs) -> dict[str, KeptTable]:
    scope = OwnScope(inputs.engagement_id, inputs.study_id, inputs.cutoff_date)
    return kept_tables(inputs.definitions, scope)


def _of_study(
    submission: Submission,
    study: Study,
    parts: Iterable[Part],
    held: Iterable[Duty],
    period: date,
) -> Inputs:
    """The study's own submission first, then the rows about it in one that spans studies."""
    functions = {duty.function for duty in held if duty.study_id == study.pk}
    model, chosen = submission.engagement.model, chosen_for(held, period)
    definitions = applicable(model, functions, chosen, period=period)
    own = [one for one in parts if one.submission.study_id == study.pk]
    spanning = [replace(one, study=study) for one in parts if one.submission.study_id is None]
    return Inputs(
        submission.engagement_id,
        study.pk,
        period,
        (*own, *spanning),
        tuple(one for one in definitions if by_study(one)),
    )
