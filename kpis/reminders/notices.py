"""Telling the other side by mail which step a submission took: handed over, returned, accepted."""

from datetime import datetime, timedelta

from django.core.cache import cache

from kpis.models import Submission
from kpis.reminders.mails import address_of, send
from kpis.reminders.people import people_of
from oversight.look.times import month_text

SUBMITTED, RETURNED, ACCEPTED = "submitted", "returned", "accepted"
DISPUTED, SETTLED = "disputed", "settled"
# Step: what is said, and whether the sponsor is told or the CRO.
STEPS = {
    SUBMITTED: ("{cro} handed over {what}. It waits for your decision.", True),
    RETURNED: ("{sponsor} returned {what}. What to correct stands on its page.", False),
    ACCEPTED: ("{sponsor} accepted {what}. Its KPIs are being computed.", False),
    DISPUTED: ("{cro} disputes a reading of {what}. Its reason stands on the page.", True),
    SETTLED: ("{sponsor} answered your dispute about {what}.", False),
}
# A step is told within a day, and not a second time within it: history brought in later is silent.
FRESH = timedelta(days=1)


def tell(*, submission: Submission, step: str, now: datetime, about: int = 0) -> int:
    """Mail the people of the other side; return how many. KeyError for an unknown step.

    Silent where the submission has moved on meanwhile, a day later, and the second time; `about`
    tells disputes of one submission apart.
    """
    sentence, to_sponsor = STEPS[step]
    if step in (SUBMITTED, RETURNED, ACCEPTED):
        at = submission.submitted_at if step == SUBMITTED else submission.decided_at
        if submission.state != step or at is None or at < now - FRESH:
            return 0
    name = f"notice-{submission.pk}-{step}-{about or submission.revision}"
    if not cache.add(name, True, FRESH.total_seconds()):
        return 0
    engagement = submission.engagement
    other = engagement.sponsor if to_sponsor else engagement.vendor
    what = f"{submission}: {submission.scope_name}, {month_text(submission.period_start)}"
    words = sentence.format(cro=engagement.vendor, sponsor=engagement.sponsor, what=what)
    address = address_of("kpis:submission-detail", submission.pk)
    return sum(
        send(
            person,
            subject=words.split(". ")[0],
            template="notice",
            context={"sentence": words, "address": address},
        )
        for person in people_of([other]).get(other, ())
    )
