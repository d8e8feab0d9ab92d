"""A file on its way in: refused to visitors, stopped at the limit, kept out of the memory."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tests.people import World


def upload(user: Any, size: int) -> Any:
    """A request whose form has been read, as the view finds it."""
    file = SimpleUploadedFile("queries.csv", b"x" * size)
    request: Any = RequestFactory().post("/", {"file": file, "note": "kept"})
    request.user = user
    request.POST  # noqa: B018  (reading the form is what runs the handlers)
    return request


@pytest.fixture
def limit(settings: Any) -> int:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    return int(settings.MAX_UPLOAD_BYTES)


def test_a_file_within_the_limit_is_on_disk(world: World, limit: int) -> None:
    request = upload(world.ada, limit)
    assert request.FILES["file"].size == limit
    assert request.FILES["file"].temporary_file_path()
    assert not hasattr(request, "upload_refused")
    request.FILES["file"].close()


def test_a_larger_file_is_stopped_with_a_sentence(world: World, limit: int) -> None:
    request = upload(world.ada, limit + 1)
    assert "file" not in request.FILES
    assert request.upload_refused.startswith("The file is larger than 1 MB")


def test_a_visitor_sends_nothing(limit: int) -> None:
    request = upload(AnonymousUser(), 10)
    assert "file" not in request.FILES
    assert request.upload_refused == "Sign in before you send a file."
