"""Columns that several listings share: which study, region, country, site and participant."""

from kpis.engine.listing import Column, words

STUDY = Column(
    "study",
    "Study",
    "text",
    False,
    words(
        "study, study name, study id, study number, protocol number, protocol name, "
        "protocol, protocol id, project name, project, trial"
    ),
)
REGION = Column("region", "Region", "text", False, ("region", "geography"))
COUNTRY = Column(
    "country",
    "Country",
    "text",
    False,
    ("country", "country code", "country name", "site country"),
    filled_from="participants",
)
SITE = Column(
    "site",
    "Site Number",
    "text",
    True,
    words(
        "site number, site id, site no, site num, site nr, site code, study site number, centre "
        "number, center number, centre, center, site, site name"
    ),
    filled_from="participants",
)
PARTICIPANT = Column(
    "participant",
    "Subject Name",
    "text",
    True,
    words(
        "subject name, subject nsv, subject id, subject number, subject no, subject, "
        "participant number, participant id, participant, patient id, patient number, "
        "patient, screening number"
    ),
)
ENROLMENT_NUMBER = Column(
    "enrolment_number",
    "Subject Enrollment Number",
    "text",
    False,
    words(
        "subject enrollment number, subject enrolment number, enrollment number, "
        "enrolment number, randomisation number, randomization number, subj id"
    ),
)
