"""Every model says whose its rows are, and keeps them from everybody else.

A model that is new fails here until it has a line in ROWS that makes rows of Alpha, of Beta and of
the other sponsor.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from inspection.models import InspectionExport
from kpis import models as kpis
from kpis.definitions import catalogue, content_of
from oversight import storage
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import (
    Delegation,
    Engagement,
    Function,
    IndSubmission,
    Obligation,
    ReportedTransfer,
    Site,
    Study,
)
from tests.people import START, World
from vendors.access import Role, VisibleModel
from vendors.models import (
    Agreement,
    AgreementVersion,
    Certificate,
    Clause,
    CommunicationRule,
    Contact,
    EscalationStep,
    IdempotencyKey,
    Membership,
    Qualification,
    ServiceOffered,
    ServiceToken,
    Sponsor,
    SubcontractDecision,
    Tier,
    Vendor,
)

AT = datetime(2026, 10, 31, 12, tzinfo=UTC)
MONTH, CUTOFF = date(2026, 10, 1), date(2026, 10, 31)
# Not of the business: accounts, the audit trail itself.
GROUND = {"accounts", "audit_trail"}
OUR_APPS = [
    config.label
    for config in apps.get_app_configs()
    if Path(config.path).parent in (settings.BASE_DIR, settings.BASE_DIR / "oversight")
]


@dataclass(frozen=True)
class Side:
    """One CRO's part of a sponsor's work: the parents that a row of any model hangs on."""

    sponsor: Sponsor
    vendor: Vendor
    engagement: Engagement
    study: Study
    user: User
    submission: kpis.Submission
    check: kpis.Check
    definition: kpis.DefinitionSnapshot
    run: kpis.SnapshotRun
    result: kpis.KpiResult


def make_side(engagement: Engagement, study: Study, user: User) -> Side:
    """Make one of everything below an engagement and study."""
    submission = kpis.Submission.objects.create(
        engagement=engagement, study=study, created_by=user, received_at=AT
    )
    check = kpis.Check.objects.create(submission=submission, checked_at=AT, file_ids=[])
    definition, _ = kpis.DefinitionSnapshot.objects.get_or_create(
        slug="query-aging",
        version=1,
        defaults={"sha256": "0" * 64, "content": {}, "first_used_at": AT},
    )
    run = kpis.SnapshotRun.objects.create(
        engagement=engagement,
        study=study,
        period_start=MONTH,
        data_cutoff_date=CUTOFF,
        inputs_sha256=f"{engagement.pk:064}",
        computed_at=AT,
    )
    result = kpis.KpiResult.objects.create(
        run=run,
        definition=definition,
        engagement=engagement,
        study=study,
        period_start=MONTH,
        data_cutoff_date=CUTOFF,
        rag="green",
    )
    return Side(
        sponsor=engagement.sponsor,
        vendor=engagement.vendor,
        engagement=engagement,
        study=study,
        user=user,
        submission=submission,
        check=check,
        definition=definition,
        run=run,
        result=result,
    )


def make_function(side: Side) -> Function:
    """Make a function of the sponsor's own, delegated to this side's CRO."""
    function, made = Function.objects.get_or_create(
        sponsor=side.sponsor, slug=f"own-{side.vendor.pk}", name=f"For {side.vendor}"
    )
    if not made:
        return function
    Delegation.objects.create(
        study=side.study,
        function=function,
        kind="transferred",
        engagement=side.engagement,
        from_date=START,
    )
    return function


def make_file(side: Side) -> kpis.SubmittedFile:
    """Make a file of this side's submission."""
    return kpis.SubmittedFile.objects.create(
        submission=side.submission,
        name="a.csv",
        size=1,
        sha256=storage.keep(io.BytesIO(b"x")),
        received_at=AT,
        uploaded_by=side.user,
    )


def make_choice(side: Side) -> kpis.ChosenKpi:
    """Find or make the choice of a KPI in this side's engagement."""
    made, _ = kpis.ChosenKpi.objects.get_or_create(
        engagement=side.engagement,
        slug="query-aging",
        defaults={"from_month": MONTH, "chosen_by": side.user, "chosen_at": AT},
    )
    return made


