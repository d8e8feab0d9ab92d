"""docs/performance.md: one section a part, so that a part can be measured anew alone.

A section is what stands from its heading to the next one. What a run did not measure stays as it
was written; nothing is typed by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
HEAD = """\
# Performance

Written by `make bench`; nothing here is typed by hand. `make bench PART=ageing` measures one
part and leaves the rest as it is.

Machine: two shared cores, 24 GiB, Debian 12, Python 3.11.
"""


@dataclass(frozen=True)
class Section:
    """What a part found: the text below its heading, and the budgets that were not kept."""

    title: str
    text: str
    broken: tuple[str, ...] = ()


def sections_of(page: str) -> dict[str, str]:
    """Return the text of each section by its title."""
    _, *parts = HEADING.split(page)
    return dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))


def rewritten(page: str, found: Iterable[Section], *, titles: Iterable[str]) -> str:
    """Return the page with the sections found, in the order of `titles`; others end."""
    texts = sections_of(page) | {one.title: one.text.strip() for one in found}
    kept = [f"\n## {title}\n\n{texts[title]}\n" for title in titles if title in texts]
    return HEAD + "".join(kept)
