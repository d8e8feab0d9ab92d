"""A world in which something of every kind wants attention on 20 December 2025."""

import io
from datetime import UTC, date, datetime

from kpis.models import KpiResult, Submission
from kpis.submissions.check import check_submission
from kpis.submissions.decide import send_back
from kpis.submissions.disputing import dispute
from kpis.submissions.receive import Upload, receive
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Function, Study
from tests.dashboards.months import listing, queries, report, send
from tests.people import START, World
from vendors.access import actor_of
from vendors.models import Agreement, AgreementVersion, Qualification, Vendor

DAY = date(2025, 12, 20)
MONTH_ENDS = [date(2025, month, 28) for month in range(5, 10)]
OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 30)


def make_busy(world: World) -> World:
    """Alpha: the same green five months long, then red; its October restated, disputed.

    Of NWT-301 November waits for a decision, of NWT-302 October was returned. Beta sends the same
    green five months long, and has not handed November over.
    """
    with acting(Actor.system("tests"), reason="a busy portfolio"):
        helper = Vendor.objects.create(
            sponsor=world.northwind, name="Gamma Helps", parent=world.alpha
        )
        second = Study.objects.create(sponsor=world.northwind, protocol_number="NWT-302")
        Delegation.objects.create(
            study=second,
            function=Function.objects.get(slug="data-management"),
            kind=Delegation.Kind.TRANSFERRED,
            engagement=world.alpha_engagement,
            performer=helper,
            from_date=START,
        )
        _papers(world)
    for cutoff in MONTH_ENDS:
        _alpha(world, cutoff, old=1)
    for cutoff in (*MONTH_ENDS[1:], OCTOBER):
        report(
            sponsor=world.sam,
            by=world.ben,
            engagement=world.beta_engagement,
            study=None,
            cutoff=cutoff,
            files={"queries": _betas(world, cutoff)},
        )
    _unfinished(world)
    _alpha(world, OCTOBER, old=9)
    _alpha(world, OCTOBER, old=8)
    restated = Submission.objects.get(supersedes__isnull=False)
    with acting(Actor.system("tests"), reason="brought in from before reasons were asked"):
        Submission.objects.filter(pk=restated.pk).update(restatement_reason="")
    red = KpiResult.objects.filter(definition__slug="query-aging", rag="red", study=world.study)
    newest = red.order_by("-pk")[0]
    now = datetime(2025, 11, 10, 9, tzinfo=UTC)
    dispute(actor=actor_of(world.ada), about=newest, reason="Counted twice.", now=now)
    send(
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=NOVEMBER,
        sites=[queries("S1", old=8, young=28)],
    )
    back = send(
        by=world.ada,
        engagement=world.alpha_engagement,
        study=second,
        cutoff=OCTOBER,
        sites=[queries("T1", old=1, young=40)],
    )
    send_back(
        actor=actor_of(world.sam),
        submission=back,
        comment="Dates are missing.",
        now=datetime(2025, 11, 12, 9, tzinfo=UTC),
    )
    return world


def _alpha(world: World, cutoff: date, *, old: int) -> None:
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=cutoff,
        sites=[queries("S1", old=old, young=37)],
    )


def _betas(world: World, cutoff: date) -> bytes:
    return listing(world.other_study, [queries("B1", old=2, young=38)], cutoff=cutoff)


def _unfinished(world: World) -> None:
    """Beta's November is here and checked, and nobody handed it over."""
    now = datetime(2025, 12, 3, 9, tzinfo=UTC)
    content = _betas(world, NOVEMBER)
    submission = receive(
        actor=actor_of(world.ben),
        engagement=world.beta_engagement,
        study=None,
        uploads=[Upload("queries.csv", io.BytesIO(content), len(content))],
        data_cutoff_date=NOVEMBER,
        now=now,
    )
    assert check_submission(submission=submission, now=now)


def _papers(world: World) -> None:
    """An agreement and a qualification that end in January."""
    agreement = Agreement.objects.create(
        vendor=world.alpha, kind=Agreement.Kind.WORK_ORDER, title="WO-1"
    )
    version = AgreementVersion.objects.create(
        agreement=agreement,
        label="1.0",
        sponsor_signatory="S. Okafor",
        sponsor_signed_on=START,
        provider_signatory="A. Lindqvist",
        provider_signed_on=START,
        effective_on=START,
        expires_on=date(2026, 1, 31),
    )
    Delegation.objects.filter(engagement=world.alpha_engagement).update(agreement_version=version)
    Qualification.objects.create(
        vendor=world.alpha,
        scope="Data management",
        method=Qualification.Method.ON_SITE,
        assessed_on=START,
        assessor="Q. Abara",
        outcome=Qualification.Outcome.QUALIFIED,
        valid_until=date(2026, 1, 15),
    )
