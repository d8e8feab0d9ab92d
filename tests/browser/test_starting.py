"""The guided start of an engagement in a real browser, once for each model, and the due preview."""

import os

import pytest
from playwright.sync_api import Browser, Page, expect

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation
from tests.browser.conftest import Installation
from tests.browser.test_every_page import FITS
from tests.browser.visitor import violations, visit
from vendors.models import Sponsor

pytestmark = pytest.mark.browser

MODELS = {
    "full-service": "Full service",
    "fsp": "Functional service provision (FSP)",
    "hybrid": "Hybrid",
}
STEPS = ("cro", "model", "studies", "functions", "terms", "confirm")
# A folder for pictures, where somebody wants to look at the steps.
PICTURES = os.environ.get("STARTING_PICTURES")


def test_an_engagement_is_started_under_each_model(
    chromium: Browser, installation: Installation
) -> None:
    with acting(Actor.system("tests")):
        Sponsor.objects.filter(pk=installation.world.northwind.pk).update(size="mid-size")
    with visit(chromium, installation.url, "sam@example.org") as page:
        for number, model in enumerate(MODELS):
            page.goto("/engagements/")
            page.get_by_role("link", name="Start an engagement").click()
            _look(page, f"{model}-cro", number == 0)
            page.get_by_role("radio", name="Beta").check()
            _next(page, f"{model}-model", number == 0)
            page.get_by_role("radio", name=MODELS[model]).check()
            _next(page, f"{model}-studies", number == 0)
            page.get_by_role("checkbox", name="NWT-301").check()
            if model == "fsp":
                page.get_by_role("checkbox", name="Europe").check()
                page.get_by_role("checkbox", name="Asia-Pacific").check()
            _next(page, f"{model}-functions", looked_at=True)
            _functions(page, model)
            _next(page, f"{model}-terms", number == 0)
            page.get_by_role("button", name="Back").click()
            page.get_by_role("button", name="Next").click()
            page.get_by_label("Name").fill(f"Beta {model}")
            page.get_by_label("Start date").fill("2026-03-01")
            _next(page, f"{model}-confirm", looked_at=True)
            expect(page.get_by_role("heading", name="What will be due")).to_be_visible()
            page.get_by_label("Reason").fill("Chosen by the board.")
            page.get_by_role("button", name="Start the engagement").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Beta {model}")
            _look(page, f"{model}-engagement", looked_at=True)
        fsp = Delegation.objects.filter(engagement__name="Beta fsp")
        assert {one.region for one in fsp} == {"europe", "asia-pacific"}
        page.goto(f"/delegation/{fsp[0].pk}/edit/")
        page.get_by_label("Last day").fill("2026-05-31")
        page.get_by_role("button", name="What does this change in what is due?").click()
        expect(page.locator("#due-preview")).to_contain_text("in what is due")
        _look(page, "due-preview", looked_at=True)


def _functions(page: Page, model: str) -> None:
    if model == "full-service":
        monitoring = page.get_by_role("checkbox", name="Clinical monitoring, everywhere")
        expect(monitoring).to_be_checked()
        page.get_by_role("checkbox", name="Biostatistics and programming, everywhere").uncheck()
    elif model == "fsp":
        expect(page.get_by_role("checkbox", name="Data operations, Europe")).not_to_be_checked()
        page.get_by_role("checkbox", name="Biostatistics and programming, Europe").check()
        page.get_by_role("checkbox", name="Biostatistics and programming, Asia-Pacific").check()
    else:
        page.get_by_role("checkbox", name="Medical writing, everywhere", exact=True).check()
        page.get_by_role("checkbox", name="Medical writing is shared", exact=True).check()
        page.get_by_label("Medical writing: who does what", exact=True).fill(
            "Beta drafts, we approve."
        )


def _next(page: Page, name: str, looked_at: bool) -> None:
    page.get_by_role("button", name="Next").click()
    now = STEPS.index(name.rsplit("-", 1)[1])
    expect(page.locator("[aria-current=step] i")).to_have_text(str(now + 1))
    _look(page, name, looked_at)


def _look(page: Page, name: str, looked_at: bool) -> None:
    if not looked_at:
        return
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate(FITS), name
    page.set_viewport_size({"width": 1440, "height": 900})
    if PICTURES:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{PICTURES}/{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
