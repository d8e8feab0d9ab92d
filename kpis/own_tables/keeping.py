"""Filling the tables that some KPIs read, and keeping them sealed beside the run that read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from kpis.engine.definition import KpiDefinition
from kpis.engine.tables import OWN_TABLES
from kpis.own_tables.restated_values import RESTATED_VALUES, restated_values
from kpis.own_tables.scope import OwnScope
from kpis.own_tables.submission_log import SUBMISSION_LOG, submission_log
from kpis.submissions.sealing import open_table, seal_table

FILLED: Mapping[str, Callable[[OwnScope], pd.DataFrame]] = {
    SUBMISSION_LOG: submission_log,
    RESTATED_VALUES: restated_values,
}


@dataclass(frozen=True)
class KeptTable:
    """A table of our own as a run read it: SHA-256 of its file and of its rows."""

    sha256: str
    rows_sha256: str

    def opened(self) -> pd.DataFrame:
        """Return its rows; raises storage.SealBroken."""
        return open_table(self.sha256)


def kept_tables(definitions: Iterable[KpiDefinition], scope: OwnScope) -> dict[str, KeptTable]:
    """Fill and seal what the definitions read of what can be filled; nothing costs nothing."""
    wanted = {name for one in definitions for name in one.listings if name in FILLED}
    return {name: _kept(name, FILLED[name](scope)) for name in sorted(wanted)}


def to_keep(tables: Mapping[str, KeptTable]) -> dict[str, dict[str, str]]:
    """Return the tables as a run keeps them."""
    return {name: asdict(one) for name, one in tables.items()}


def read_back(kept: Mapping[str, Mapping[str, str]]) -> dict[str, KeptTable]:
    """Return what `to_keep` gave."""
    return {name: KeptTable(**one) for name, one in kept.items()}


def _kept(name: str, rows: pd.DataFrame) -> KeptTable:
    return KeptTable(*seal_table(rows, engine_order=OWN_TABLES[name].engine_order))
