"""Going through a page by keyboard alone: Tab to a control by its role and name, and press keys."""

import re

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 150
IS_FOCUSED = "at => at === document.activeElement"
RING = """at => {
  const shown = [at, ...(at.labels || [])].map(one => getComputedStyle(one));
  return shown.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
}"""


def tab_to(page: Page, role: str, name: str | re.Pattern[str], *, exact: bool = False) -> Locator:
    """Press Tab until the control has the focus, and see that its focus shows."""
    target = page.get_by_role(role, name=name, exact=exact).first  # type: ignore[arg-type]  # any role
    expect(target).to_be_attached()
    return tab_until(page, target)


def tab_until(page: Page, target: Locator) -> Locator:
    """Press Tab until `target` has the focus, and see that its focus shows."""
    for _ in range(MOST_STEPS):
        if target.evaluate(IS_FOCUSED):
            assert target.evaluate(RING), f"no focus to be seen on {target}"
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab.")


def press(page: Page, role: str, name: str | re.Pattern[str], key: str = "Enter") -> None:
    """Tab to a control and press a key on it."""
    tab_to(page, role, name)
    page.keyboard.press(key)
