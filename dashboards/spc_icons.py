"""Marks for variation and assurance: a shape each, always beside its words. Pure."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Paths in a square of 24; strokes take the colour of the text, worse is heavier.
PATHS = {
    "variation-improving": "M3 17 9 12 14 14 21 6M16 6h5v5",
    "variation-worsening": "M3 17 9 12 14 14 21 6M16 6h5v5",
    "variation-changing": "M3 17 9 12 14 14 21 6M16 6h5v5",
    "variation-common-cause": "M2 13c2-5 4-5 6 0s4 5 6 0 4-5 8 0",
    "assurance-always": "M2 5h20M3 17c3-4 6 2 9-1s5 1 9-1",
    "assurance-hit-and-miss": "M2 12h20M3 16c3-9 6 2 9-4s5-5 9 2",
    "assurance-never": "M2 19h20M3 8c3-4 6 2 9-1s5 1 9-1",
}
HEAVY = ("variation-worsening", "assurance-never")


def spc_icon(name: str) -> SafeString:
    """Draw the mark of a variation or assurance; nothing for one that says nothing."""
    path = PATHS.get(name)
    if path is None:
        return SafeString("")
    return format_html(
        '<svg class="spc{}" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
        '<path d="{}"/></svg>',
        " spc-heavy" if name in HEAVY else "",
        path,
    )
