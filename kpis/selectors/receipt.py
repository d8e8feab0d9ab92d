"""The receipt of a submission: what was received, when, from whom, and under which hash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.models import Submission, SubmittedFile
from oversight.look.times import utc_text


@dataclass(frozen=True)
class ReceiptFile:
    """One file as it was received; `set_aside_at` is when it was replaced or taken out."""

    name: str
    size: int
    sha256: str
    received_at: datetime
    uploaded_by: str
    door: str
    set_aside_at: datetime | None


@dataclass(frozen=True)
class Receipt:
    """All files of one submission, and where it stood when the receipt was made."""

    submission: Submission
    state: str
    made_at: datetime
    files: tuple[ReceiptFile, ...]

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """What was done with the files so far, and by whom: (step, words)."""
        one = self.submission
        handed = ("Handed over", one.submitted_at, one.submitted_by)
        decided = ("Decided", one.decided_at, one.decided_by)
        return tuple(
            (step, f"{utc_text(at)}, by {person}") for step, at, person in (handed, decided) if at
        )


def receipt_of(submission: Submission, *, now: datetime) -> Receipt:
    """Return the receipt; one statement."""
    files = submission.files.select_related("uploaded_by")
    return Receipt(
        submission=submission,
        state=submission.get_state_display(),
        made_at=now,
        files=tuple(_file(file) for file in files),
    )


def receipt_text(receipt: Receipt) -> str:
    """Return the receipt as plain text, to be kept beside the files."""
    submission = receipt.submission
    period = f"{submission.period_start:%B %Y}" if submission.period_start else "not confirmed"
    lines = [
        f"Receipt of {submission}",
        "",
        *_pairs(
            ("Sponsor", submission.engagement.sponsor.name),
            ("CRO", submission.engagement.vendor.name),
            ("Engagement", submission.engagement.name),
            ("Scope", submission.scope_name),
            ("Period", period),
            ("State", receipt.state),
            *receipt.steps,
            ("Receipt made", utc_text(receipt.made_at)),
        ),
    ]
    for file in receipt.files:
        lines += [
            "",
            *_pairs(
                ("File", _one_line(file.name)),
                ("Size", f"{file.size:,} bytes"),
                ("SHA-256", file.sha256),
                ("Received", utc_text(file.received_at)),
                ("From", file.uploaded_by),
                ("Way", file.door),
            ),
        ]
        if file.set_aside_at:
            lines += _pairs(("Replaced or taken out", utc_text(file.set_aside_at)))
    return "\n".join(lines) + "\n"


def _file(file: SubmittedFile) -> ReceiptFile:
    return ReceiptFile(
        name=file.name,
        size=file.size,
        sha256=file.sha256,
        received_at=file.received_at,
        uploaded_by=str(file.uploaded_by),
        door=SubmittedFile.Door(file.door).label,
        set_aside_at=file.set_aside_at,
    )


def _pairs(*pairs: tuple[str, Any]) -> list[str]:
    return [f"{name + ':':<24}{value}" for name, value in pairs]


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
