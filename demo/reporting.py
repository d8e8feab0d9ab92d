"""What the demo's sponsor told the authority: two IND submissions for each study under an IND."""

from collections.abc import Iterable
from datetime import date, timedelta

from demo.faults import NOT_TOLD
from studies.models import Delegation, IndSubmission, Obligation, ReportedTransfer, Study

# A first dose in Europe and a registry there: no IND.
WITHOUT_IND = ("NWT-101", "NWT-401")


def report(*, studies: Iterable[Study], today: date) -> None:
    """List the transfers of each study, when it began and again lately; one is forgotten lately."""
    ours = [one for one in studies if one.protocol_number not in WITHOUT_IND]
    moved = Delegation.objects.filter(
        study__in=ours,
        engagement__isnull=False,
        function__obligation__part312__in=[Obligation.Part312.YES, Obligation.Part312.PARTLY],
    ).select_related("engagement", "function__obligation", "study")
    rows = list(moved)
    submissions, transfers = [], []
    for study in ours:
        of_study = [one for one in rows if one.study_id == study.pk]
        begin = min(one.from_date for one in of_study)
        for number, day in (("0001", begin), ("0014", today - timedelta(days=60))):
            sent = IndSubmission(
                study=study, serial_number=number, submitted_on=day, form_revision="03/23"
            )
            submissions.append(sent)
            transfers += [
                ReportedTransfer(
                    submission=sent, function=one.function, vendor_id=one.engagement.vendor_id
                )
                for one in of_study
                if one.engagement is not None
                and one.from_date <= day
                and (one.until_date is None or one.until_date >= day)
                and (number == "0001" or not _forgotten(one))
            ]
    IndSubmission.objects.bulk_create(submissions)
    ReportedTransfer.objects.bulk_create(transfers)


def _forgotten(one: Delegation) -> bool:
    return (one.study.protocol_number, one.function.obligation.code) == NOT_TOLD
