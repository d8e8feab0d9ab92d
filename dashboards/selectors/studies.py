"""All studies under CROs, worst first: what the portfolio shows the first of."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from dashboards.periods import Asked
from dashboards.selectors.picture import Picture, picture
from dashboards.selectors.portfolio import StudyRow, ranked_studies, study_rows

PER_PAGE = 50


@dataclass(frozen=True)
class Studies:
    """One page of them. `cros` are keys and names to choose from, `number` a page of `pages`."""

    shown: Picture
    studies: tuple[StudyRow, ...]
    cros: tuple[tuple[int, str], ...]
    page: Page[Any]


def studies(user: Any, *, asked: Asked, cro: int | None, words: str, number: str) -> Studies | None:
    """Return one page, of a CRO and with a protocol number like `words` where these are given.

    None where the user has no engagement. Nine statements at most.
    """
    shown = picture(user, asked=asked, wide=True)
    if shown is None:
        return None
    chosen = [
        (engagement, study)
        for engagement, study in ranked_studies(shown)
        if cro in (None, shown.vendor_of(engagement).vendor_id)
        and words.casefold() in shown.protocols[study].casefold()
    ]
    page = Paginator(chosen, PER_PAGE).get_page(number)
    return Studies(
        shown=shown,
        studies=study_rows(shown, page.object_list),
        cros=tuple(dict.fromkeys((one.vendor_id, one.vendor_name) for one in shown.engagements)),
        page=page,
    )
