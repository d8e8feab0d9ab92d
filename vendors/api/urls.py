"""Addresses of CROs in the API."""

from django.urls import path

from vendors.api import views

urlpatterns = [
    path("cros/", views.CroList.as_view(), name="cro-list"),
    path("cros/<int:pk>/", views.CroRecord.as_view(), name="cro-detail"),
]
