"""Asking the API with a service token, as a CRO's system does."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from oversight.accounts.models import User
from tests.kpis.makers import GOOD
from tests.people import World
from vendors.access import actor_of
from vendors.models import Membership, Vendor
from vendors.tokens.services import Issued, issue_token

BASE = "/api/v1/"


def issued(
    world: World,
    *,
    person: User | None = None,
    vendor: Vendor | None = None,
    scopes: tuple[str, ...] = ("read", "upload"),
    days: int = 30,
    now: datetime | None = None,
) -> Issued:
    """Issue a token for Ada at Alpha, unless told otherwise."""
    now = now or timezone.now()
    return issue_token(
        actor=actor_of(world.ines),
        membership=Membership.objects.get(user=person or world.ada, vendor=vendor or world.alpha),
        name="nightly export",
        scopes=scopes,
        expires_at=now + timedelta(days=days),
        now=now,
    )


class Caller:
    """A system that asks with one token."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str, /, **query: Any) -> Any:
        """Ask for an address below the API's root."""
        return self.client.get(BASE + path, query)

    def read(self, path: str, /, **query: Any) -> Any:
        """Return what is there, which must be something."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.content
        return response.json()

    def rows(self, path: str, /, **query: Any) -> list[dict[str, Any]]:
        """Return the rows of a list's first page."""
        found: list[dict[str, Any]] = self.read(path, **query)["results"]
        return found

    def send(self, world: World, *contents: bytes, key: str = "", **more: Any) -> Any:
        """Send files for Alpha's engagement and study, unless told otherwise (None: left out)."""
        files = [
            SimpleUploadedFile(f"queries_{place}.csv", content)
            for place, content in enumerate(contents or (GOOD,))
        ]
        data = {"engagement": world.alpha_engagement.pk, "study": world.study.pk, "files": files}
        headers = {"Idempotency-Key": key} if key else {}
        given = {name: value for name, value in (data | more).items() if value is not None}
        return self.client.post(f"{BASE}submissions/", given, headers=headers)


def caller(world: World, **token: Any) -> Caller:
    """Return a caller with a token of Ada's at Alpha, unless told otherwise."""
    return Caller(issued(world, **token).secret)


LONG_AGO = datetime(2024, 6, 1, tzinfo=UTC)
