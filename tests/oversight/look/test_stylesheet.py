"""Colour pairs of the look reach WCAG AA, computed from the tokens in the stylesheet."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CSS = (ROOT / "static" / "oversight.css").read_text()
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *[(ink, "sheet", TEXT) for ink in ("ink", "ink-2", "ink-3", "accent")],
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "sunk")],
    *[(ink, "raised", TEXT) for ink in ("ink", "ink-2", "ink-3")],
    ("accent", "paper", TEXT),
    ("accent", "sunk", TEXT),
    ("on-primary", "primary", TEXT),
    ("g-ink", "g-fill", TEXT),
    ("a-ink", "a-fill", TEXT),
    ("r-ink", "r-fill", TEXT),
    ("m-ink", "m-fill", TEXT),
    ("a-mark-ink", "a-mark", TEXT),
    *[(f"{status}-text", "sheet", TEXT) for status in "gar"],
    *[(f"{status}-text", "sunk", TEXT) for status in "gar"],
    ("ink", "r-soft", TEXT),
    ("r-text", "r-soft", TEXT),
    *[(shape, "sheet", SHAPE) for shape in ("field", "r-fill", "g-line", "a-line", "focus")],
    *[(shape, "sheet", SHAPE) for shape in ("line", "line-2")],
]


def block(selector: str) -> dict[str, str]:
    """Read the colour tokens of one rule; hexadecimal notation only."""
    body = re.search(re.escape(selector) + r"\s*\{(.*?)\}", CSS, re.DOTALL)
    assert body, f"{selector} is not in the stylesheet"
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", body[1]))


THEMES = {
    "light": block(":root, [data-bs-theme=light]"),
    "dark": block("[data-bs-theme=dark]"),
}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_that_of_the_guideline() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#171c26", "#ffffff") == pytest.approx(17.1, abs=0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_a_pair_can_be_read(theme: str, ink: str, ground: str, least: float) -> None:
    tokens = THEMES[theme]
    assert ratio(tokens[ink], tokens[ground]) >= least


def test_both_themes_name_the_same_tokens() -> None:
    assert THEMES["light"].keys() == THEMES["dark"].keys()


def test_every_token_used_is_defined() -> None:
    used = set(re.findall(r"var\(--([\w-]+)", CSS))
    defined = set(re.findall(r"--([\w-]+):", CSS))
    assert used <= defined


def test_luminance_keeps_the_order_of_severity() -> None:
    light, dark = THEMES["light"], THEMES["dark"]
    assert [luminance(light[f"{status}-fill"]) for status in "gar"] == sorted(
        (luminance(light[f"{status}-fill"]) for status in "gar"), reverse=True
    )
    assert [luminance(dark[f"{status}-fill"]) for status in "gar"] == sorted(
        luminance(dark[f"{status}-fill"]) for status in "gar"
    )


def test_the_stylesheet_asks_nothing_of_other_hosts() -> None:
    assert not re.search(r"@import|url\(", CSS)
