"""Signing in through a real browser, in both themes."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Installation
from tests.browser.visitor import violations, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_is_accessible_and_leads_in(
    chromium: Browser, installation: Installation, scheme: str
) -> None:
    with visit(chromium, installation.url, scheme=scheme) as page:
        page.goto("/accounts/login/")
        assert violations(page) == []
    with visit(chromium, installation.url, "sam@example.org", scheme=scheme) as page:
        page.get_by_text("Sam", exact=True).first.wait_for()