def make_shadow(side: Side) -> kpis.ShadowResult:
    """Find or make a shadow run that was asked for over this side's result."""
    run, _ = kpis.ShadowRun.objects.get_or_create(
        sponsor=side.sponsor,
        slug="query-aging",
        asked_by=side.user,
        defaults={
            "version": 2,
            "sha256": "0" * 64,
            "content": content_of(catalogue()["query-aging"]),
            "first_month": MONTH,
            "last_month": MONTH,
            "asked_at": AT,
            "computed_at": AT,
            "inputs_sha256": "0" * 64,
        },
    )
    made, _ = kpis.ShadowResult.objects.get_or_create(
        run=run,
        result=side.result,
        defaults={
            "engagement": side.engagement,
            "study": side.study,
            "period_start": MONTH,
            "rag": "red",
        },
    )
    return made


def make_comparison(side: Side) -> kpis.Comparison:
    """Find or make the comparison of this side's check."""
    made, _ = kpis.Comparison.objects.get_or_create(
        check_made=side.check, defaults={"compared_at": AT}
    )
    return made


def make_version(side: Side) -> AgreementVersion:
    """Find or make a version of an agreement with this side's CRO."""
    agreement, _ = Agreement.objects.get_or_create(
        vendor=side.vendor, title="MSA", defaults={"kind": "msa"}
    )
    version, _ = AgreementVersion.objects.get_or_create(
        agreement=agreement, label="1.0", defaults={"effective_on": START}
    )
    return version


def make_ind_submission(side: Side) -> IndSubmission:
    """Find or make a submission to the IND of this side's study."""
    made, _ = IndSubmission.objects.get_or_create(
        study=side.study, serial_number=f"{side.vendor.pk}", defaults={"submitted_on": START}
    )
    return made


# Model → how to find or make its row on one side.
def make_recomputation(side: Side) -> kpis.Recomputation:
    """Make a finished recomputation of this side's CRO."""
    return kpis.Recomputation.objects.create(
        sponsor=side.sponsor,
        kind="proof",
        vendor=side.vendor,
        first_month=MONTH,
        last_month=MONTH,
        reason="After a restore.",
        asked_at=AT,
        asked_by=side.user,
        finished_at=AT,
    )


def make_part(side: Side) -> kpis.RecomputedPart:
    """Make a part of a recomputation of this side's CRO."""
    return kpis.RecomputedPart.objects.create(
        recomputation=make_recomputation(side), study=side.study, months=1
    )


