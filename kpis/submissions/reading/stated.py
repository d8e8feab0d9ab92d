"""What a file says of itself: our template by its mark, a JSON submission in its envelope.

Held against the submission in kpis/submissions/template/scope.py.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Stated:
    """What a file says that it is about; None and "" where it does not say.

    `spans_studies` tells a file that names no study because it spans several. `missing_cover` says
    that somebody took the first sheet of our template out.
    """

    version: str = ""
    engagement_id: int | None = None
    study_id: int | None = None
    spans_studies: bool = False
    period_start: date | None = None
    cutoff_date: date | None = None
    about: str = ""
    missing_cover: bool = False
