"""What a file says of itself, held against the submission it came with. No Django in here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.stated import Stated


@dataclass(frozen=True)
class Expected:
    """What the submission is about; `version` is today's of its template, "" where unknown."""

    engagement_id: int
    study_id: int | None
    period_start: date | None
    about: str
    version: str


def check_stated(stated: Mapping[int, Stated], expected: Expected) -> list[Problem]:
    """Return what does not fit, for each file that says something of itself."""
    found: list[Problem] = []
    for file, one in stated.items():
        found += [*_scope(file, one, expected), *_template(file, one, expected)]
    return found


def _scope(file: int, one: Stated, expected: Expected) -> list[Problem]:
    """Return an error that names both where the file is about something else."""
    other = one.engagement_id not in (None, expected.engagement_id)
    if one.study_id is not None or one.spans_studies:
        other = other or one.study_id != expected.study_id
    if one.period_start and expected.period_start:
        other = other or one.period_start != expected.period_start
    if other:
        return [
            Problem(
                "other-scope",
                f"The file was made for {one.about}; this submission is for {expected.about}. Send"
                " it where it belongs, or take the file of this submission.",
                file=file,
            )
        ]
    day, month = one.cutoff_date, one.period_start
    if day and month and day.replace(day=1) != month:
        return [
            Problem(
                "cutoff-outside-period",
                f"The cover gives {day} as data cut-off date, and the template is for"
                f" {month:%B %Y}. Correct the date, or take the template of the other month.",
                file=file,
                value=day.isoformat(),
            )
        ]
    return []


def _template(file: int, one: Stated, expected: Expected) -> list[Problem]:
    found = []
    if one.version and expected.version and one.version != expected.version:
        found.append(
            Problem(
                "wrong-template-version",
                f"The template is version {one.version}; the one handed out today is"
                f" {expected.version}. Its columns were read by their titles; take the new one for"
                " the next month.",
                file=file,
                value=one.version,
            )
        )
    if one.missing_cover:
        found.append(
            Problem(
                "template-without-cover",
                "The cover of the template is gone, and with it who prepared and checked the"
                " figures, from which extracts. Send the workbook with its cover, or explain.",
                file=file,
            )
        )
    return found
