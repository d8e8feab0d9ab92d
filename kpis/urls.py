"""Addresses of this floor: submissions, and what the KPIs mean."""

from django.urls import path

from kpis.views import (
    answering,
    calendar,
    comparing,
    deciding,
    definitions,
    downloads,
    limits,
    mending,
    problems,
    profiles,
    submissions,
    upload,
)

app_name = "kpis"
urlpatterns = [
    path("submissions/", submissions.listing, name="submission-list"),
    path("submissions/new/", upload.upload, name="submission-create"),
    path("submissions/calendar/", calendar.calendar, name="calendar"),
    path(
        "submissions/calendar/<int:engagement_id>/<int:study_id>/<str:month>/",
        calendar.due_submission,
        name="due-submission",
    ),
    path(
        "submissions/calendar/<int:engagement_id>/<int:study_id>/<str:month>/waive/",
        calendar.waive_month,
        name="waiver-create",
    ),
    path("waivers/<int:pk>/take-back/", calendar.take_waiver_back, name="waiver-take-back"),
    path("submissions/<int:pk>/", submissions.detail, name="submission-detail"),
    path("submissions/<int:pk>/progress/", submissions.check_progress, name="submission-progress"),
    path("submissions/<int:pk>/changes/", comparing.changes, name="submission-changes"),
    path(
        "submissions/<int:pk>/changes/<slug:listing>/<slug:kind>/",
        comparing.rows,
        name="submission-changed-rows",
    ),
    path(
        "submissions/<int:pk>/changes/<slug:listing>/<slug:kind>.csv",
        comparing.rows_csv,
        name="submission-changed-rows-csv",
    ),
    path("submissions/<int:pk>/problems/", problems.listing, name="problem-list"),
    path("submissions/<int:pk>/files/", mending.add_file, name="submission-add-file"),
    path("submissions/<int:pk>/cutoff/", mending.confirm_cutoff, name="submission-confirm-cutoff"),
    path("submissions/<int:pk>/sites/", mending.add_unknown_sites, name="submission-add-sites"),
    path("submissions/<int:pk>/submit/", deciding.submit, name="submission-submit"),
    path("submissions/<int:pk>/withdraw/", deciding.withdraw, name="submission-withdraw"),
    path("submissions/<int:pk>/accept/", deciding.accept, name="submission-accept"),
    path("submissions/<int:pk>/return/", deciding.send_back, name="submission-return"),
    path("submissions/<int:pk>/cells/", answering.cells, name="submission-cells"),
    path("files/<int:pk>/comment/", answering.comment, name="cell-comment"),
    path("comments/<int:pk>/take-back/", answering.take_comment_back, name="comment-take-back"),
    path("files/<int:pk>/correct/", answering.correct, name="cell-correct"),
    path(
        "corrections/<int:pk>/take-back/",
        answering.take_correction_back,
        name="correction-take-back",
    ),
    path("submissions/<int:pk>/take-over/", mending.take_over, name="submission-take-over"),
    path("submissions/<int:pk>/layouts/", profiles.layouts, name="submission-layouts"),
    path(
        "submissions/<int:pk>/layouts/confirm/",
        profiles.confirm_layouts,
        name="submission-confirm-layouts",
    ),
    path("layouts/", profiles.listing, name="profile-list"),
    path("layouts/<int:pk>/", profiles.detail, name="profile-detail"),
    path("layouts/<int:pk>/end/", profiles.end_profile, name="profile-end"),
    path("files/<int:pk>/", downloads.original, name="file-download"),
    path("files/<int:pk>/set-aside/", mending.set_aside, name="submission-set-aside"),
    path("problems/<int:pk>/explain/", mending.explain_problem, name="problem-explain"),
    path("problems/<int:pk>/cells.csv", downloads.problem_cells, name="problem-csv"),
    path("sponsors/<int:pk>/limits/", limits.edit, name="limits-edit"),
    path("definitions/", definitions.listing, name="definition-list"),
    path("definitions/<slug:slug>/", definitions.detail, name="definition-detail"),
]
