"""The scheduled part: sealing, and the head of the chain mailed to its keeper outside."""

from typing import Any

import pytest
from django.core import mail

from oversight.audit_trail import tasks
from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import Seal
from oversight.audit_trail.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.AUDIT_TRAIL_ANCHOR_EMAIL = "keeper@example.org"


def test_sealing_twice_makes_one_seal() -> None:
    record(Event.VIEWED, actor=Actor.system("tests"))
    tasks.seal()
    tasks.seal()
    assert Seal.objects.count() == 1


def test_the_head_is_mailed_with_its_hash() -> None:
    record(Event.VIEWED, actor=Actor.system("tests"))
    tasks.anchor()
    head = Seal.objects.get()
    (message,) = mail.outbox
    assert message.to == ["keeper@example.org"]
    assert head.sha256 in message.body


def test_without_a_keeper_or_a_seal_nothing_is_mailed(settings: Any) -> None:
    tasks.anchor()
    settings.AUDIT_TRAIL_ANCHOR_EMAIL = ""
    record(Event.VIEWED, actor=Actor.system("tests"))
    tasks.anchor()
    assert mail.outbox == []
