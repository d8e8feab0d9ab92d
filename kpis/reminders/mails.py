"""Plain-text mails: a template, a link, one person each."""

import logging
from collections.abc import Mapping
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from oversight.accounts.models import User

logger = logging.getLogger(__name__)


def address_of(name: str, *args: object) -> str:
    """Return the whole address of a page, for a mail."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{reverse(name, args=args)}"


def send(person: User, *, subject: str, template: str, context: Mapping[str, Any]) -> bool:
    """Send one mail; False where its address is refused, which is logged. Raises OSError."""
    words = {"person": person, **context}
    try:
        send_mail(
            subject=" ".join(subject.split()),
            message=render_to_string(f"kpis/mail/{template}.txt", words),
            from_email=None,
            recipient_list=[person.email],
        )
    except SMTPRecipientsRefused:
        logger.exception("The mail address of person %s was refused.", person.pk)
        return False
    return True
