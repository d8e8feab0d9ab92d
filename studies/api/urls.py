"""Addresses of the work in the API."""

from django.urls import path

from studies.api import views

urlpatterns = [
    path("studies/", views.StudyList.as_view(), name="study-list"),
    path("studies/<int:pk>/", views.StudyRecord.as_view(), name="study-detail"),
    path("sites/", views.SiteList.as_view(), name="site-list"),
    path("sites/<int:pk>/", views.SiteRecord.as_view(), name="site-detail"),
    path("functions/", views.FunctionList.as_view(), name="function-list"),
    path("obligations/", views.ObligationList.as_view(), name="obligation-list"),
    path("ind-submissions/", views.IndSubmissionList.as_view(), name="ind-submission-list"),
    path("engagements/", views.EngagementList.as_view(), name="engagement-list"),
    path("engagements/<int:pk>/", views.EngagementRecord.as_view(), name="engagement-detail"),
    path("delegations/", views.DelegationList.as_view(), name="delegation-list"),
    path("delegations/<int:pk>/", views.DelegationRecord.as_view(), name="delegation-detail"),
]
