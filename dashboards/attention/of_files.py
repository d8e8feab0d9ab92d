"""Files that did not come, and those that lie unfinished past their day. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse

from dashboards.attention.handed import TABLE
from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from dashboards.findings import plural
from dashboards.periods import month_key, month_name
from kpis.standing import Entry, Standing
from oversight.look.times import day_text


def of_files(entries: Iterable[Entry], places: Places) -> Iterator[Matter]:
    """Yield what each scope has not sent, its months together, and each month not finished."""
    missing: dict[tuple[int, int | None], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.standing is Standing.MISSING:
            missing[entry.scope].append(entry)
        elif entry.standing is Standing.LATE:
            yield from _late(entry, places)
    for found in missing.values():
        yield from _missing(sorted(found, key=lambda one: one.period), places)


def _missing(found: Sequence[Entry], places: Places) -> Iterator[Matter]:
    first = found[0]
    engagement, study = first.scope
    place = places.of_engagement(engagement, study)
    if place is None:
        return
    page = reverse("kpis:due-submission", args=[engagement, study or 0, month_key(first.period)])
    months = [month_name(one.period) for one in found]
    more = f" and {plural(len(months) - 1, 'month')} more" if len(months) > 1 else ""
    functions = places.functions(engagement, study)
    slugs = frozenset().union(*(one.due.slugs for one in found))
    yield Matter(
        key=f"missing {engagement} {study or 0}",
        kind=Kind.MISSING,
        severity=Severity.MISSING,
        what=f"{place.vendor} has not sent {months[0]}{more}: {place.protocol or 'all studies'}",
        place=place,
        link=page,
        act=page,
        began=first.due_day.day,
        due=first.due_day.day,
        since_words=f"due by {day_text(first.due_day.day)}",
        size=len(slugs) * len(found),
        size_words=f"{plural(len(slugs), 'KPI')} without a value",
        functions=functions,
        critical=bool(functions & places.critical),
        silence_words="nothing came",
        mark="missing",
    )


def _late(entry: Entry, places: Places) -> Iterator[Matter]:
    engagement, study = entry.scope
    place = places.of_engagement(engagement, study)
    if place is None or entry.came is None:
        return
    page = reverse("kpis:submission-detail", args=[entry.came.submission_id])
    functions = places.functions(engagement, study)
    yield Matter(
        key=f"late {entry.came.submission_id}",
        kind=Kind.LATE,
        severity=Severity.LATE,
        what=f"{month_name(entry.period)} of {places.named(place)} came and was not handed over",
        place=place,
        link=page,
        act=page,
        began=entry.due_day.day,
        due=entry.due_day.day,
        since_words=f"{entry.came.stage.value}, due by {day_text(entry.due_day.day)}",
        size=len(entry.due.slugs),
        size_words=f"{plural(len(entry.due.slugs), 'KPI')} without a value",
        functions=functions,
        critical=bool(functions & places.critical),
        subjects=frozenset({(TABLE, entry.came.submission_id)}),
        silence_words="nobody has worked on it",
        mark="missing",
    )