ROWS: dict[type[models.Model], Callable[[Side], Any]] = {
    Sponsor: lambda side: side.sponsor,
    Vendor: lambda side: side.vendor,
    Membership: lambda side: Membership.objects.filter(vendor=side.vendor).first(),
    ServiceToken: lambda side: ServiceToken.objects.create(
        vendor=side.vendor,
        acts_for=side.user,
        name="export",
        scopes=["read"],
        prefix="ovs_12345678",
        secret_sha256=f"{side.vendor.pk:064}",
        issued_at=AT,
        issued_by=side.user,
        expires_at=AT + timedelta(days=30),
    ),
    IdempotencyKey: lambda side: IdempotencyKey.objects.create(
        vendor=side.vendor, key="k", content_sha256="0" * 64, outcome=1, created_at=AT
    ),
    Tier: lambda side: Tier.objects.create(vendor=side.vendor, step="preferred", from_date=START),
    Qualification: lambda side: Qualification.objects.create(
        vendor=side.vendor,
        scope="All services",
        method="on-site",
        assessed_on=START,
        assessor="Quinn",
        outcome="qualified",
        valid_until=CUTOFF,
    ),
    Certificate: lambda side: Certificate.objects.create(
        vendor=side.vendor, standard="ISO 9001:2015", valid_from=START, valid_until=CUTOFF
    ),
    Contact: lambda side: Contact.objects.create(
        vendor=side.vendor, subject="Queries", name="Ada", channel="e-mail", from_date=START
    ),
    SubcontractDecision: lambda side: SubcontractDecision.objects.create(
        vendor=side.vendor, service="Archive", approved=True, decided_on=START, decided_by="Sam"
    ),
    ServiceOffered: lambda side: ServiceOffered.objects.create(
        vendor=side.vendor, service="Monitoring", from_date=START
    ),
    Agreement: lambda side: make_version(side).agreement,
    AgreementVersion: make_version,
    Clause: lambda side: Clause.objects.create(
        version=make_version(side), subject="gcp", present=True, number="4"
    ),
    CommunicationRule: lambda side: CommunicationRule.objects.create(
        version=make_version(side),
        kind="regular",
        subject="Status",
        what="Report",
        cadence="weekly",
        channel="E-mail",
        audience="Project managers",
    ),
    EscalationStep: lambda side: EscalationStep.objects.create(
        version=make_version(side),
        level=1,
        when="A red KPI",
        provider_role="Project manager",
        sponsor_role="Oversight manager",
        hours=24,
    ),
    Engagement: lambda side: side.engagement,
    Study: lambda side: side.study,
    Site: lambda side: Site.objects.create(study=side.study, number="007"),
    Function: make_function,
    Obligation: lambda side: Obligation.objects.create(
        function=make_function(side), code="O1", group="Own"
    ),
    IndSubmission: make_ind_submission,
    ReportedTransfer: lambda side: ReportedTransfer.objects.create(
        submission=make_ind_submission(side), function=make_function(side), vendor=side.vendor
    ),
    Delegation: lambda side: Delegation.objects.filter(engagement=side.engagement).first(),
    kpis.AgreedLimits: lambda side: kpis.AgreedLimits.objects.create(
        sponsor=side.sponsor,
        engagement=side.engagement,
        slug="query-aging",
        amber=5,
        red=10,
        from_month=MONTH,
        source="Quality agreement",
        approved_by=side.user,
        approved_at=AT,
    ),
    kpis.ChosenKpi: make_choice,
    kpis.ShadowRun: lambda side: make_shadow(side).run,
    kpis.ShadowResult: lambda side: make_shadow(side),
    kpis.Submission: lambda side: side.submission,
    kpis.SubmittedFile: make_file,
    kpis.CellComment: lambda side: kpis.CellComment.objects.create(
        submission=side.submission,
        returned_in=side.submission,
        file=make_file(side),
        sheet="a",
        text="Is this right?",
        written_at=AT,
        written_by=side.user,
    ),
    kpis.CellCorrection: lambda side: kpis.CellCorrection.objects.create(
        submission=side.submission,
        file=make_file(side),
        sheet="a",
        row=2,
        column="B",
        before="1",
        after="2",
        reason="A slip.",
        corrected_at=AT,
        corrected_by=side.user,
    ),
    kpis.Dispute: lambda side: kpis.Dispute.objects.create(
        submission=side.submission,
        result=side.result,
        reason="Counted twice.",
        raised_at=AT,
        raised_by=side.user,
    ),
    kpis.MarkedFile: lambda side: kpis.MarkedFile.objects.create(
        file=make_file(side), check_made=side.check, sha256="0", cells=1, made_at=AT
    ),
    kpis.Comparison: make_comparison,
    kpis.TableComparison: lambda side: kpis.TableComparison.objects.create(
        comparison=make_comparison(side),
        listing="queries",
        new=1,
        changed=0,
        gone=0,
        unchanged=0,
    ),
    kpis.SourceProfile: lambda side: kpis.SourceProfile.objects.create(
        vendor=side.vendor,
        name="Query report",
        listing="queries",
        header_sha256="0",
        headers=[],
        version=1,
        mapping={},
        confirmed_at=AT,
        confirmed_by=side.user,
    ),
    kpis.Waiver: lambda side: kpis.Waiver.objects.create(
        engagement=side.engagement,
        study=side.study,
        period_start=MONTH,
        reason="The database is frozen.",
        waived_at=AT,
        waived_by=side.user,
    ),
    kpis.Reminder: lambda side: kpis.Reminder.objects.create(
        engagement=side.engagement,
        study=side.study,
        period_start=MONTH,
        occasion="late",
        sent_at=AT,
        sent_to=[side.user.pk],
    ),
    kpis.TemplateIssue: lambda side: kpis.TemplateIssue.objects.create(
        engagement=side.engagement,
        study=side.study,
        period_start=MONTH,
        version="1",
        sha256=storage.keep(io.BytesIO(b"x")),
        made_at=AT,
        made_by=side.user,
    ),
    kpis.IntakeLimit: lambda side: kpis.IntakeLimit.objects.get_or_create(
        sponsor=side.sponsor,
        defaults={
            "max_megabytes": 100,
            "max_rows": 1_000_000,
            "max_sheets": 100,
            "max_compressed_ratio": 200,
            "max_seconds": 120,
        },
    )[0],
    kpis.Check: lambda side: side.check,
    kpis.SubmittedTable: lambda side: kpis.SubmittedTable.objects.create(
        check_made=side.check, listing="queries", sha256="0", rows_sha256="0", row_count=1
    ),
    kpis.Problem: lambda side: kpis.Problem.objects.create(
        check_made=side.check,
        rule="r",
        severity="warning",
        count=1,
        cells_sha256=storage.keep(io.BytesIO(b"x")),
    ),
    kpis.DefinitionSnapshot: lambda side: side.definition,
    kpis.Recomputation: make_recomputation,
    kpis.RecomputedPart: make_part,
    kpis.RecomputedDifference: lambda side: kpis.RecomputedDifference.objects.create(
        part=make_part(side), engagement=side.engagement, period_start=MONTH, sentence="Not there."
    ),
    kpis.SnapshotRun: lambda side: side.run,
    kpis.KpiResult: lambda side: side.result,
    kpis.CurrentRun: lambda side: kpis.CurrentRun.objects.create(
        engagement=side.engagement, study=side.study, period_start=MONTH, run=side.run
    ),
    InspectionExport: lambda side: InspectionExport.objects.create(
        sponsor=side.sponsor,
        vendor=side.vendor,
        period_from=MONTH,
        period_until=MONTH,
        as_of_date=CUTOFF,
        reason="An inspection is announced.",
        requester=side.user,
        requested_at=AT,
    ),
}
# One row for both CROs of Northwind, who know whom they work for.
OF_THE_SPONSOR = {Sponsor, kpis.IntakeLimit}
# No CRO sees any of these, its own neither.
SPONSOR_ONLY = {
    IndSubmission,
    InspectionExport,
    Qualification,
    ReportedTransfer,
    SubcontractDecision,
    Tier,
    kpis.Recomputation,
    kpis.RecomputedDifference,
    kpis.RecomputedPart,
}
BUSINESS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in OUR_APPS and model._meta.app_label not in GROUND
]


