"""The receipt of a submission: to print, and as plain text."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kpis.selectors.receipt import receipt_of, receipt_text
from kpis.views.finding import visible_submission
from vendors.access import Permission


@login_required
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the receipt as a page to print."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    context = {"receipt": receipt_of(submission, now=timezone.now())}
    return render(request, "kpis/receipt.html", context)


@login_required
@require_GET
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the receipt as plain text."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    content = receipt_text(receipt_of(submission, now=timezone.now()))
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{submission}.txt"'
    return response
