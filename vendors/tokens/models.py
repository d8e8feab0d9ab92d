"""Service tokens, and the requests that must be answered only once."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from vendors.access import VisibleModel

LONGEST_LIFE = timedelta(days=400)


class ServiceToken(VisibleModel):
    """What a CRO's system shows instead of a password: for one vendor, in one member's name.

    The secret itself is shown once and not kept, only its SHA-256. A plain hash is right here: the
    secret is 256 random bits, so there is nothing to guess that a slow hash would protect, and a
    hash without salt can be looked up. Without end (`expires_at`) there is no token.
    """

    sponsor_path = "vendor__sponsor"
    vendor_path = "vendor"

    class Scope(models.TextChoices):
        READ = "read", "Read"
        UPLOAD = "upload", "Upload"

    vendor = models.ForeignKey(
        "vendors.Vendor", on_delete=models.PROTECT, related_name="service_tokens"
    )
    acts_for = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="service_tokens",
        verbose_name="acts for",
        help_text="The member of the CRO in whose name it acts; it stops with their membership.",
    )
    name = models.CharField(max_length=80, help_text="What uses it, such as “nightly export”.")
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices))
    prefix = models.CharField(max_length=16, help_text="How the token begins, to recognise it.")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=["read", "upload"]) & ~Q(scopes=[]),
                name="token_has_known_scopes",
                violation_error_message="Say what the token may do.",
            ),
            models.CheckConstraint(
                condition=Q(
                    expires_at__gt=F("issued_at"),
                    expires_at__lte=F("issued_at") + LONGEST_LIFE,
                ),
                name="token_expires_within_400_days",
                violation_error_message="A token lasts at least a day and at most 400 days.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revocation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name})"


class IdempotencyKey(VisibleModel):
    """A request that a CRO's system named with a key, and what came of it.

    Asked again with the same key and content it is answered the same and not done twice. Written in
    the transaction that does the work; `outcome` is the key of the record that came of it.
    """

    sponsor_path = "vendor__sponsor"
    vendor_path = "vendor"
    insert_only = True

    vendor = models.ForeignKey(
        "vendors.Vendor", on_delete=models.PROTECT, related_name="idempotency_keys"
    )
    key = models.CharField(max_length=200)
    content_sha256 = models.CharField(max_length=64)
    outcome = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "key"], name="idempotency_key_once_per_vendor"
            )
        ]

    def __str__(self) -> str:
        return self.key
