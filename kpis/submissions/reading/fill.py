"""Columns that a file leaves out and the list of participants knows: site, country, participant."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kpis.engine.tables import ListingType
from kpis.submissions.reading.coded import written_out
from kpis.submissions.reading.problems import Problem, shorten
from kpis.submissions.reading.typed import TypedSheet

IDENTIFIERS = ("participant", "enrolment_number")


def fill(
    listing: ListingType, tables: Mapping[str, pd.DataFrame], sheets: Sequence[TypedSheet]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Give the rows of sheets without a site column what the list of participants says of them.

    Rows of an unknown participant stay, without a site: the KPIs count them apart. Where rows are
    refused as the same and told apart by their site, they are an error.
    """
    lacking = [typed for typed in sheets if "site" not in typed.header.positions]
    if not lacking:
        return tables[listing.name], []
    table = written_out(tables[listing.name])
    if "participants" not in tables:
        return table, [_no_site_column(typed) for typed in lacking]
    identifier = next(
        (name for name in IDENTIFIERS if all(name in typed.header.positions for typed in lacking)),
        "participant",
    )
    people = written_out(tables["participants"]).dropna(subset=[identifier])
    known = people.drop_duplicates(identifier).set_index(identifier)
    filled = table.copy()
    unknown = table[identifier].notna() & ~table[identifier].isin(known.index)
    for column in listing.columns:
        if column.filled_from == "participants" and column.name != identifier:
            found = table[identifier].map(known[column.name]).astype("str")
            filled[column.name] = table[column.name].where(table[column.name].notna(), found)
    if identifier != "participant":
        number = filled["participant"].where(filled["participant"].notna(), table[identifier])
        filled["participant"] = number
    problems = []
    for typed in lacking:
        here = (filled["file"] == typed.sheet.file) & (filled["sheet"] == typed.sheet.name)
        rows = filled[unknown & here & filled["site"].isna()]
        tells = "site" in listing.key and listing.duplicates == "refused"
        say = _without_site if tells else _counted_apart
        problems += say(typed, rows, identifier)
    return filled, problems


def _without_site(typed: TypedSheet, rows: pd.DataFrame, identifier: str) -> list[Problem]:
    title = typed.header.titles[typed.header.positions[identifier]]
    return [
        Problem(
            "participant-without-site",
            f"'{shorten(name)}' in {title}, row {row}, is not in the subject list, so the"
            " row has no site. Add the participant to the subject list.",
            file=typed.sheet.file,
            sheet=typed.sheet.name,
            row=int(row),
            column=title,
            value=shorten(name),
        )
        for name, row in zip(rows[identifier], rows["row"], strict=True)
    ]


def _counted_apart(typed: TypedSheet, rows: pd.DataFrame, identifier: str) -> list[Problem]:
    if rows.empty:
        return []
    title = typed.header.titles[typed.header.positions[identifier]]
    return [
        Problem(
            "unknown-participant",
            f"{len(rows):,} rows name {rows[identifier].nunique():,} participants who are not in"
            f" the subject list, the first is row {rows['row'].iloc[0]}. They are counted apart"
            " and in no rate. Explain them, or complete the subject list.",
            file=typed.sheet.file,
            sheet=typed.sheet.name,
            row=int(rows["row"].iloc[0]),
            column=title,
            value=shorten(rows[identifier].iloc[0]),
        )
    ]


def _no_site_column(typed: TypedSheet) -> Problem:
    return Problem(
        "missing-column",
        "The column 'Site Number' is missing. Add it to the report, or send a list of subjects"
        " with their sites together with it.",
        file=typed.sheet.file,
        sheet=typed.sheet.name,
        row=typed.header.row,
        column="Site Number",
    )
