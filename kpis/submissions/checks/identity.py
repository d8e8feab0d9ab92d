"""Rules about what rows name beside sites: studies, functions, CROs, and the same row twice."""

import re

import pandas as pd

from kpis.submissions.checks.alike import repeated
from kpis.submissions.checks.naming import Checked, place_of, problem_at
from kpis.submissions.reading.coded import written_out
from kpis.submissions.reading.headers import squeeze
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, shorten


def check_study_named(checked: Checked) -> list[Problem]:
    """Return one error for the rows that name no study, where a submission spans several."""
    table, listing = checked.table, checked.listing
    if not checked.context.spans_studies or "study" not in table or "site" not in table:
        return []  # positions, say, belong to no study
    unnamed = table["study"].isna()
    if not unnamed.any():
        return []
    return checked.once(
        unnamed,
        "study-not-named",
        "study",
        f"{int(unnamed.sum()):,} rows of {listing.title.lower()} name no study, the first is row"
        f" {table.loc[unnamed, 'row'].iloc[0]}. Add the study to each row.",
    )


def check_study(checked: Checked) -> list[Problem]:
    """Return one finding for each study named that is not the submission's own.

    An error, unless the name holds the protocol number and more words: then a warning.
    """
    if "study" not in checked.table:
        return []
    table, context = checked.table, checked.context
    accepted = {squeeze(name) for name in (context.protocol_number, *context.study_names)}
    names = table["study"].dropna()
    problems = []
    for name in names.unique():
        if squeeze(name) in accepted:
            continue
        variant = _is_variant(str(name), {context.protocol_number, *context.study_names})
        rows = table[table["study"] == name]
        sentence = (
            f"'{shorten(name)}' ({len(rows):,} rows) looks like another way to write"
            f" {context.protocol_number}. Have the name accepted for the study, or explain."
            if variant
            else f"This file names study '{shorten(name)}' ({len(rows):,} rows), this submission"
            f" is for {context.protocol_number}. Send the file of this study, or have the"
            " name accepted for it."
        )
        problems.append(
            problem_at(
                checked.result,
                checked.listing,
                "study-name-variant" if variant else "other-study",
                sentence,
                place=place_of(rows.iloc[0]),
                column="study",
                value=name,
            )
        )
    return problems


def _is_variant(name: str, accepted: set[str]) -> bool:
    """Tell whether `name` holds an accepted name as a whole, with other words around it."""
    bare = re.sub(r"[\W_]+", " ", name.casefold())
    return any(
        re.search(rf"(?<!\w){re.escape(own)}(?!\w)", bare)
        for own in (re.sub(r"[\W_]+", " ", one.casefold()).strip() for one in accepted)
        if any(sign.isdigit() for sign in own) and len(own) > 3
    )


def check_functions(checked: Checked) -> list[Problem]:
    """Return a warning for each function that rows name and that is not delegated."""
    table, known = checked.table, checked.context.functions
    if "function" not in table or not known:
        return []
    accepted = {squeeze(name) for name in known}
    names = table["function"].dropna()
    foreign = [name for name in names.unique() if squeeze(name) not in accepted]
    found: list[Problem] = []
    for name in foreign:
        mask = table["function"] == name
        found += checked.once(
            mask,
            "function-not-delegated",
            "function",
            f"'{shorten(name)}' ({int(mask.sum()):,} rows) is not among the functions delegated to"
            " you. Leave these rows out, have the delegation recorded, or explain.",
        )
    return found


def check_duplicates(checked: Checked) -> list[Problem]:
    """Return one error for each row whose key was there before; both rows are named.

    Where such rows are counted, they give one warning for all.
    """
    table, listing = checked.table, checked.listing
    key = list(listing.key)
    again = repeated(table, key)
    if not again.any():
        return []
    if listing.duplicates == "counted":
        return checked.once(
            again,
            "repeated-rows",
            key[1] if len(key) > 1 else key[0],
            f"{int(again.sum()):,} rows of {listing.title.lower()} repeat another row exactly, the"
            f" first is row {table.loc[again, 'row'].iloc[0]}. Nothing tells whether they are"
            " separate cases, so they are counted. Explain them, or send the listing with its own"
            " numbers.",
        )
    involved = written_out(table[table.duplicated(key, keep=False)])
    group = involved.groupby(key, dropna=False, sort=False)
    first = involved.assign(
        first_row=group["row"].transform("first"),
        first_file=group["file"].transform("first"),
        first_sheet=group["sheet"].transform("first"),
    )
    names = ", ".join(listing.column(name).title for name in key)

    def sentences(at: pd.Index) -> "pd.Series[str]":
        rows = first.loc[at]
        return pd.Series(
            [
                f"the same as {_where(checked.result, *place)} in {names}."
                " Remove one of the two rows."
                for place in zip(
                    rows["first_row"],
                    rows["first_sheet"],
                    rows["sheet"],
                    rows["first_file"],
                    rows["file"],
                    strict=True,
                )
            ],
            at,
        )

    return checked.rows(again, "duplicate-key", key[-1], sentences)


def _where(
    result: ReadResult, row: int, there: str, here: str, file_there: int, file_here: int
) -> str:
    where = f"row {row}"
    if (file_there, there) != (file_here, here):
        where += f" of {shorten(there)}"
    if file_there != file_here and result.file_names:
        where += f" in {shorten(result.file_names[int(file_there)])}"
    return where
