"""Rules about which service provider a file names."""

from kpis.submissions.checks.context import CheckContext
from kpis.submissions.reading.headers import squeeze
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, address, shorten

TITLES = frozenset({"cro", "croname", "vendor", "vendorname", "serviceprovider", "provider"})
PHRASES = ("ltd", "inc", "gmbh", "llc", "sa", "plc", "limited", "clinical", "research")


def check_vendors(result: ReadResult, context: CheckContext) -> list[Problem]:
    """Return a warning for each service provider named in a column of its own that is not yours."""
    known = {_bare(name) for name in context.vendor_names}
    headers = {(one.file, one.sheet): one.header_row for one in result.sheets if one.used}
    found: list[Problem] = []
    for sheet in result.raw:
        row = headers.get((sheet.file, sheet.name))
        if not known or row is None:
            continue
        for position, title in sheet.frame.iloc[row - 1].items():
            if squeeze(title) not in TITLES:
                continue
            names = sheet.frame[position].iloc[row:]
            for name in names.unique().tolist():
                if type(name) is not str or not name.strip() or _bare(name) in known:
                    continue
                rows = names.index[names == name]
                found.append(
                    Problem(
                        "other-vendor",
                        f"'{shorten(name)}' ({len(rows):,} rows) is not how you are registered:"
                        f" {', '.join(sorted(context.vendor_names))}. Send your own file, or"
                        " explain that it is another name of yours.",
                        file=sheet.file,
                        sheet=sheet.name,
                        row=int(rows[0]) + 1,
                        column=shorten(title),
                        cell=address(int(str(position)), int(rows[0]) + 1),
                        value=shorten(name),
                    )
                )
    return found


def _bare(name: str) -> str:
    """Return a name without the words that come and go in the names of companies."""
    words = [squeeze(word) for word in name.split()]
    return "".join(word for word in words if word not in PHRASES) or squeeze(name)
