"""Rules about which service provider a file names."""

from collections.abc import Sequence

from kpis.submissions.checks.context import CheckContext
from kpis.submissions.reading.headers import squeeze
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, address, shorten

TITLES = frozenset({"cro", "croname", "vendor", "vendorname", "serviceprovider", "provider"})
PHRASES = ("ltd", "inc", "gmbh", "llc", "sa", "plc", "limited", "clinical", "research")


def vendors_named(result: ReadResult) -> list[Problem]:
    """Return a warning for each service provider that is named in a column of its own."""
    headers = {(one.file, one.sheet): one.header_row for one in result.sheets if one.used}
    found: list[Problem] = []
    for sheet in result.raw:
        row = headers.get((sheet.file, sheet.name))
        if row is None:
            continue
        for position, title in sheet.frame.iloc[row - 1].items():
            if squeeze(title) not in TITLES:
                continue
            names = sheet.frame[position].iloc[row:]
            for name in names.unique().tolist():
                if type(name) is not str or not name.strip():
                    continue
                rows = names.index[names == name]
                found.append(
                    Problem(
                        "other-vendor",
                        f"'{shorten(name)}' ({len(rows):,} rows) is not how you are registered."
                        " Send your own file, or explain that it is another name of yours.",
                        file=sheet.file,
                        sheet=sheet.name,
                        row=int(rows[0]) + 1,
                        column=shorten(title),
                        cell=address(int(str(position)), int(rows[0]) + 1),
                        value=shorten(name),
                    )
                )
    return found


def of_others(problems: Sequence[Problem], context: CheckContext) -> list[Problem]:
    """Return the problems without those about the sender's own name."""
    known = {_bare(name) for name in context.vendor_names}
    return [
        one
        for one in problems
        if one.rule != "other-vendor" or (known and _bare(one.value or "") not in known)
    ]


def _bare(name: str) -> str:
    """Return a name without the words that come and go in the names of companies."""
    words = [squeeze(word) for word in name.split()]
    return "".join(word for word in words if word not in PHRASES) or squeeze(name)
