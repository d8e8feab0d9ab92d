"""The data cut-off date that the rows themselves speak of. A proposal, for a person to confirm."""

import pandas as pd

from kpis.submissions.reading.outcome import CutoffProposal


def propose_cutoff(queries: pd.DataFrame) -> CutoffProposal | None:
    """Return the extraction date most rows name, else the commonest open date + days open."""
    stated = queries["extracted_on"].dropna()
    if not stated.empty:
        return _commonest(stated, "the extraction date in the file")
    pending = queries[queries["state"] != "closed"]
    ages = pending["reported_age"]
    known = pending["opened_at"].notna() & ages.between(0, 36_500).fillna(False)
    if not known.any():
        return None
    days = pd.to_timedelta(ages[known].astype("int64"), unit="D")
    return _commonest(
        pending.loc[known, "opened_at"].dt.normalize() + days, "open date + days since open"
    )


def _commonest(dates: pd.Series, source: str) -> CutoffProposal:
    counts = dates.value_counts()
    # The later date where two are equally common, so that the answer never hangs on row order.
    best = max(counts.index[counts == counts.iloc[0]])
    return CutoffProposal(best.date(), int(counts.loc[best]), len(dates), source)
