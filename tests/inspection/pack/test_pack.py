"""A whole pack: what is in it, for whose eyes, as known when, the same bytes again."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest

from inspection.building import build_export
from inspection.models import InspectionExport
from inspection.services import record_download
from kpis.models import Submission
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import Seal
from oversight.audit_trail.services import record, seal
from studies.models import Delegation, Engagement
from tests.inspection.pack.making import MARCH, add_sites, built, content_of, send
from tests.people import World
from vendors.access import PERMISSIONS, Permission, actor_of

Months = tuple[Submission, Submission]
KPI = "Query aging"


def opened(export: InspectionExport) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content_of(export)))


def listing(export: InspectionExport, name: str) -> list[dict[str, str]]:
    """The rows of one CSV listing; none for one that says so."""
    with opened(export) as pack:
        (path,) = [p for p in pack.namelist() if f"-{name}_" in p and p.endswith(".csv")]
        rows = list(csv.DictReader(io.StringIO(pack.read(path).decode("utf-8-sig"))))
    return [] if next(iter(rows[0].values())) == "No records" else rows


def ageing(export: InspectionExport) -> dict[str, str]:
    """The study's result for query ageing, of the pack's only month."""
    (row,) = [row for row in listing(export, "results") if not row["Country"] and row["KPI"] == KPI]
    return row


def everything(export: InspectionExport) -> str:
    """All text of the pack, that of its workbooks too, and all paths.

    The PDF and the sealed tables are left out: three letters turn up in compressed bytes by chance,
    and what they hold stands in the listings as well.
    """
    with opened(export) as pack:
        return "\n".join([*pack.namelist(), *(_text(pack, name) for name in pack.namelist())])


def _text(pack: zipfile.ZipFile, name: str) -> str:
    content = pack.read(name)
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [part for part in book.namelist() if "theme" not in part]  # names of fonts
            return "\n".join(book.read(part).decode("utf-8") for part in parts)
    if name.endswith((".pdf", ".parquet")):
        return ""
    return content.decode("utf-8")


def test_a_pack_holds_what_an_inspector_takes_away(world: World, months: Months) -> None:
    export = built(world, world.study)
    with opened(export) as pack:
        manifest = json.loads(pack.read("manifest.json"))
        for member in manifest["members"]:
            content = pack.read(member["path"])
            assert hashlib.sha256(content).hexdigest() == member["sha256"]
            assert len(content) == member["size"]
        assert set(pack.namelist()) == {m["path"] for m in manifest["members"]} | {"manifest.json"}
        assert pack.read("summary.pdf").startswith(b"%PDF-1.7")
        definition = json.loads(pack.read("definitions/query-aging.v1.json"))
    assert definition["limits"]["red"] == 10
    assert manifest["as_of"] == export.as_of_date.isoformat()
    (engagement,) = listing(export, "engagements")
    assert (engagement["Engagement"], engagement["Model"]) == ("Alpha for NWT-301", "Full service")
    (delegation,) = listing(export, "delegations")
    assert (delegation["Function"], delegation["Agreement and clause"]) == (
        "Data management",
        "WO-1 §4",
    )
    assert [row["State"] for row in listing(export, "submissions")] == ["Superseded", "Accepted"]
    whole = ageing(export)
    assert (whole["Numerator"], whole["Denominator"], whole["Status"]) == ("6", "46", "Red")
    assert whole["Submission"] == str(months[1])
    findings = {row["Subject"]: row for row in listing(export, "open-findings")}
    assert findings[KPI]["Finding"] == "KPI past its red limit"
    assert findings[KPI]["In words"] == "13.0\xa0% in Mar 2026; red over 10\xa0%"
    sites = [row for row in listing(export, "results-by-site") if row["KPI key"] == "query-aging"]
    assert sum(int(row["Denominator"]) for row in sites) == 46


def test_originals_are_the_bytes_that_were_received(world: World, months: Months) -> None:
    export = built(world, world.study)
    files = listing(export, "original-files")
    assert [row["Submission"] for row in files] == [str(one) for one in months]
    with opened(export) as pack:
        for row in files:
            info = pack.getinfo(row["In this pack"])
            assert info.compress_type == zipfile.ZIP_STORED
            assert hashlib.sha256(pack.read(info)).hexdigest() == row["SHA-256"]
    assert {row["SHA-256"] for row in files} == {one.files.get().sha256 for one in months}


@pytest.mark.usefixtures("months")
def test_the_same_scope_and_date_give_the_same_bytes(world: World) -> None:
    """Whoever asks, and whatever was done with packs and seals meanwhile."""
    first = built(world, world.study)
    record_download(actor=actor_of(world.quinn), export=first)
    seal()
    second = built(world, world.study, by=world.sam)
    record(Event.VIEWED, actor=actor_of(world.sam), subject=world.other_study)
    seal()
    third = built(world, world.study)
    assert first.pk != second.pk != third.pk
    assert first.sha256 == second.sha256 == third.sha256


@pytest.mark.usefixtures("months")
def test_what_happens_in_scope_changes_the_pack_of_today(world: World) -> None:
    first = built(world, world.study)
    record(Event.VIEWED, actor=actor_of(world.sam), subject=world.study)
    assert built(world, world.study).sha256 != first.sha256


@pytest.mark.usefixtures("months")
def test_before_a_restatement_the_first_figures_stand(world: World) -> None:
    then, later = (
        built(world, world.study, as_of=day) for day in (date(2026, 4, 10), date(2026, 4, 30))
    )
    result = ageing(then)
    assert (result["Numerator"], result["Denominator"], result["Status"]) == ("2", "42", "Green")
    (submission,) = listing(then, "submissions")
    assert (submission["State"], submission["Decided by"]) == ("Accepted", "Sam")
    assert len(listing(then, "original-files")) == 1
    assert KPI not in {row["Subject"] for row in listing(then, "open-findings")}
    result = ageing(later)
    assert result["Numerator"] == "6"
    assert [row["State"] for row in listing(later, "submissions")] == ["Superseded", "Accepted"]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 4, 4), None),
        (date(2026, 4, 6), "Submitted"),
        (date(2026, 4, 7), "Accepted"),
        (date(2026, 4, 21), "Accepted"),
        (date(2026, 4, 22), "Superseded"),
    ],
)
@pytest.mark.usefixtures("months")
def test_a_submission_has_the_state_of_the_day(world: World, day: date, state: str | None) -> None:
    rows = listing(built(world, world.study, as_of=day), "submissions")
    assert [row["State"] for row in rows][:1] == ([state] if state else [])
    if state == "Submitted":
        assert (rows[0]["Decided by"], rows[0]["Decided at (UTC)"]) == ("", "")


@pytest.mark.usefixtures("months")
def test_a_register_that_begins_after_the_date_says_so(world: World) -> None:
    export = built(world, world.study, as_of=date(2026, 4, 10))
    assert listing(export, "engagements") == []
    with opened(export) as pack:
        readme = pack.read("README.txt").decode()
        manifest = json.loads(pack.read("manifest.json"))
    assert "The change history of the register begins on" in readme
    assert manifest["audit_trail_seal"] is None
    assert listing(export, "audit-trail-changes") == []


@pytest.mark.usefixtures("months")
def test_the_first_seal_over_the_extract_is_named(world: World) -> None:
    export = built(world, world.study)
    with opened(export) as pack:
        manifest = json.loads(pack.read("manifest.json"))
    named = manifest["audit_trail_seal"]
    head = Seal.objects.get(pk=named["id"])
    assert named["sha256"] == head.sha256
    rows = listing(export, "audit-trail-changes")
    assert max(int(row["Id"]) for row in rows) <= head.last_change_id
    rows += listing(export, "audit-trail-events")
    newest = datetime.fromisoformat(manifest["audit_trail_newest_at"])
    assert max(row["At (UTC)"] for row in rows) == f"{newest:%Y-%m-%d %H:%M:%S}"


@pytest.mark.usefixtures("months")
def test_the_extract_says_who_changed_what_and_why(world: World) -> None:
    with acting(actor_of(world.sam), reason="Amendment 3"):
        Engagement.objects.filter(pk=world.alpha_engagement.pk).update(pricing_basis="fte")
    rows = listing(built(world, world.study), "audit-trail-changes")
    (changed,) = [row for row in rows if row["Reason"] == "Amendment 3"]
    assert (changed["Field"], changed["Old value"], changed["New value"]) == (
        "pricing_basis",
        "",
        "fte",
    )
    assert (changed["Actor"], changed["Role"], changed["Organisation"]) == (
        "Sam",
        "Oversight manager",
        "Northwind Therapeutics",
    )
    events = listing(built(world, world.study), "audit-trail-events")
    assert {"Accepted", "Submitted to the sponsor"} <= {row["What"] for row in events}
    assert "Exported" not in {row["What"] for row in events}


@pytest.mark.usefixtures("months")
def test_a_pack_of_one_study_or_cro_holds_nothing_of_another(world: World) -> None:
    with acting(Actor.system("tests"), reason="SECRET-REASON"):
        Delegation.objects.filter(study=world.other_study).update(clause="SECRET-CLAUSE")
    add_sites(world.other_study)
    send(world, old=9, engagement=world.beta_engagement, study=world.other_study)
    for scope in (world.study, world.alpha):
        text = everything(built(world, scope))
        for word in ("SECRET", "NWT-204", "Beta", "Ben", "Southwind", "SWP"):
            assert word not in text, (scope, word)
    assert "SECRET-CLAUSE" in everything(built(world, world.beta))


@pytest.mark.usefixtures("months")
def test_a_cro_pack_holds_its_studies_and_the_roll_up(world: World) -> None:
    export = built(world, world.alpha)
    assert {row["Study"] for row in listing(export, "results")} == {"NWT-301", "all studies"}
    assert [row["Study"] for row in listing(export, "studies")] == ["NWT-301"]
    assert [row["Provider"] for row in listing(export, "service-providers")] == ["Alpha"]


@pytest.mark.usefixtures("months")
def test_months_outside_the_range_are_left_out(world: World) -> None:
    send(world, old=1, cutoff=date(2026, 4, 30))
    export = built(world, world.study)
    assert {row["Month"] for row in listing(export, "results")} == {"2026-03-01"}
    both = built(world, world.study, period_until=date(2026, 4, 1))
    assert {row["Month"] for row in listing(both, "results")} == {"2026-03-01", "2026-04-01"}
    assert len(listing(both, "original-files")) == 3


def test_a_study_without_anything_gives_a_pack_that_says_so(world: World) -> None:
    export = built(world, world.other_study, period_from=MARCH.replace(month=1, day=1))
    for name in ("submissions", "original-files", "results", "results-by-site", "definitions"):
        assert listing(export, name) == []
    assert len(listing(export, "delegations")) == 1


def test_who_may_export_may_read_all_that_a_pack_holds() -> None:
    needed = {
        Permission.VIEW_DASHBOARDS,
        Permission.VIEW_REGISTER,
        Permission.VIEW_SUBMISSIONS,
        Permission.VIEW_AUDIT_TRAIL,
    }
    holders = [held for held in PERMISSIONS.values() if Permission.EXPORT in held]
    assert holders
    assert all(needed <= held for held in holders)


@pytest.mark.usefixtures("months")
def test_statements_do_not_grow_with_the_submissions(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for month in range(4, 8):
        send(world, old=1, cutoff=date(2026, month, 28))
    export = built(world, world.study, period_until=date(2026, 8, 1))
    InspectionExport.objects.filter(pk=export.pk).update(
        state="building", ready_at=None, size=None, sha256=""
    )
    export.refresh_from_db()
    with django_assert_max_num_queries(75):
        build_export(export=export, now=datetime.now(UTC))
