"""Why a sheet was taken for a listing, or for none, in words that a page shows."""

from collections.abc import Iterable, Sequence

from kpis.submissions.reading.problems import shorten
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.scoring import Fit

CONFIRMED = "a person confirmed how this layout is read"
TITLES_NAMED = 4


def is_listing(fit: Fit) -> str:
    """Say what speaks for the listing: titles, cells, names."""
    reason = f"its header has {_titles(fit, fit.telling)}"
    confirmed = [name for name in fit.telling if name in fit.confirmed]
    if confirmed:
        reason += f"; the cells of {_titles(fit, confirmed)} fit"
    if fit.named:
        reason += "; the name of the sheet or file speaks for it too"
    return reason


def is_plain(fit: Fit) -> str:
    """Say that the required columns are there and nothing more."""
    required = [column.name for column in fit.listing.columns if column.required]
    return f"it has every column needed, {_titles(fit, required)}, and no other sheet has more"


def is_none(sheet: RawSheet, fits: Sequence[Fit]) -> str:
    """Say why no listing fits: what came closest, and what is in its way."""
    if sheet.frame.empty:
        return "no listing: the sheet has no cells"
    if not fits:
        return "no listing: none of its first rows is a header with words known here"
    closest = min(fits, key=_distance)
    title = closest.listing.title.lower()
    seen = _titles(closest, closest.header.positions)
    if closest.foreign is not None:
        return (
            f"no listing: closest to {title} ({seen}), but '{shorten(closest.foreign)}' belongs"
            " to another report"
        )
    odd = [name for name in closest.contradicted if name in closest.listing.telltale]
    if odd:
        return f"no listing: closest to {title}, but no cell of {_titles(closest, odd)} fits it"
    lacking = [
        column.title
        for column in closest.listing.columns
        if column.name in closest.listing.telltale and column.name not in closest.telling
    ]
    return (
        f"no listing: closest to {title} ({seen}), but without what sets it apart, such as"
        f" {_listed(lacking)}"
    )


def _distance(fit: Fit) -> tuple[bool, int, bool, float]:
    """Order listings by how little is lacking; of equal ones a plain list of the same people."""
    plain = fit.listing.plain and fit.has_required
    return not fit.promises, -len(fit.telling), not plain, -fit.score


def not_asked(title: str, words: str) -> str:
    """Say that a sheet was recognised and not read, since nothing that is due uses it."""
    return f"recognised as {title.lower()}; no KPI of yours uses it, it was not read ({words})"


def _titles(fit: Fit, names: Iterable[str]) -> str:
    return _listed([fit.header.titles[fit.header.positions[name]] for name in names])


def _listed(titles: Sequence[str]) -> str:
    shown = [f"'{shorten(title)}'" for title in titles[:TITLES_NAMED]]
    if len(titles) > TITLES_NAMED:
        shown.append(f"{len(titles) - TITLES_NAMED} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
