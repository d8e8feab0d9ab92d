"""The two records and the seals over them. Rows hold text copies and no foreign keys.

The application's role may only read these tables: changes are written by triggers, events and
seals by database functions that run with their owner's rights (`install.py`).
"""

from django.db import models

from oversight.audit_trail.events import event_choices


class Attributed(models.Model):
    """Who, in which role, for which organisation, why, when and in which request."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField(default="")
    role = models.TextField(default="")
    organisation = models.TextField(default="")
    reason = models.TextField(default="")
    request_id = models.TextField(default="")

    class Meta:
        abstract = True


class Change(Attributed):
    """One row inserted, updated or deleted in a business table, as the database saw it.

    `after` is the whole row as JSON (absent for a deletion); `before` holds the fields that an
    update changed, or the whole row that a deletion removed.
    """

    class Operation(models.TextChoices):
        INSERT = "insert", "Created"
        UPDATE = "update", "Changed"
        DELETE = "delete", "Deleted"

    table_name = models.TextField()
    object_id = models.TextField()
    operation = models.TextField(choices=Operation.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["table_name", "object_id", "id"], name="change_object"),
            models.Index(
                fields=["id"], name="change_unattributed", condition=models.Q(actor_name="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.object_id}"


class AuditTrailEntry(Attributed):
    """One thing that happened: a closed list of events, about one subject."""

    event = models.TextField(choices=event_choices)
    subject_table = models.TextField(default="")
    subject_id = models.TextField(default="")
    subject_label = models.TextField(default="")
    sponsor_id = models.BigIntegerField(null=True)
    vendor_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_table", "subject_id", "id"], name="entry_subject"),
            models.Index(fields=["sponsor_id", "-id"], name="entry_sponsor"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_label}"


class Seal(models.Model):
    """One link of the hash chain: SHA-256 over the previous link and all entries since."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    last_change_id = models.BigIntegerField()
    last_entry_id = models.BigIntegerField()
    previous_sha256 = models.TextField()
    sha256 = models.TextField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.sha256[:12]}"
