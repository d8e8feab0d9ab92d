"""Django's test client signed in as one of the people, and what a page says as one line of text."""

import html
import re
from typing import Any

from django.test import Client

from oversight.accounts.models import User


def browser(user: User) -> Client:
    """Return a client signed in as `user`."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words_of(response: Any) -> str:
    """Return what a page says, without tags."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(bare).split())


def bytes_of(response: Any) -> bytes:
    """Return all of a file that a view streams."""
    return b"".join(response.streaming_content)
