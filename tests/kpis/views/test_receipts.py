"""The receipt: each file with its hash, time, sender and way; to print and as text."""

import hashlib

from django.urls import reverse

from kpis.submissions.receive import add_files
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import CUTOFF, GOOD, GOOD_ROWS, NOW, accepted, checked, csv_bytes, upload_of
from tests.people import World
from vendors.access import actor_of


def test_a_receipt_names_every_file_with_time_and_hash(world: World) -> None:
    submission = checked(world, GOOD, cutoff=CUTOFF)
    other = csv_bytes(*GOOD_ROWS[:2])
    add_files(
        actor=actor_of(world.ada),
        submission=submission,
        uploads=[upload_of(other, "later\r\nFile: forged.csv")],
        replaces=submission.files.get(),
        now=NOW,
    )
    for person in (world.ada, world.sam):
        page = words_of(
            browser(person).get(reverse("kpis:submission-receipt", args=[submission.pk]))
        )
        for content in (GOOD, other):
            assert hashlib.sha256(content).hexdigest() in page
        assert "17 Nov 2025, 09:00 UTC" in page
        assert "replaced or taken out on" in page
    text = browser(world.ada).get(reverse("kpis:submission-receipt-text", args=[submission.pk]))
    said = text.content.decode()
    assert f"SHA-256:                {hashlib.sha256(GOOD).hexdigest()}" in said
    assert "Way:                    Uploaded on a page" in said
    assert "Period:                 November 2025" in said
    assert "\nFile: forged" not in said
    stranger = browser(world.ben)
    assert stranger.get(reverse("kpis:submission-receipt", args=[submission.pk])).status_code == 404


def test_a_receipt_says_who_handed_over_and_who_decided(world: World) -> None:
    submission = accepted(world)
    address = reverse("kpis:submission-receipt", args=[submission.pk])
    page = words_of(browser(world.ada).get(address))
    assert "Handed over 17 Nov 2025, 09:00 UTC, by Ada" in page
    assert "Decided 17 Nov 2025, 09:00 UTC, by Sam" in page
    text = browser(world.ada).get(reverse("kpis:submission-receipt-text", args=[submission.pk]))
    assert "Handed over:            17 Nov 2025, 09:00 UTC, by Ada" in text.content.decode()
