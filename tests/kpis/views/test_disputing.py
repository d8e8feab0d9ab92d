"""Disputes on the pages: from the comment, from the KPI, answered, counted in the list."""

from django.urls import reverse

from kpis.models import Dispute
from kpis.snapshots.compute import compute_for
from kpis.submissions.commenting import comment_on
from kpis.submissions.decide import send_back
from tests.dashboards.months import scope
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import NOW, accepted, submitted
from tests.people import World
from vendors.access import actor_of

LIST = reverse("kpis:submission-list")


def test_a_returned_comment_is_disputed_answered_and_counted(world: World) -> None:
    submission = submitted(world)
    sam, ada = browser(world.sam), browser(world.ada)
    comment = comment_on(
        actor=actor_of(world.sam),
        file=submission.files.get(),
        sheet="queries_0",
        at="I3",
        text="Still open?",
        now=NOW,
    )
    address = reverse("kpis:comment-dispute", args=[comment.pk])
    assert ada.post(address, {"reason": "No."}).status_code == 404  # still a draft
    send_back(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
    ada.post(address, {"reason": "It was answered."})
    page = reverse("kpis:submission-detail", args=[submission.pk])
    assert "Not answered yet." in words_of(ada.get(page))
    assert "Your answer" in words_of(sam.get(page))
    for client in (ada, sam):
        assert "Returned, 1 open dispute" in words_of(client.get(LIST))
    settle = reverse("kpis:dispute-settle", args=[Dispute.objects.get().pk])
    assert "Say who is right." in words_of(sam.post(settle, {"answer": "Yes."}, follow=True))
    sam.post(settle, {"outcome": "upheld", "answer": "So it was."})
    assert "The CRO is right: “So it was.” Sam" in words_of(ada.get(page))
    assert "open dispute" not in words_of(ada.get(LIST))


def test_a_reading_is_disputed_from_the_page_of_the_kpi(world: World) -> None:
    submission = accepted(world)
    compute_for(submission=submission, now=NOW)
    ada, where = browser(world.ada), scope(world.alpha_engagement, world.study, period="2025-11")
    kpi = reverse("dashboards:kpi", args=["query-aging"])
    assert "Dispute this reading" in words_of(ada.get(kpi, where))
    assert "Dispute this reading" not in words_of(browser(world.sam).get(kpi, where))
    asked = {
        "run": str(submission.runs.get(study=world.study).pk),
        "kpi": "query-aging",
        "study": str(world.study.pk),
    }
    reading = reverse("kpis:reading-dispute")
    found = ada.get(reading, asked, follow=True)
    assert "Query aging, NWT-301, November 2025" in words_of(found)
    form = found.request["PATH_INFO"]
    assert "Say why it is wrong" in words_of(ada.post(form, {"reason": " "}))
    said = words_of(ada.post(form, {"reason": "Weekends count."}, follow=True))
    assert "1 dispute" in said
    assert "Weekends count." in said
    assert "disputed already" in words_of(ada.post(form, {"reason": "Again."}))
    assert browser(world.ben).get(form).status_code == 404
    assert browser(world.ben).get(reading, asked).status_code == 404
    for wrong in ({"run": "x"}, {**asked, "study": "x"}, {**asked, "kpi": "none"}):
        assert ada.get(reading, wrong).status_code == 404
