"""Agreements and qualifications that end soon, and conditions that stand open. Pure.

What has ended while work goes on is a flag of coverage already.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter, Subject
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from dashboards.findings import plural
from oversight.look.times import day_text
from studies.answers import holds
from studies.coverage.facts import Facts, Held, Version
from vendors.agreements.standing import SOON, begins, in_force, last_day
from vendors.dossier.standing import qualified
from vendors.models import AgreementVersion


def of_agreements(facts: Facts, places: Places, *, on: date) -> Iterator[Matter]:
    """Yield each agreement in force that ends soon, has no successor, and carries work."""
    versions: dict[int, list[Version]] = defaultdict(list)
    for version in facts.versions.values():
        versions[version.agreement].append(version)
    resting: dict[int, list[Held]] = defaultdict(list)
    for held in facts.held:
        named = facts.versions.get(held.version or 0)
        if named is not None and held.holder is not None and holds(held, on):
            resting[named.agreement].append(held)
    for agreement, rows in resting.items():
        now = in_force(versions[agreement], on=on)
        end = last_day(now) if now else None
        if now is None or end is None or end - on > SOON:
            continue
        if any((first := begins(one)) and first > on for one in versions[agreement]):
            continue
        yield _ending(facts, now, end, rows, places)


def of_qualifications(facts: Facts, places: Places, *, on: date) -> Iterator[Matter]:
    """Yield each provider that works and whose qualification ends soon or has open conditions."""
    working: dict[int, list[Held]] = defaultdict(list)
    for held in facts.held:
        if held.holder is not None and holds(held, on):
            for provider in {held.holder, held.performer or held.holder}:
                working[provider].append(held)
    for vendor, rows in working.items():
        if vendor not in facts.providers:  # a sub-provider, not for this reader
            continue
        made = [one for one in facts.providers[vendor].assessments if one.assessed_on <= on]
        standing = qualified(made, on=on)
        if not standing.qualified or standing.mark != "care":
            continue
        newest = max(made, key=lambda one: one.assessed_on)
        place = places.of_vendor(vendor)
        functions = _functions(facts, rows)
        end = newest.valid_until or on
        conditions = standing.words.endswith("conditions open") and end - on > SOON
        yield Matter(
            key=f"qualification {vendor}",
            kind=Kind.QUALIFICATION,
            severity=Severity.CONDITIONS if conditions else Severity.ENDING,
            what=f"{place.vendor} is {standing.words}",
            place=place,
            link=reverse("vendors:vendor-detail", args=[vendor]),
            act=reverse("vendors:entry-create", args=[vendor, "qualification"]),
            began=newest.assessed_on,
            due=None if conditions else end,
            since_words=f"assessed on {day_text(newest.assessed_on)}",
            size=len(rows),
            size_words=f"{plural(len(rows), 'delegation')} rest on it",
            functions=functions,
            critical=bool(functions & places.critical),
            silence_words="no other assessment",
        )


def _ending(facts: Facts, now: Version, end: date, rows: list[Held], places: Places) -> Matter:
    functions = _functions(facts, rows)
    subject: Subject = (AgreementVersion._meta.db_table, now.pk)
    page = reverse("vendors:agreement-detail", args=[now.agreement])
    return Matter(
        key=f"agreement {now.agreement}",
        kind=Kind.AGREEMENT,
        severity=Severity.ENDING,
        what=f"{now.title} ends on {day_text(end)} and nothing follows it",
        place=places.of_vendor(rows[0].holder or 0),
        link=page,
        act=reverse("vendors:version-create", args=[now.agreement]),
        began=begins(now) or now.effective_on,
        due=end,
        since_words=f"in force since {day_text(begins(now))}",
        size=len(rows),
        size_words=f"{plural(len(rows), 'delegation')} rest on it",
        functions=functions,
        critical=bool(functions & places.critical),
        subjects=frozenset({subject}),
        silence_words="no version more",
    )


def _functions(facts: Facts, rows: list[Held]) -> frozenset[str]:
    concerned = {one.function for one in rows}
    return frozenset(one.slug for one in facts.works if one.pk in concerned)
