"""What goes wrong in monthly files, in the words of those who send them, and which rules find it.

`MISTAKES` names for each class every mistake and its rules; where a mistake needs no rule because
the file is read as it was meant, it says so. A test plants each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """One mistake, the rules that find it, and what is done with it where none is needed."""

    words: str
    rules: tuple[str, ...]
    read_as: str = ""


def _made(words: str, *rules: str, read_as: str = "") -> Mistake:
    return Mistake(words, rules, read_as)


MISTAKES: Mapping[str, tuple[Mistake, ...]] = {
    "File": (
        _made("a template of another version", "wrong-template-version"),
        _made("a file of another study or month", "other-study", "other-scope"),
        _made("a cut-off that is not in the month", "cutoff-outside-period"),
        _made("a password", "file-password"),
        _made("the old Excel format", "file-old-excel"),
        _made("semicolons and decimal commas", read_as="The column's own figures tell."),
        _made("text that is not UTF-8", "encoding"),
        _made("macros", "macros"),
        _made("renamed columns", "missing-column"),
        _made("moved columns", read_as="Columns are found by their header words."),
        _made("a misspelt header", "misspelt-column", "perhaps-column"),
        _made("further sheets", "sheet-not-used"),
        _made("hidden or filtered rows", "hidden-rows"),
        _made("merged cells", "merged-cells"),
        _made("a totals row among the sites", "totals-row", "total-counted-as-site"),
        _made("formulas without a stored value", "formula-without-value"),
        _made("#REF!, #DIV/0!, #N/A", "error-cell"),
    ),
    "Type": (
        _made("dates that cannot be read", "not-a-date"),
        _made(
            "day and month changed over",
            "date-order-mixed",
            "date-order-unclear",
            "day-month-swapped",
        ),
        _made("the other calendar of Excel", "dates-1904", "date-too-old"),
        _made("dates as day numbers", "serial-dates"),
        _made("site 0012 that became 12", "site-zeros"),
        _made("12 % beside 0.12", "percent-or-fraction"),
        _made("'3 weeks' in a column of days", "number-with-unit"),
        _made("n/a, - and TBC in a required column", "placeholder"),
        _made("spaces before and after", read_as="They are taken off."),
        _made("separators of thousands", "number-unclear"),
        _made("several currencies", "currency-mix"),
    ),
    "Identity": (
        _made("an unknown site", "unknown-site"),
        _made("a site twice", "duplicate-key"),
        _made("a renumbered site", "site-renumbered", "participant-at-two-sites"),
        _made("another name of the CRO or study", "other-vendor", "study-name-variant"),
        _made("countries as codes and names", "country-spelling"),
        _made("a site with two investigators", "site-two-investigators"),
    ),
    "Arithmetic": (
        _made("a numerator over its denominator", "numerator-over-denominator"),
        _made("buckets that are not the total", "parts-differ-from-total"),
        _made("fewer screened than failed and enrolled", "part-over-whole"),
        _made("sites that do not add up to the study", "total-differs", "sheets-differ"),
        _made("a cumulative count that fell", "cumulative-fell"),
        _made(
            "a backlog that does not follow from the last one",
            "backlog-broken",
            "balance-broken",
            "opening-differs",
        ),
        _made("a negative number", "negative-number"),
        _made("more than 100 percent", "percent-over-100"),
    ),
    "Time": (
        _made("dates after the cut-off", "after-cutoff"),
        _made("activated before selected", "dates-out-of-order"),
        _made("closed before opened", "closed-before-opened", "answered-before-opened"),
        _made("months that overlap or are left out", "period-overlap", "period-gap"),
        _made("an extract from before the cut-off", "extracted-before-cutoff"),
    ),
    "Plausibility": (
        _made("last month's rows again", "same-as-last-month"),
        _made("exactly at the target", "exactly-at-limit"),
        _made("zero everywhere", "all-zero"),
        _made("a site that jumped", "site-jump"),
        _made("ten times as much", "tenfold-jump"),
        _made("round numbers only", "round-numbers"),
        _made("hours that became days", "unit-changed"),
    ),
    "Semantic": (
        _made("resolved: answered or closed?", "resolved-meaning", "open-with-close-date"),
        _made("calendar or business days?", "business-days"),
        _made("are closed sites included?", "closed-sites-included"),
        _made("is what is on hold included?", "on-hold-included"),
        _made("planned: the first plan or a new one?", "plan-moved"),
        _made("median or mean?", "mean-or-median"),
        _made("complete: of all, or of what is expected to date?", "complete-or-expected"),
    ),
    "Privacy": (
        _made("initials", "personal-initials"),
        _made("dates of birth", "personal-birth-date"),
        _made("e-mail addresses", "personal-email"),
        _made("telephone numbers", "personal-phone"),
        _made("names in comments", "personal-name"),
    ),
    "Completeness": (
        _made("a listing that is due and not there", "listing-not-sent"),
        _made("blank cells that mean zero", "blank-or-zero"),
        _made("an active site without a row", "site-missing"),
        _made("rows that disappeared", "row-disappeared", "row-gone-from-ledger"),
        _made("a function that is not delegated", "function-not-delegated"),
    ),
}
