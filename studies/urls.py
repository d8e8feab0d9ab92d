"""Addresses of studies, sites, engagements, delegations and functions."""

from django.urls import path

from studies import books
from studies.views import (
    changes,
    delegation_register,
    delegations,
    engagements,
    functions,
    ind,
    matrix,
    raci,
    retained,
    sites,
    studies,
    toro,
)
from vendors.register.exporting import export_list

app_name = "studies"
urlpatterns = [
    path("studies/", studies.study_list, name="study-list"),
    path("studies/new/", studies.study_create, name="study-create"),
    path("studies/export/", export_list, {"book": books.STUDIES}, name="study-export"),
    path("studies/<int:pk>/", studies.study_detail, name="study-detail"),
    path("studies/<int:pk>/edit/", studies.study_edit, name="study-edit"),
    path("studies/<int:pk>/raci/", raci.study_raci, name="study-raci"),
    path("studies/<int:pk>/raci.<str:kind>", raci.study_raci_file, name="study-raci-file"),
    path("studies/<int:pk>/changes/", changes.study_changes_page, name="study-changes"),
    path("studies/<int:pk>/unconfirmed/", retained.study_retained, name="study-retained"),
    path("studies/<int:study_pk>/sites/", sites.site_list, name="site-list"),
    path("studies/<int:study_pk>/sites/new/", sites.site_create, name="site-create"),
    path("sites/export/", export_list, {"book": books.SITES}, name="site-export"),
    path("studies/<int:study_pk>/ind/", ind.ind_list, name="ind-list"),
    path("studies/<int:study_pk>/ind/new/", ind.ind_create, name="ind-create"),
    path("studies/<int:study_pk>/toro/", toro.document_page, name="toro"),
    path("studies/<int:study_pk>/toro/changes/", toro.changes_page, name="toro-changes"),
    path("studies/<int:study_pk>/toro/<str:kind>/", toro.document_file, name="toro-file"),
    path("sites/<int:pk>/", sites.site_detail, name="site-detail"),
    path("sites/<int:pk>/edit/", sites.site_edit, name="site-edit"),
    path("engagements/", engagements.engagement_list, name="engagement-list"),
    path("engagements/new/", engagements.engagement_create, name="engagement-create"),
    path("engagements/export/", export_list, {"book": books.ENGAGEMENTS}, name="engagement-export"),
    path("engagements/<int:pk>/", engagements.engagement_detail, name="engagement-detail"),
    path("engagements/<int:pk>/edit/", engagements.engagement_edit, name="engagement-edit"),
    path("delegation/", matrix.delegation_list, name="delegation-list"),
    path("delegation/new/", delegations.delegation_create, name="delegation-create"),
    path("delegation/list/", delegation_register.delegation_register, name="delegation-register"),
    path("delegation/export/", export_list, {"book": books.DELEGATIONS}, name="delegation-export"),
    path("delegation/<int:pk>/", delegations.delegation_detail, name="delegation-detail"),
    path("delegation/<int:pk>/edit/", delegations.delegation_edit, name="delegation-edit"),
    path("delegation/<int:pk>/confirm/", delegations.delegation_confirm, name="delegation-confirm"),
    path("obligations/", functions.obligation_list, name="obligation-list"),
    path(
        "obligations/export/",
        export_list,
        {"book": books.OBLIGATIONS},
        name="obligation-export",
    ),
    path("functions/", functions.function_list, name="function-list"),
    path("functions/new/", functions.function_create, name="function-create"),
    path("functions/export/", export_list, {"book": books.FUNCTIONS}, name="function-export"),
    path("functions/<int:pk>/", functions.function_detail, name="function-detail"),
    path("functions/<int:pk>/edit/", functions.function_edit, name="function-edit"),
]
