"""Rules about what rows name: sites that are not known, studies that are not this one, and
the same row twice."""

import pandas as pd

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.checks.context import CheckContext
from kpis.submissions.checks.naming import problem_at
from kpis.submissions.reading.headers import squeeze
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, shorten


def check_sites(result: ReadResult, listing: ListingType, context: CheckContext) -> list[Problem]:
    """Return one warning for each site that is not known, at its first row."""
    table = result.tables[listing.name]
    unknown = table[table["site"].notna() & ~_known(table, context)]
    problems = []
    for site, rows in unknown.groupby("site", sort=False):
        first, count = rows.iloc[0], len(rows)
        many = f"{count:,} rows name it, the first is row" if count > 1 else "It stands in row"
        problems.append(
            problem_at(
                result,
                listing,
                "unknown-site",
                f"Site '{shorten(site)}' is not among the sites of {context.protocol_number}."
                f" {many} {first['row']}. Have the site added, or explain.",
                place=_place(first),
                column="site",
                value=site,
            )
        )
    return problems


def _known(table: pd.DataFrame, context: CheckContext) -> "pd.Series[bool]":
    """Say of each row whether its study has its site."""
    if not context.spans_studies:
        return table["site"].isin(list(context.known_sites))
    sites = {squeeze(name): known for name, known in context.sites_by_study.items()}
    pairs = zip(table["study"].fillna("").map(squeeze), table["site"], strict=True)
    return pd.Series([site in sites.get(study, ()) for study, site in pairs], index=table.index)


def check_study_named(result: ReadResult, listing: ListingType) -> list[Problem]:
    """Return one error for the rows that name no study, where a submission spans several."""
    table = result.tables[listing.name]
    if "study" not in table or "site" not in table:  # positions, say, belong to no study
        return []
    unnamed = table[table["study"].isna()]
    if unnamed.empty:
        return []
    return [
        problem_at(
            result,
            listing,
            "study-not-named",
            f"{len(unnamed):,} rows of {listing.title.lower()} name no study, the first is row"
            f" {unnamed.iloc[0]['row']}. Add the study to each row.",
            place=_place(unnamed.iloc[0]),
            column="study",
            value="",
        )
    ]


def check_study(result: ReadResult, listing: ListingType, context: CheckContext) -> list[Problem]:
    """Return one error for each study named that is not the submission's own."""
    table = result.tables[listing.name]
    accepted = {squeeze(name) for name in (context.protocol_number, *context.study_names)}
    names = table["study"].dropna()
    foreign = [name for name in names.unique() if squeeze(name) not in accepted]
    problems = []
    for name in foreign:
        rows = table[table["study"] == name]
        problems.append(
            problem_at(
                result,
                listing,
                "other-study",
                f"This file names study '{shorten(name)}' ({len(rows):,} rows), this submission"
                f" is for {context.protocol_number}. Send the file of this study, or have the"
                " name accepted for it.",
                place=_place(rows.iloc[0]),
                column="study",
                value=name,
            )
        )
    return problems


def check_duplicates(result: ReadResult, listing: ListingType) -> list[Problem]:
    """Return one error for each row whose key was there before; both rows are named.

    Where such rows are counted, they give one warning for all.
    """
    table = result.tables[listing.name]
    key = list(listing.key)
    again = table.duplicated(key, keep="first")
    if not again.any():
        return []
    if listing.duplicates == "counted":
        return [_repeated(result, listing, table[again])]
    involved = table[table.duplicated(key, keep=False)]
    group = involved.groupby(key, dropna=False, sort=False)
    firsts = involved.assign(
        first_row=group["row"].transform("first"),
        first_file=group["file"].transform("first"),
        first_sheet=group["sheet"].transform("first"),
    )[again.loc[involved.index]]
    names = [listing.column(name).title for name in key]
    return [
        problem_at(
            result,
            listing,
            "duplicate-key",
            f"Row {row['row']} repeats {_where(result, row)}: {', '.join(names)} are the same."
            " Remove one of the two rows.",
            place=_place(row),
            column=key[-1],
            value=row[key[-1]],
        )
        for _, row in firsts.iterrows()
    ]


def _repeated(result: ReadResult, listing: ListingType, again: pd.DataFrame) -> Problem:
    first = again.iloc[0]
    return problem_at(
        result,
        listing,
        "repeated-rows",
        f"{len(again):,} rows of {listing.title.lower()} repeat another row exactly, the first is"
        f" row {first['row']}. Nothing tells whether they are separate cases, so they are counted."
        " Explain them, or send the listing with its own numbers.",
        place=_place(first),
        column=listing.key[1],
        value=first[listing.key[1]],
    )


def _where(result: ReadResult, row: pd.Series) -> str:
    where = f"row {row['first_row']}"
    if (row["first_file"], row["first_sheet"]) != (row["file"], row["sheet"]):
        where += f" of {shorten(row['first_sheet'])}"
    if row["first_file"] != row["file"] and result.file_names:
        where += f" in {shorten(result.file_names[int(row['first_file'])])}"
    return where


def _place(row: pd.Series) -> tuple[int, str, int]:
    return int(row["file"]), str(row["sheet"]), int(row["row"])


def listings_of(result: ReadResult) -> list[ListingType]:
    """Return the listing types that were read, in the order they are defined."""
    return [listing for name, listing in LISTINGS.items() if name in result.tables]
