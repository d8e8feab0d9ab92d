"""What a submission's page says of the layouts of its files."""

from dataclasses import dataclass

from kpis.models import Check, Submission
from kpis.selectors.problem_groups import counted
from kpis.submissions.profiles import known_layouts, state_of


@dataclass(frozen=True)
class LayoutNotice:
    """What the page says in one sentence; `asks` tells whether somebody should confirm."""

    sentence: str
    asks: bool


def layout_notice(submission: Submission, check: Check | None) -> LayoutNotice | None:
    """Return what is new or changed in how the sheets are read; None where nothing is to say."""
    if check is None:
        return None
    known = known_layouts(check, submission.engagement.vendor_id)
    states = [
        state_of(sheet, known.get(place))
        for place, sheet in enumerate(check.sheets)
        if sheet.get("layout") and sheet["listing"]
    ]
    new, changed = states.count("new"), states.count("changed")
    asking = sum(
        bool(check.sheets[place]["layout"]["unknown"] or check.sheets[place]["layout"]["unclear"])
        for place in known
    )
    if new + changed:
        parts = [_told(new, "new"), _told(changed, "changed since a person confirmed it")]
        sentence = " and ".join(part for part in parts if part)
        return LayoutNotice(f"{sentence}: confirm how the columns were read.", asks=True)
    if asking:
        return LayoutNotice(
            f"{counted(asking, 'known layout')} {'has' if asking == 1 else 'have'} words or dates"
            " that nobody has given a meaning yet.",
            asks=True,
        )
    if known:
        versions = ", ".join(dict.fromkeys(str(row) for row in known.values()))
        return LayoutNotice(f"The columns were read as confirmed: {versions}.", asks=False)
    return None


def _told(count: int, what: str) -> str:
    if not count:
        return ""
    return f"{counted(count, 'layout')} {'is' if count == 1 else 'are'} {what}"