@pytest.fixture
def sides(world: World) -> dict[str, Side]:
    """Alpha's part and Beta's part of Northwind, and the part of a CRO of Southwind."""
    with acting(Actor.system("tests")):
        gamma = Vendor.objects.create(sponsor=world.southwind, name="Gamma")
        gus = User.objects.create_user("gus@example.org", name="Gus")
        Membership.objects.create(
            user=gus, vendor=gamma, role=Role.CRO_CONTRIBUTOR, from_date=START
        )
        study = Study.objects.get(protocol_number="SWP-001")
        engagement = Engagement.objects.create(
            sponsor=world.southwind, vendor=gamma, name="Gamma", model="fsp", start_date=START
        )
        Delegation.objects.create(
            study=study,
            function=Function.objects.get(slug="data-management"),
            kind="transferred",
            engagement=engagement,
            from_date=START,
        )
        return {
            "alpha": make_side(world.alpha_engagement, world.study, world.ada),
            "beta": make_side(world.beta_engagement, world.other_study, world.ben),
            "gamma": make_side(engagement, study, gus),
        }


def test_every_business_model_is_in_the_table_and_names_its_paths() -> None:
    assert {model._meta.label for model in BUSINESS} == {model._meta.label for model in ROWS}
    for model in BUSINESS:
        assert issubclass(model, VisibleModel), model
        assert hasattr(model.objects.all(), "visible_to"), model
        paths = bool(model.sponsor_path), bool(model.vendor_path)
        expected = (True, model not in SPONSOR_ONLY)
        assert paths == ((False, False) if model.shared_by_members else expected), model


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_rows_are_seen_by_their_own_people_only(
    world: World, sides: dict[str, Side], model: type[VisibleModel]
) -> None:
    with acting(Actor.system("tests")):
        rows = {name: ROWS[model](side) for name, side in sides.items()}
    sees = {
        world.sam: {"alpha", "beta"},
        world.quinn: {"alpha", "beta"},
        world.ada: {"alpha"},
        world.ben: {"beta"},
        world.olga: {"gamma"},
        sides["gamma"].user: {"gamma"},
        world.nora: set(),
    }
    if model in OF_THE_SPONSOR:
        sees[world.ada] = sees[world.ben] = {"alpha", "beta"}
    if model.shared_by_members:
        sees = {user: set(rows) if user != world.nora else set() for user in sees}
    if model in SPONSOR_ONLY:
        sees[world.ada] = sees[world.ben] = sees[sides["gamma"].user] = set()
    for user, expected in sees.items():
        visible = model.objects.visible_to(user)
        found = {name for name, row in rows.items() if visible.filter(pk=row.pk).exists()}
        assert found == expected, user
        # Rows of many parents come once, so that no page counts them twice.
        keys = list(visible.values_list("pk", flat=True))
        assert len(keys) == len(set(keys)), user


