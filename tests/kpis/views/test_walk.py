"""The way of a monthly file through the pages, as Ada and Sam go it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kpis.models import Submission
from kpis.tasks import check_submission
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import BAD_ROW, GOOD_ROWS, STRANGE_SITE, csv_bytes, newest
from tests.people import World


def scope_key(world: World) -> str:
    return f"{world.study.pk}-{world.alpha_engagement.pk}"


def send(client: Client, world: World, content: bytes, name: str = "queries.csv") -> Submission:
    response = client.post(
        reverse("kpis:submission-create"),
        {
            "scope": scope_key(world),
            "data_cutoff_date": "",
            "uploads": [SimpleUploadedFile(name, content)],
        },
    )
    assert response.status_code == 302, words_of(response)
    submission = Submission.objects.latest("pk")
    check_submission(submission.pk)
    return submission


def test_a_bad_file_is_mended_explained_submitted_returned_and_accepted(world: World) -> None:
    ada, sam = browser(world.ada), browser(world.sam)
    submission = send(ada, world, csv_bytes(*GOOD_ROWS, STRANGE_SITE, BAD_ROW))
    page = reverse("kpis:submission-detail", args=[submission.pk])

    def see(client: Client = ada) -> str:
        response = client.get(page)
        assert response.status_code == 200
        return words_of(response)

    def step(client: Client, name: str, data: dict[str, object], pk: int | None = None) -> None:
        response = client.post(reverse(f"kpis:{name}", args=[pk or submission.pk]), data)
        assert response.status_code == 302
        check_submission(submission.pk)

    text = see()
    assert "must be corrected before it can be submitted" in text
    assert "Perhaps" in text
    assert "Proposed data cut-off: 14 Nov 2025" in text
    assert "2 points" in text or "3 points before it can be submitted" in text

    mended = SimpleUploadedFile("mended.csv", csv_bytes(*GOOD_ROWS, STRANGE_SITE))
    file = submission.files.get()
    step(ada, "submission-add-file", {"uploads": [mended], "replaces": str(file.pk)})
    assert "Confirm the data cut-off: 14 Nov 2025 is proposed" in see()
    step(ada, "submission-confirm-cutoff", {"data_cutoff_date": "2025-11-14"})
    assert "2 warnings want a sentence before November 2025 can be submitted" in see()
    assert "Add this site to NWT-301" in see()

    for warning in newest(submission).problems.filter(severity="warning"):
        step(ada, "problem-explain", {"explanation": "New in November.", "seen": ""}, warning.pk)
    assert "New in November." in see()
    step(ada, "submission-add-sites", {"site": ["Site 7"]})
    assert "November 2025 is ready to submit to Northwind Therapeutics" in see()
    assert "3 open" in see()

    step(ada, "submission-submit", {})
    assert "waits for the decision of Northwind Therapeutics" in see(sam)
    step(sam, "submission-return", {"comment": ""})
    assert "Say what the CRO should correct." in see(sam)
    step(sam, "submission-return", {"comment": "Subject 2 is missing."})
    assert "Returned by Northwind Therapeutics: Subject 2 is missing." in see()
    step(ada, "submission-confirm-cutoff", {"data_cutoff_date": "2025-11-14"})
    step(ada, "submission-submit", {})
    step(sam, "submission-accept", {"comment": "Thank you."})
    assert "November 2025 was accepted on" in see()
    assert "Thank you." in see()
    submission.refresh_from_db()
    assert submission.state == Submission.State.ACCEPTED
