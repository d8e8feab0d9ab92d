"""Rules about sites: unknown, written without leading zeros, renumbered, twice, missing."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.submissions.checks.naming import Checked, place_of, problem_at
from kpis.submissions.reading.coded import numbers, written
from kpis.submissions.reading.headers import squeeze
from kpis.submissions.reading.problems import Problem, shorten

Numbers = NDArray[np.integer[Any]]
# Totals that a report gives a row of its own among the sites.
TOTALS = r"^\s*(?:grand|sub|over\s?all|study|all)?[\s_-]*(?:totals?|sum|sites|all)\s*:?\s*$"
# These name sites to find participants by; what they name is no finding until rows need it.
LENIENT = frozenset({"participants"})


def check_sites(checked: Checked, seen: set[str]) -> list[Problem]:
    """Return one warning for each site that is not known, at its first row; `seen` are told."""
    if "site" not in checked.table or checked.listing.name in LENIENT:
        return []
    table = checked.table
    unknown = table[table["site"].notna() & ~_known(checked) & ~table["site"].isin(seen)]
    unknown = unknown[~unknown["site"].str.match(TOTALS, case=False)]
    zeros = {
        site.lstrip("0"): site for site in sorted(checked.context.known_sites) if site.lstrip("0")
    }
    problems = []
    for site, rows in unknown.groupby("site", sort=False):
        seen.add(str(site))
        first, count = rows.iloc[0], len(rows)
        many = f"{count:,} rows name it, the first is row" if count > 1 else "It stands in row"
        meant = zeros.get(str(site).lstrip("0"))
        rule, hint = "unknown-site", "Have the site added, or explain."
        if meant is not None:
            rule = "site-zeros"
            hint = (
                f"Site '{meant}' is: the leading zeros were lost, as in a column of numbers."
                " Format the column as text and send the file again."
            )
        problems.append(
            problem_at(
                checked.result,
                checked.listing,
                rule,
                f"Site '{shorten(site)}' is not among the sites of"
                f" {checked.context.protocol_number}. {many} {first['row']}. {hint}",
                place=place_of(first),
                column="site",
                value=site,
            )
        )
    return problems


def _known(checked: Checked) -> "pd.Series[bool]":
    """Say of each row whether its study has its site."""
    table, context = checked.table, checked.context
    if not context.spans_studies:
        return table["site"].isin(list(context.known_sites))
    sites = {squeeze(name): known for name, known in context.sites_by_study.items()}
    names = checked.texts["study"].fillna("")
    squeezed = names.map({name: squeeze(name) for name in names.unique()})
    pairs = zip(squeezed, table["site"], strict=True)
    return pd.Series([site in sites.get(study, ()) for study, site in pairs], index=table.index)


def check_total_rows(checked: Checked) -> list[Problem]:
    """Return an error for each row whose site is 'Total': it would be counted as a site."""
    if "site" not in checked.table:
        return []
    sites = pd.Series(checked.table["site"].dropna().unique(), dtype="str")
    return checked.rows(
        checked.table["site"].isin(sites[sites.str.match(TOTALS, case=False)]),
        "total-counted-as-site",
        "site",
        "this is a total and no site; it would count everything twice. Take the row out.",
    )


def check_investigators(checked: Checked) -> list[Problem]:
    """Return a warning for each site that has two investigators."""
    table = checked.table
    found: list[Problem] = []
    names = [c.name for c in checked.listing.columns if c.names_people and "investigator" in c.name]
    for name in names:
        if "site" not in table or not checked.has(name):
            continue
        keys = ["study", "site"] if "study" in table else ["site"]
        people = table[name].str.casefold().str.replace(r"[^\w]", "", regex=True)
        where = [checked.texts[k].fillna("") for k in keys]
        first = people.groupby(where).transform("first")
        found += checked.rows(
            people.notna() & (people != first),
            "site-two-investigators",
            name,
            "the site stands elsewhere in the file with another investigator. Was it renumbered, or"
            " did the investigator change? Correct it, or explain.",
        )
    return found


def check_renumbered(checked: Checked) -> list[Problem]:
    """Return a warning for each site all of whose participants now stand under another number."""
    before = checked.before
    if before is None:
        return []
    table = checked.texts
    needed = {"site", "participant"}
    if not needed <= set(table) or not needed <= set(before):
        return []
    now, then = (
        one.dropna(subset=["site", "participant"]).drop_duplicates("participant")
        for one in (table, before)
    )
    both = (
        then.set_index("participant")["site"]
        .to_frame("was")
        .join(now.set_index("participant")["site"].rename("now"), how="inner")
    )
    found: list[Problem] = []
    for was, group in both[both["was"] != both["now"]].groupby("was"):
        if (both["was"] == was).sum() != len(group) or group["now"].nunique() != 1:
            continue
        name = str(group["now"].iloc[0])
        found += checked.once(
            table["site"] == name,
            "site-renumbered",
            "site",
            f"All {len(group):,} participants that stood under site '{shorten(was)}' last month"
            f" now stand under '{shorten(name)}'. Was the site renumbered? Have it renamed, or"
            " explain.",
        )
    return found


def check_two_sites(checked: Checked) -> list[Problem]:
    """Return a warning for each participant who stands under two sites."""
    table = checked.table
    if not {"site", "participant"} <= set(table):
        return []
    site, person = numbers(table["site"]), numbers(table["participant"])
    first = _first_with_a_site(table, site, person)
    other = pd.Series((site >= 0) & (person >= 0) & (site != site[first]), table.index)
    if not other.any():
        return []
    other &= ~table["participant"].where(other).duplicated()
    there = pd.Series(first, table.index)
    return checked.rows(
        other,
        "participant-at-two-sites",
        "site",
        lambda at: (
            written(table.loc[at, "participant"]).map(shorten)
            + " stands under site "
            + pd.Series([shorten(one) for one in table["site"].iloc[there[at]]], at)
            + " in another row. Correct one of them, or explain."
        ),
    )


def _first_with_a_site(table: pd.DataFrame, site: Numbers, person: Numbers) -> Numbers:
    """Return for each row where its participant first stands with a site; 0 where nowhere."""
    who = person.astype(np.int64)
    if "study" in table:
        study = numbers(table["study"]).astype(np.int64)
        who = (study + 1) * (int(who.max(initial=0)) + 2) + who
    group, known = pd.factorize(who)
    with_site = np.flatnonzero(site >= 0)[::-1]
    first = np.zeros(len(known), dtype=np.intp)
    first[group[with_site]] = with_site  # of several the last one stays, which is the first row
    return first[group]


def check_sites_missing(checked: Checked) -> list[Problem]:
    """Return one warning for the active sites that a listing with one row a site leaves out."""
    listing = checked.listing
    if set(listing.key) - {"study", "period", "period_start", "period_end", "country"} != {"site"}:
        return []
    missing = sorted(checked.context.active_sites - set(checked.table["site"].dropna()))
    if not missing:
        return []
    some = ", ".join(shorten(site) for site in missing[:10]) + (" …" if len(missing) > 10 else "")
    return [
        checked.whole(
            "site-missing",
            f"{len(missing):,} active sites have no row in {listing.title.lower()}: {some}. Add"
            " them, or explain.",
            value=some,
        )
    ]