def test_rows_without_a_sponsor_are_seen_by_every_member(
    world: World, sides: dict[str, Side]
) -> None:
    partly = [model for model in BUSINESS if getattr(model, "shared_without_sponsor", False)]
    assert partly == [Function, Obligation]
    common = Function.objects.filter(sponsor__isnull=True)
    assert common.exists()
    for user in (world.sam, world.quinn, world.ada, world.ben, world.olga, sides["gamma"].user):
        visible = Function.objects.visible_to(user)
        assert set(visible.filter(sponsor__isnull=True)) == set(common), user
    assert not Function.objects.visible_to(world.nora).exists()


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_rows_vanish_with_the_account_or_the_membership(
    world: World, sides: dict[str, Side], model: type[VisibleModel]
) -> None:
    with acting(Actor.system("tests")):
        row = ROWS[model](sides["alpha"])
        assert model.objects.visible_to(world.sam).filter(pk=row.pk).exists()
        Membership.objects.filter(user=world.ada).update(until_date=START)
        User.objects.filter(pk=world.quinn.pk).update(is_active=False)
        Membership.objects.filter(user=world.sam).update(from_date=date(2999, 1, 1))
    for person in (world.ada, world.quinn, world.sam):
        user = User.objects.get(pk=person.pk)
        assert not model.objects.visible_to(user).exists(), user


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_an_id_is_no_key(world: World, sides: dict[str, Side], model: type[VisibleModel]) -> None:
    """A filter on somebody else's id, added before or after, brings nothing back."""
    if model in OF_THE_SPONSOR or model.shared_by_members:
        return
    with acting(Actor.system("tests")):
        row = ROWS[model](sides["beta"])
    assert model.objects.filter(pk=row.pk).visible_to(world.ada).count() == 0
    assert model.objects.visible_to(world.ada).filter(pk=row.pk).count() == 0
    assert model.objects.visible_to(world.ada).union(model.objects.none()).count() == (
        model.objects.visible_to(world.ada).count()
    )


def paired_fields() -> list[tuple[type[models.Model], str, str, bool]]:
    """Return (model, x_at, x_by, both compulsory) for each such pair in our models."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in OUR_APPS:
            continue
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, field in fields.items():
            other = fields.get(f"{name.removesuffix('_at')}_by")
            if name.endswith("_at") and other is not None:
                found.append((model, name, other.name, not (field.null or other.null)))
    return found


def test_there_are_paired_fields() -> None:
    assert {f"{model.__name__}.{at}" for model, at, _, _ in paired_fields()} >= {
        "Problem.explained_at",
        "Submission.submitted_at",
        "Submission.decided_at",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "at", "by", "compulsory"),
    paired_fields(),
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_a_time_and_its_person_are_both_there_or_neither(
    model: type[models.Model], at: str, by: str, compulsory: bool
) -> None:
    if compulsory:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid = %s::regclass",
            [model._meta.db_table],
        )
        constraints = [definition for (definition,) in cursor.fetchall()]
    column = f"{by}_id"
    tied = [c for c in constraints if at in c and column in c]
    assert tied, f"{model.__name__}: no constraint ties {at} to {by}"
    for definition in tied:
        assert f"{at} IS NULL" in definition
        assert f"{at} IS NOT NULL" in definition
