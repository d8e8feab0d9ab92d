"""Addresses of this floor."""

from django.urls import URLPattern

app_name = "vendors"
urlpatterns: list[URLPattern] = []
