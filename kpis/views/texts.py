"""Which texts of which forms are kept while they are typed, and when a form is refused."""

from django.http import HttpRequest

from kpis.submissions import typed

# The texts of each form by its address; `at` and `sheet` tell forms of one file apart.
TEXTS = {
    "submission-submit": ("reason",),
    "submission-withdraw": ("reason",),
    "submission-accept": ("comment",),
    "submission-return": ("comment",),
    "problem-explain": ("explanation",),
    "comment-dispute": ("reason",),
    "dispute-settle": ("answer",),
    "cell-comment": ("text",),
    "cell-correct": ("after", "reason"),
}


def key_of(form: str, pk: object, field: str, sheet: str = "", at: str = "") -> str:
    """Return the key of one field of one form."""
    return "|".join((form, str(pk), sheet, at, field))


def keep_or_forget(request: HttpRequest, submission_id: int, *, taken: bool) -> None:
    """Keep the texts of a form that was refused; forget those of one that was taken."""
    place = request.resolver_match
    if place is None or place.url_name not in TEXTS or request.user.pk is None:
        return
    about = (request.POST.get("sheet", ""), request.POST.get("at", ""))
    for field in TEXTS[place.url_name]:
        text = "" if taken else request.POST.get(field, "")
        key = key_of(place.url_name, place.kwargs.get("pk"), field, *about)
        typed.keep(request.user.pk, submission_id, key, text)
