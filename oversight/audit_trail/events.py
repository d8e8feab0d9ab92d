"""The closed list of what can happen, each with its sentence."""

from django.db import models


class Event(models.TextChoices):
    """What happened; the label completes "… by <actor>" on the audit-trail page."""

    SIGNED_IN = "signed-in", "Signed in"
    SIGNED_OUT = "signed-out", "Signed out"
    SIGN_IN_FAILED = "sign-in-failed", "Failed to sign in"
    SIGN_IN_THROTTLED = "sign-in-throttled", "Was refused after too many failures"
    REFUSED = "refused", "Was refused: the role does not allow it"
    CREATED = "created", "Created"
    CHANGED = "changed", "Changed"
    ENDED = "ended", "Ended"
    RECEIVED = "received", "File received"
    CHECKED = "checked", "File checked"
    EXPLAINED = "explained", "Warning explained"
    SUBMITTED = "submitted", "Submitted to the sponsor"
    RETURNED = "returned", "Returned to the CRO"
    ACCEPTED = "accepted", "Accepted"
    SUPERSEDED = "superseded", "Superseded by a later submission"
    WITHDRAWN = "withdrawn", "Withdrawn by the CRO"
    TAKEN_OVER = "taken-over", "Taken over from a colleague"
    CORRECTED = "corrected", "Cell corrected in place"
    CORRECTION_ENDED = "correction-ended", "Correction of a cell taken back"
    DISPUTED = "disputed", "Disputed by the CRO"
    SETTLED = "settled", "Dispute settled by the sponsor"
    WAIVED = "waived", "Waived by the sponsor"
    WAIVER_ENDED = "waiver-ended", "Waiver taken back"
    REMINDED = "reminded", "Reminder sent"
    COMPUTED = "computed", "KPI results computed"
    RECOMPUTING = "recomputing", "Recomputation asked for"
    RECOMPUTED = "recomputed", "Recomputation finished"
    CANCELLED = "cancelled", "Recomputation cancelled"
    PROVED = "proved", "KPI result computed again"
    VIEWED = "viewed", "Viewed"
    DOWNLOADED = "downloaded", "Downloaded"
    EXPORTED = "exported", "Exported"
    IMPORTED = "imported", "Imported from a file"
    SEALED = "sealed", "Audit trail sealed"


def event_choices() -> list[tuple[str, str]]:
    """Return the list for the model: a function, so that an event more needs no migration."""
    return [(str(value), str(label)) for value, label in Event.choices]
