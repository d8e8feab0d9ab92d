"""Steps 3 to 5: explain warnings, add sites, hand over, take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kpis.engine.tables import LISTINGS
from kpis.models import Problem, Submission
from kpis.submissions.handing import begin_change, count_change, let_go
from kpis.submissions.reach import spellings, studies_of
from kpis.submissions.receive import check_again
from kpis.submissions.sealing import open_table
from kpis.submissions.states import State, StepRefused, locked, move
from kpis.task_names import TELL
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue
from studies.models import Site

# Listings whose rows belong to sites; that a participant was listed at one is no problem yet.
AT_SITES = [
    name
    for name, listing in LISTINGS.items()
    if name != "participants" and "site" in {column.name for column in listing.columns}
]


@dataclass(frozen=True)
class UnknownSite:
    """A site that a file names and its study does not have."""

    number: str
    country: str
    rows: int
    study_id: int
    study: str

    @property
    def key(self) -> str:
        """Return what stands for it in a form."""
        return f"{self.study_id}:{self.number}"


def explain(
    *,
    actor: Actor,
    problem: Problem,
    explanation: str,
    now: datetime,
    seen: str | None = None,
    revision: int | None = None,
) -> None:
    """Keep the sender's explanation of a warning; raises StepRefused when it is too late.

    `seen` is the explanation its writer had before them; one kept since then is not overwritten.
    """
    with acting(actor, reason="Warning explained"):
        submission = locked(problem.check_made.submission)
        if submission.state != State.CHECKED:
            raise StepRefused("Warnings can be explained until the submission is handed over.")
        if submission.checks.last() != problem.check_made:
            raise StepRefused("The files were checked anew meanwhile. Explain what is shown now.")
        problem.refresh_from_db()
        if seen is not None and problem.explanation not in (seen, explanation.strip()):
            raise StepRefused(
                f"{problem.explained_by} explained this meanwhile: “{problem.explanation}” "
                "It was kept; change it if yours is better."
            )
        if problem.severity != Problem.Severity.WARNING:
            raise StepRefused("Only a warning can be explained; an error must be corrected.")
        if not explanation.strip():
            raise StepRefused("Write a sentence that explains it.")
        problem.explanation = explanation.strip()
        problem.explained_at = now
        problem.explained_by_id = actor.person_id
        begin_change(actor=actor, submission=submission, now=now, revision=revision)
        submission.save()
        problem.save()
        record(
            Event.EXPLAINED,
            actor=actor,
            subject=submission,
            reason=problem.explanation,
            detail={"rule": problem.rule},
        )


def unknown_sites(submission: Submission) -> list[UnknownSite]:
    """Return the sites that the newest check's tables name and the study does not have.

    A site that only the list of participants names is no problem yet: the checks pass it too.
    """
    check = submission.checks.last()
    found: dict[tuple[int, str], UnknownSite] = {}
    for study in studies_of(submission):
        known = set(Site.objects.filter(study=study).values_list("number", flat=True))
        names = None if submission.study_id else spellings(study)
        for table in check.tables.filter(listing__in=AT_SITES) if check else ():
            rows = open_table(table.sha256, columns=["study", "site", "country"])
            if names is not None:
                named = rows["study"].fillna("").str.strip().str.casefold()
                rows = rows[named.isin(names)]
            for number, group in rows.groupby("site", dropna=True):
                if number and number not in known and (study.pk, number) not in found:
                    countries = group["country"].dropna()
                    country = str(countries.iloc[0]) if len(countries) else ""
                    found[study.pk, str(number)] = UnknownSite(
                        str(number), country, len(group), study.pk, study.protocol_number
                    )
    return list(found.values())


def add_sites(
    *,
    actor: Actor,
    submission: Submission,
    keys: Sequence[str],
    now: datetime,
    revision: int | None = None,
) -> int:
    """Add sites that the files name to their study, and check again; return how many were added."""
    with acting(actor, reason=f"Named in {submission}"):
        submission = locked(submission)
        if submission.state != State.CHECKED:
            raise StepRefused("Sites can be added once the check has ended. Look at what it found.")
        wanted = [site for site in unknown_sites(submission) if site.key in set(keys)]
        if not wanted:
            raise StepRefused("No site was chosen. Nothing was changed.")
        begin_change(actor=actor, submission=submission, now=now, revision=revision)
        for unknown in wanted:
            site = Site.objects.create(
                study_id=unknown.study_id, number=unknown.number, country=unknown.country
            )
            record(Event.CREATED, actor=actor, subject=site, reason=f"Named in {submission}")
        check_again(submission)
    return len(wanted)


def blockers(submission: Submission) -> list[str]:
    """Return what stands in the way of handing over, each a sentence; empty when nothing does."""
    check = submission.checks.last()
    if submission.state == State.RECEIVED or check is None:
        return ["The files are still being checked."]
    if submission.state == State.RETURNED:
        return ["Send a corrected file, or confirm the cut-off again to answer without one."]
    if submission.state != State.CHECKED:
        return [f"The submission is {submission.get_state_display().lower()}."]
    found = []
    if submission.data_cutoff_date is None:
        found.append("Confirm the data cut-off date.")
    if check.error_count:
        found.append("Correct the errors and send the file again.")
    open_warnings = check.problems.filter(
        Q(severity=Problem.Severity.WARNING), explanation=""
    ).count()
    if open_warnings:
        found.append(
            f"{open_warnings} warnings need a sentence."
            if open_warnings > 1
            else "1 warning needs a sentence."
        )
    if not check.tables.exists():
        found.append("No listing was found in the files.")
    return found


def accepted_before(submission: Submission) -> Submission | None:
    """Return the accepted submission of the same scope and period, which this one would restate."""
    return Submission.objects.filter(
        engagement=submission.engagement_id,
        study=submission.study_id,
        period_start=submission.period_start,
        state=State.ACCEPTED,
    ).first()


def submit(
    *,
    actor: Actor,
    submission: Submission,
    now: datetime,
    reason: str = "",
    cause: str = "",
    found_by: str = "",
    revision: int | None = None,
) -> None:
    """Hand the submission over to the sponsor; raises StepRefused while something stands open.

    A period that was accepted before is locked: another submission of it is a restatement, which
    needs its reason, its cause and who found it (values of RestatementCause and FoundBy).
    """
    with acting(actor, reason=reason.strip() or "Handed over"):
        submission = locked(submission)
        count_change(submission, revision=revision)
        open_points = blockers(submission)
        if open_points:
            raise StepRefused(" ".join(open_points))
        earlier = accepted_before(submission)
        said = (reason.strip(), cause, found_by) if earlier is not None else ("", "", "")
        if earlier is not None:
            _refuse_unsaid(earlier, *said)
        submission.restatement_reason, submission.restatement_cause = said[:2]
        submission.restatement_found_by = said[2]
        move(submission, State.SUBMITTED)
        let_go(submission)
        submission.submitted_at, submission.submitted_by_id = now, actor.person_id
        submission.decided_at = submission.decided_by_id = None
        submission.decision_comment = ""
        submission.save()
        record(
            Event.SUBMITTED, actor=actor, subject=submission, reason=submission.restatement_reason
        )
        enqueue(TELL, submission_id=submission.pk, step="submitted")


def _refuse_unsaid(earlier: Submission, reason: str, cause: str, found_by: str) -> None:
    """Raise StepRefused unless all that a restatement must say was said."""
    asked = (
        (reason, "why it is restated"),
        (cause in Submission.RestatementCause.values, "what caused it"),
        (found_by in Submission.FoundBy.values, "who found it"),
    )
    missing = [words for said, words in asked if not said]
    if missing:
        raise StepRefused(
            f"{earlier} was accepted for this period, and the period is locked. Say "
            f"{', '.join(missing)}: it stays with both."
        )


def withdraw(
    *, actor: Actor, submission: Submission, reason: str, revision: int | None = None
) -> None:
    """Take an open submission back; its files and history stay. It needs a reason."""
    if not reason.strip():
        raise StepRefused("Say why you withdraw it.")
    with acting(actor, reason=reason):
        submission = locked(submission)
        count_change(submission, revision=revision)
        move(submission, State.WITHDRAWN)
        let_go(submission)
        submission.save()
        record(Event.WITHDRAWN, actor=actor, subject=submission, reason=reason)
