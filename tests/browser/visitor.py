"""Somebody at a browser: signs in, and nothing on their pages may break the policy or the rules."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.people import PASSWORD

# WCAG 2.2, levels A and AA, in the tags of axe-core.
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}


@contextmanager
def visit(
    browser: Browser,
    url: str,
    email: str | None = None,
    *,
    password: str = PASSWORD,
    scheme: str = "light",
    width: int = 1440,
) -> Iterator[Page]:
    """Open a browser window of one's own, signed in; fails at the end if the console complained."""
    context = browser.new_context(
        base_url=url,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        accept_downloads=True,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    if email is not None:
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda address: "/accounts/login" not in address)
    yield page
    context.close()
    assert complaints == []


def violations(page: Page, *, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe-core finds on the page, one line per rule with the elements it names.

    Without `rules` all of WCAG 2.2 A and AA are asked.
    """
    named = {"runOnly": {"type": "rule", "values": list(rules)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=named if rules else RULES).response["violations"]
    return [
        f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'][:5])}"
        for rule in found
    ]
