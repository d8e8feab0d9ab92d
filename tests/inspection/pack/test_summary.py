"""The typeset summary: tagged, dated by the as-of day, and safe from whatever people write."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from inspection.pack.gather import Gathered, gather
from inspection.pack.scope import Scope
from inspection.pack.summary import typeset
from inspection.pack.trail import Covered
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.models import Seal
from oversight.audit_trail.services import seal
from oversight.documents.printing import PRINTED, SIGNS, is_printed, printable
from studies.models import Engagement, Study
from tests.inspection.pack.making import MARCH
from tests.people import World

HOSTILE = '#panic("x") $ \\ * _ ` @ref <label> // [ ] { } "quotes" = 日本語 עברית \u202e 🎉 Zażółć'


def gathered(world: World) -> Gathered:
    now = datetime.now(UTC)
    scope = Scope(
        user=world.quinn,
        sponsor=world.northwind,
        study=world.study,
        vendor=None,
        period_from=MARCH.replace(day=1),
        period_until=MARCH.replace(day=1),
        as_of_date=now.date(),
        until=now,
    )
    return gather(scope, say=lambda words, fraction: None)


def pdf(world: World) -> bytes:
    seal()
    covered = Covered(newest_at=datetime.now(UTC), seal=Seal.objects.latest("id"))
    return typeset(gathered(world), covered=covered, listed=[("11", "Results", 2, "11-results")])


@pytest.mark.usefixtures("months")
def test_the_summary_is_tagged_and_the_same_again(world: World) -> None:
    content = pdf(world)
    assert content.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid:part" in content
    assert b"/Outlines" in content
    found = gathered(world)
    again = [typeset(found, covered=None, listed=[]) for _ in range(2)]
    assert again[0] == again[1]


def test_nothing_that_people_write_is_run_or_stops_the_printing(world: World) -> None:
    with acting(Actor.system("tests")):
        Study.objects.filter(pk=world.study.pk).update(title=HOSTILE, protocol_number=HOSTILE[:60])
        Engagement.objects.filter(pk=world.alpha_engagement.pk).update(name=HOSTILE)
    assert pdf(world).startswith(b"%PDF-1.7")


def test_every_character_that_is_let_through_has_a_glyph(tmp_path: Path) -> None:
    signs = [chr(code) for part in PRINTED for code in part if is_printed(chr(code))] + [*SIGNS]
    (tmp_path / "all.txt").write_text(" ".join(signs), encoding="utf-8")
    document = '#set document(title: "T")\n#set text(font: "Libertinus Serif", lang: "en")\n'
    (tmp_path / "all.typ").write_text(document + '#read("all.txt")')
    content = typst.compile(
        tmp_path / "all.typ", format="pdf", pdf_standards="ua-1", ignore_system_fonts=True
    )
    assert content.startswith(b"%PDF")


def test_other_characters_leave_a_box() -> None:
    assert printable({"name": ["Łódź 東京", "e\u0301"]}) == {"name": ["Łódź □□", "é"]}
