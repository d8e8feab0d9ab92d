"""Which scopes a submission's acceptance touches, and what each is computed from."""

from collections.abc import Iterable
from datetime import date

from kpis.due import Duty, applicable, by_study, duties
from kpis.models import Submission
from kpis.snapshots.inputs import Inputs, Part
from kpis.submissions.states import State
from studies.models import Delegation, Study


def scopes_of(submission: Submission, *, period: date) -> list[Inputs]:
    """Return the inputs of each study touched and of the engagement; empty if not accepted."""
    accepted = list(
        Submission.objects.filter(
            engagement=submission.engagement_id, period_start=period, state=State.ACCEPTED
        ).order_by("study_id")
    )
    if submission.pk not in {one.pk for one in accepted}:
        return []
    held = [
        duty
        for duty in duties(Delegation.objects.filter(engagement=submission.engagement_id))
        if duty.covers(period)
    ]
    touched = {duty.study_id for duty in held}
    if submission.study_id is not None:
        touched = {submission.study_id}
    studies = Study.objects.filter(pk__in=touched).order_by("protocol_number")
    found = [_of_study(submission, study, accepted, held, period) for study in studies]
    model = submission.engagement.model
    definitions = applicable(model, {duty.function for duty in held})
    parts = tuple(Part(one) for one in accepted)
    found.append(Inputs(submission.engagement_id, None, period, parts, definitions))
    return [inputs for inputs in found if inputs.definitions]


def _of_study(
    submission: Submission,
    study: Study,
    accepted: Iterable[Submission],
    held: Iterable[Duty],
    period: date,
) -> Inputs:
    """The study's own submission first, then the rows about it in one that spans studies."""
    functions = {duty.function for duty in held if duty.study_id == study.pk}
    definitions = applicable(submission.engagement.model, functions)
    own = [Part(one) for one in accepted if one.study_id == study.pk]
    spanning = [Part(one, study) for one in accepted if one.study_id is None]
    return Inputs(
        submission.engagement_id,
        study.pk,
        period,
        (*own, *spanning),
        tuple(one for one in definitions if by_study(one)),
    )
