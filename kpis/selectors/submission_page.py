"""Everything one submission's page shows, for one reader."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.models import Check, Submission
from kpis.selectors.comments import CommentRow, comment_rows
from kpis.selectors.contents import ListingContents, contents_of
from kpis.selectors.corrections import CorrectionRow, correction_rows
from kpis.selectors.disputes import DisputeRow, dispute_rows
from kpis.selectors.feeding import Feeds, feeds_of
from kpis.selectors.files import FileRow, file_rows, files_set_aside
from kpis.selectors.happenings import Happening, happenings
from kpis.selectors.headline import Facts, Stage, stages, title
from kpis.selectors.layout_notice import LayoutNotice, layout_notice
from kpis.selectors.marked import MarkedState, marked_states
from kpis.selectors.problem_groups import ProblemGroups, problem_groups
from kpis.selectors.steps import Steps, steps_for
from kpis.submissions.handing import in_hand
from kpis.submissions.states import State
from kpis.submissions.submit import UnknownSite, blockers, unknown_sites


@dataclass(frozen=True)
class Cutoff:
    """The data cut-off: confirmed, or proposed from so many of the rows that speak of it."""

    confirmed: date | None
    proposed: date | None
    agreeing: int
    dated: int

    @property
    def to_confirm(self) -> date | None:
        """Return the date with which the form begins."""
        return self.confirmed or self.proposed


@dataclass(frozen=True)
class SubmissionPage:
    """One submission as its page shows it."""

    submission: Submission
    checking: bool
    title: str
    sponsor: str
    steps: Steps
    stages: tuple[Stage, ...]
    files: tuple[FileRow, ...]
    set_aside: tuple[FileRow, ...]
    cutoff: Cutoff
    groups: ProblemGroups
    sites: tuple[UnknownSite, ...]
    contents: tuple[ListingContents, ...]
    feeds: Feeds
    blockers: tuple[str, ...]
    comments: tuple[CommentRow, ...]
    corrections: tuple[CorrectionRow, ...]
    disputes: tuple[DisputeRow, ...]
    in_hand: str
    marked: tuple[MarkedState, ...]
    happenings: tuple[Happening, ...]
    layouts: LayoutNotice | None

    @property
    def drafts(self) -> int:
        """Return how many comments on cells wait for the return."""
        return sum(comment.draft for comment in self.comments)

    @property
    def comment(self) -> str:
        """Return what the sponsor said at its last decision."""
        return self.submission.decision_comment


def with_relations(submissions: Any) -> Any:
    """Load what the page names beside the submission itself."""
    return submissions.select_related(
        "engagement__sponsor",
        "engagement__vendor",
        "study",
        "created_by",
        "submitted_by",
        "decided_by",
        "worked_on_by",
        "supersedes",
        "superseded_by",
    )


def submission_page(*, user: Any, submission: Submission) -> SubmissionPage:
    """Return the page of a submission that `user` may see; the number of statements is fixed."""
    check = submission.checks.last()
    steps = steps_for(user, submission)
    groups = problem_groups(check)
    files = file_rows(submission, check)
    sponsor = submission.engagement.sponsor.name
    facts = Facts(submission, check, groups, len(files), sponsor)
    checking = submission.state == State.RECEIVED
    return SubmissionPage(
        submission=submission,
        checking=checking,
        title=_upper(title(facts)),
        sponsor=sponsor,
        steps=steps,
        stages=stages(facts),
        files=files,
        set_aside=files_set_aside(submission),
        cutoff=_cutoff(submission, check),
        groups=groups,
        sites=tuple(unknown_sites(submission)) if steps.explain else (),
        contents=() if checking else contents_of(check),
        feeds=Feeds() if checking else feeds_of(submission, check),
        blockers=tuple(blockers(submission)) if steps.submit or steps.mend else (),
        comments=comment_rows(user, submission),
        corrections=correction_rows(user, submission),
        disputes=dispute_rows(user, submission),
        in_hand=_in_hand(user, submission, steps),
        marked=() if checking else marked_states(submission, check),
        happenings=happenings(submission, sponsor_side=steps.sponsor_side),
        layouts=None if checking else layout_notice(submission, check),
    )


def _cutoff(submission: Submission, check: Check | None) -> Cutoff:
    return Cutoff(
        confirmed=submission.data_cutoff_date,
        proposed=check.proposed_cutoff_date if check else None,
        agreeing=check.rows_agreeing if check else 0,
        dated=check.rows_dated if check else 0,
    )


def _in_hand(user: Any, submission: Submission, steps: Steps) -> str:
    """Return who of the reader's colleagues has the submission in hand; the sponsor is not told."""
    mine = submission.worked_on_by_id in (None, user.pk)
    return "" if mine or not steps.mend else in_hand(submission)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
