"""Addresses of KPIs and submissions in the API."""

from django.urls import path

from kpis.api.views import calendar, definitions, results, submissions

urlpatterns = [
    path("kpis/", definitions.KpiDefinitionList.as_view(), name="kpi-list"),
    path("kpis/<slug:slug>/", definitions.KpiDefinitionRecord.as_view(), name="kpi-detail"),
    path("kpi-results/", results.KpiResultList.as_view(), name="kpi-result-list"),
    path("kpi-results/<int:pk>/", results.KpiResultRecord.as_view(), name="kpi-result-detail"),
    path("kpi-results/<int:pk>/sites/", results.SiteResultList.as_view(), name="kpi-result-sites"),
    path("calendar/", calendar.Calendar.as_view(), name="calendar-list"),
    path("waivers/", calendar.WaiverList.as_view(), name="waiver-list"),
    path("waivers/<int:pk>/", calendar.WaiverRecord.as_view(), name="waiver-detail"),
    path("submissions/", submissions.SubmissionList.as_view(), name="submission-list"),
    path("submissions/<int:pk>/", submissions.SubmissionRecord.as_view(), name="submission-detail"),
]
