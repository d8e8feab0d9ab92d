"""What the worker compares a check with, and what it stores beside it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kpis.models import Comparison, KpiResult, Submission, SubmittedTable
from kpis.snapshots.compute import compute_for
from kpis.submissions.comparing.against import AcceptedTables
from kpis.submissions.comparing.keep import compare_or_say
from kpis.submissions.comparing.sealed import open_differences
from kpis.submissions.decide import accept
from kpis.submissions.receive import receive
from oversight.audit_trail.attribution import Actor, acting
from oversight.storage import address as stored_at
from studies.models import Delegation, Function, Site
from tests.kpis.makers import (
    BAD_ROW,
    CUTOFF,
    GOOD_ROWS,
    NOW,
    accepted,
    check,
    checked,
    csv_bytes,
    fresh,
    newest,
    submitted,
    upload_of,
)
from tests.people import START, World
from vendors.access import actor_of

SEPTEMBER, OCTOBER = date(2025, 9, 30), date(2025, 10, 31)
LATER = datetime(2025, 12, 3, 9, tzinfo=UTC)


def rows(count: int, *, old: int = 0, cutoff: date = CUTOFF) -> tuple[str, ...]:
    """Return so many open queries of 3 days at the cut-off, the first `old` of them of 40."""
    return tuple(
        f"Study 1,FRA,Site 2,Subject {n},Visit 1,AE,AETERM,1,Open,CDM,"
        f"{cutoff - timedelta(days=40 if n < old else 3)},,"
        for n in range(count)
    )


def comparison_of(submission: Submission) -> Comparison:
    return Comparison.objects.get(check_made=newest(submission))


def test_nothing_accepted_before_is_said_and_colours_stand_alone(world: World) -> None:
    found = comparison_of(checked(world))
    assert found.against is None
    assert not found.tables.exists()
    assert {one["slug"] for one in found.colours} >= {"query-aging", "query-backlog"}
    assert all(one["before"] is None for one in found.colours)


def test_it_is_compared_with_the_latest_earlier_month(world: World) -> None:
    accepted(world, csv_bytes(*rows(2, cutoff=SEPTEMBER)), cutoff=SEPTEMBER)
    last = accepted(world, csv_bytes(GOOD_ROWS[1]), cutoff=OCTOBER)
    submission = checked(world)
    found = comparison_of(submission)
    assert found.against == last
    table = found.tables.get(listing="queries")
    assert (table.new, table.changed, table.gone, table.unchanged) == (2, 0, 0, 1)
    kept = open_differences(table.differences_sha256)
    new = kept.rows(kept.places("new"))
    assert list(new["after.field"]) == ["AETERM", "SYSBP"]


def test_the_same_month_is_compared_with_itself_once_accepted(world: World) -> None:
    accepted(world, csv_bytes(*GOOD_ROWS[:1]), cutoff=OCTOBER)
    first = accepted(world, csv_bytes(*GOOD_ROWS))
    answered = GOOD_ROWS[0].replace("Open,CDM,2025-11-04,", "Answered,CDM,2025-11-04,2025-11-10")
    found = comparison_of(checked(world, csv_bytes(answered, *GOOD_ROWS[1:2])))
    assert found.against == first
    table = found.tables.get(listing="queries")
    assert (table.new, table.changed, table.gone, table.unchanged) == (0, 1, 1, 1)
    kept = open_differences(table.differences_sha256)
    assert dict(kept.columns("changed")) == {"state": 1, "answered_at": 1}


def test_a_cutoff_that_is_only_proposed_names_the_month(world: World) -> None:
    first = accepted(world)
    found = comparison_of(checked(world, csv_bytes(*GOOD_ROWS[:2]), cutoff=None))
    assert found.against == first


def test_the_kpis_are_computed_dry_and_as_acceptance_computes_them(world: World) -> None:
    october = accepted(world, csv_bytes(*rows(40, old=1, cutoff=OCTOBER)), cutoff=OCTOBER)
    compute_for(submission=october, now=NOW)
    results = KpiResult.objects.count()
    submission = submitted(world, csv_bytes(*rows(40, old=30)))
    assert KpiResult.objects.count() == results
    colours = {(one["slug"], one["study"]): one for one in comparison_of(submission).colours}
    aging = colours["query-aging", world.study.pk]
    assert (aging["before"]["rag"], aging["after"]["rag"]) == ("green", "red")
    assert (aging["after"]["numerator"], aging["after"]["denominator"]) == (30, 40)
    assert aging["scope"] == "NWT-301"
    assert ("query-aging", None) not in colours  # the only study says it already
    accept(actor=actor_of(world.sam), submission=submission, comment="", now=LATER)
    compute_for(submission=fresh(submission), now=LATER)
    stored = KpiResult.objects.filter(run__submission=submission, country="")
    assert stored.count() == len(colours)
    for result in stored:
        after = colours[result.definition.slug, result.study_id]["after"]
        assert (after["value"], after["rag"]) == (result.value, result.rag)


def test_across_studies_the_others_accepted_files_count(world: World) -> None:
    with acting(Actor.system("tests"), reason="a second study"):
        Delegation.objects.create(
            study=world.other_study,
            function=Function.objects.get(slug="data-management"),
            kind=Delegation.Kind.TRANSFERRED,
            engagement=world.alpha_engagement,
            from_date=START,
        )
        Site.objects.create(study=world.other_study, number="Site 2", country="FRA")
    accepted(world, csv_bytes(*rows(40, old=30)))
    content = csv_bytes(*(row.replace("Study 1", "NWT-204") for row in rows(60)))
    other = receive(
        actor=actor_of(world.ada),
        engagement=world.alpha_engagement,
        study=world.other_study,
        uploads=[upload_of(content)],
        data_cutoff_date=CUTOFF,
        now=NOW,
    )
    colours = {(c["slug"], c["scope"]): c["after"] for c in comparison_of(check(other)).colours}
    assert ("query-aging", "NWT-301") not in colours  # this file does not touch it
    assert colours["query-aging", "NWT-204"]["denominator"] == 60
    whole = colours["query-aging", "all studies"]
    assert (whole["numerator"], whole["denominator"]) == (30, 100)


def test_errors_do_not_hinder_the_comparison(world: World) -> None:
    accepted(world, cutoff=OCTOBER)
    submission = checked(world, csv_bytes(*GOOD_ROWS, BAD_ROW))
    assert newest(submission).error_count
    assert comparison_of(submission).tables.get(listing="queries").unchanged == 3


def test_another_spelling_of_the_study_is_no_difference(world: World) -> None:
    accepted(world, cutoff=OCTOBER)
    renamed = csv_bytes(*(row.replace("Study 1", "NWT-301") for row in GOOD_ROWS))
    found = comparison_of(checked(world, renamed))
    table = found.tables.get(listing="queries")
    assert (table.new, table.changed, table.gone, table.unchanged) == (0, 0, 0, 3)
    assert table.differences_sha256 == ""


def test_a_damaged_table_leaves_the_check_without_a_comparison(
    world: World, own_storage: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = accepted(world, cutoff=OCTOBER)
    submission = checked(world, csv_bytes(*GOOD_ROWS[:1]))
    sealed = own_storage / stored_at(
        SubmittedTable.objects.get(check_made__submission=first).sha256
    )
    tables = AcceptedTables(submission)
    sealed.write_bytes(b"other")
    assert compare_or_say(submission, tables, cutoff_date=CUTOFF) is None
    assert "cannot be compared" in caplog.text
    sealed.unlink()
    assert compare_or_say(submission, tables, cutoff_date=CUTOFF) is None


def test_an_error_of_ours_is_logged_and_a_full_disk_is_raised(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    submission = checked(world)
    tables: Any = {"queries": "no table"}
    assert compare_or_say(submission, tables, cutoff_date=CUTOFF) is None
    assert f"The comparison of {submission} failed" in caplog.text

    class Full(dict[str, Any]):
        def __iter__(self) -> Any:
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        compare_or_say(submission, Full(), cutoff_date=CUTOFF)


def test_another_scope_is_never_compared_with(world: World) -> None:
    accepted(world, cutoff=OCTOBER)
    other = checked(world, csv_bytes(*GOOD_ROWS[:2]), cutoff=SEPTEMBER)
    assert comparison_of(other).against is None  # October comes after September
