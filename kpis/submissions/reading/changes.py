"""What changed between two layouts of a report, in sentences."""

import difflib
from collections.abc import Sequence

from kpis.submissions.reading.problems import shorten
from kpis.submissions.reading.profile import word_of

ALIKE = 0.6


def changes(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Return which header words were renamed, moved, added or taken out."""
    old, new = [word_of(title) for title in before], [word_of(title) for title in now]
    gone = [place for place, word in enumerate(old) if old.count(word) > new.count(word)]
    added = [place for place, word in enumerate(new) if new.count(word) > old.count(word)]
    renamed = _renamed(old, new, gone, added)
    told = [
        f"'{shorten(before[was])}' is now called '{shorten(now[place])}'."
        for was, place in renamed.items()
    ]
    told += [f"'{shorten(before[place])}' is gone." for place in gone if place not in renamed]
    told += [f"'{shorten(now[place])}' is new." for place in added if place not in renamed.values()]
    moved = _moved(
        [word for place, word in enumerate(old) if place not in gone],
        [word for place, word in enumerate(new) if place not in added],
    )
    shown = [shorten(now[new.index(word)]) for word in moved]
    told += [f"'{title}' stands in another place." for title in shown]
    return tuple(told)


def _renamed(
    old: Sequence[str], new: Sequence[str], gone: Sequence[int], added: Sequence[int]
) -> dict[int, int]:
    """Return {place before: place now} of words that are alike or stand where the other stood."""
    found: dict[int, int] = {}
    for was in gone:
        free = [place for place in added if place not in found.values()]
        alike = {
            place: difflib.SequenceMatcher(None, old[was], new[place]).ratio() for place in free
        }
        neighbours = [place for place in free if _around(old, was) == _around(new, place)]
        best = max(alike, key=lambda place: alike[place], default=None)
        if best is not None and alike[best] >= ALIKE:
            found[was] = best
        elif neighbours:
            found[was] = neighbours[0]
    return found


def _around(words: Sequence[str], place: int) -> tuple[str, str]:
    before = words[place - 1] if place else ""
    return before, words[place + 1] if place + 1 < len(words) else ""


def _moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the words that must be moved to get from one order to the other, as few as can be."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {place for block in blocks for place in range(block.b, block.b + block.size)}
    return [word for place, word in enumerate(new) if place not in kept]
