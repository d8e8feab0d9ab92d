"""Pages of an import: send the file, look at what it would do, confirm with a reason.

The file waits in the cache under a word that only its sender's page knows, for as long as an
hour: the preview is an address that can be opened again, and nothing of it is kept in a form.
"""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vendors.access import Permission, actor_of, check_permission
from vendors.register.book import Book
from vendors.register.import_file import Waiting, import_file
from vendors.register.plan import Plan
from vendors.register.reading import UnreadableFile

KEPT_SECONDS = 60 * 60
MOST_SHOWN = 200


class UploadForm(forms.Form):
    """The changed file."""

    file = forms.FileField(
        label="File",
        help_text="The list as you downloaded it, with your changes: XLSX or CSV, up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class ConfirmForm(forms.Form):
    """Why all of this is changed."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept with every change of this file and shown in the history.",
        error_messages={"required": "Say why you change this: the reason is kept with the change."},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest, *, book: Book) -> HttpResponse:
    """Take a changed file, and lead to what it would do."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    form = UploadForm(request.POST or None, request.FILES or None)
    refused = getattr(request, "upload_refused", "")
    if refused:
        form.add_error(None, refused)
    elif form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            _plan(request, book, Waiting(file.name, content))
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            token = secrets.token_urlsafe(24)
            cache.set(_key(request, book, token), (file.name, content), KEPT_SECONDS)
            return redirect(_preview_name(book), token=token)
    return render(request, "vendors/import_form.html", {"form": form, **_context(book)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: HttpRequest, *, book: Book, token: str) -> HttpResponse:
    """Show what the file would do; with a reason, do it, all or nothing."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    held = cache.get(_key(request, book, token))
    if held is None:
        messages.warning(request, "This preview is no longer kept. Send the file again.")
        return redirect(book.import_url)
    form = ConfirmForm(request.POST or None)
    confirmed = form.is_valid()
    try:
        plan = _plan(
            request, book, Waiting(*held), form.cleaned_data["reason"] if confirmed else ""
        )
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect(book.import_url)
    if confirmed and not plan.refused:
        cache.delete(_key(request, book, token))
        messages.success(request, f"Done: {plan.new:,} added, {plan.changed:,} changed.")
        return redirect(book.list_url)
    context = {"plan": plan, "form": form, "rows": plan.worth_showing[:MOST_SHOWN], "name": held[0]}
    return render(request, "vendors/import_preview.html", {**context, **_context(book, "Preview")})


def _plan(request: HttpRequest, book: Book, file: Waiting, reason: str = "") -> Plan:
    return import_file(
        book=book,
        user=request.user,
        actor=actor_of(request.user),
        file=file,
        today=timezone.localdate(),
        reason=reason,
    )


def _key(request: HttpRequest, book: Book, token: str) -> str:
    return f"import-{request.user.pk}-{book.slug}-{token}"


def _preview_name(book: Book) -> str:
    return f"{book.import_url}-preview"


def _context(book: Book, *more: str) -> dict[str, Any]:
    crumbs = [(book.title, reverse(book.list_url)), ("Import", reverse(book.import_url))]
    crumbs = [*crumbs, *((word, "") for word in more)] if more else [crumbs[0], ("Import", "")]
    return {
        "book": book,
        "crumbs": crumbs,
        "export_url": reverse(book.import_url.replace("-import", "-export")),
        "import_url": reverse(book.import_url),
        "list_url": reverse(book.list_url),
        "most_shown": MOST_SHOWN,
    }
