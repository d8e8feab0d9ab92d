"""What is refused because its bytes were sent before, with what the sender does instead.

Told within one CRO only: what another CRO sent must not show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from kpis.models import Submission, SubmittedFile
from kpis.submissions.states import State, StepRefused
from oversight import storage


@dataclass(frozen=True)
class Upload:
    """A file as it comes in: its name at the sender, and its bytes."""

    name: str
    stream: BinaryIO
    size: int


def refuse_twins(uploads: Sequence[Upload]) -> None:
    """Refuse two files of one content."""
    first: dict[str, str] = {}
    for upload in uploads:
        sha256 = storage.digest(upload.stream)
        if sha256 in first:
            raise StepRefused(
                f"{first[sha256]} and {upload.name} have the same content. Send one of the two."
            )
        first[sha256] = upload.name


def refuse_the_same(uploads: Sequence[Upload], replaced: SubmittedFile) -> None:
    """Refuse a file with the very bytes of the one that it is to replace."""
    for upload in uploads:
        if storage.digest(upload.stream) == replaced.sha256:
            raise StepRefused(
                f"{upload.name} has the same content as {replaced.name}, which it is to replace."
                f" Nothing was changed. {_instead(replaced, own=True)}"
            )


def refuse_if_sent_before(submission: Submission, uploads: Mapping[str, Upload]) -> None:
    """Refuse what stands in the submission, or brings nothing new: all was sent before.

    Beside a new file an old one passes: a listing in which nothing happened is the same as last
    month. Told within one CRO only: what another CRO sent must not show.
    """
    standing = SubmittedFile.objects.filter(
        sha256__in=list(uploads),
        set_aside_at=None,
        submission__engagement__vendor=submission.engagement.vendor_id,
    ).exclude(submission__state__in=[State.WITHDRAWN])
    own = standing.filter(submission=submission).select_related("submission").first()
    sent = set(standing.values_list("sha256", flat=True))
    earlier = own or standing.select_related("submission").order_by("pk").first()
    beside = submission.files.filter(set_aside_at=None).exists()
    if earlier is not None and (own or (sent == set(uploads) and not beside)):
        raise StepRefused(
            f"{uploads[earlier.sha256].name} has the same content as {earlier.name}, sent on "
            f"{earlier.received_at:%-d %b %Y} in {earlier.submission}. Nothing was changed. "
            f"{_instead(earlier, own=own is not None)}"
        )


def _instead(earlier: SubmittedFile, *, own: bool) -> str:
    """Return what the sender does whose file was sent before."""
    if own and earlier.submission.decision_comment:  # returned, and not handed over since
        return (
            "Did you save your corrections? To answer with the same file, correct single cells or "
            "dispute the comments, and confirm the data cut-off again."
        )
    if own:
        return "Did you save your corrections? It stands here already, and nothing is missing."
    if earlier.submission.state in Submission.OPEN_STATES:
        return f"Go on in {earlier.submission}, or withdraw it first."
    return "Where nothing changed since, send it together with a file that is new."
