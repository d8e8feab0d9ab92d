"""What a KPI needs of the listings follows from its formula and parameters."""

from kpis.engine.catalogue import load_catalogue
from kpis.engine.feeding import needs
from kpis.engine.tables import TABLES


def test_every_kpi_needs_its_listings_and_columns_that_exist() -> None:
    for definition in load_catalogue().values():
        found = needs(definition)
        assert set(found) == set(definition.listings)
        for listing, columns in found.items():
            assert len(columns) == len(set(columns))
            assert set(columns) <= {column.name for column in TABLES[listing].columns}


def test_columns_that_decide_what_counts_must_have_values() -> None:
    catalogue = load_catalogue()
    assert needs(catalogue["missing-pages"]) == {
        "missing-pages": (),
        "participants": ("pages_entered",),
    }
    assert needs(catalogue["drop-out-rate"]) == {"participants": ("subject_status",)}
    assert needs(catalogue["sdv-backlog"]) == {"sdv": ("verification",)}
