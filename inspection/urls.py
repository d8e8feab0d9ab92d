"""Addresses of this floor."""

from django.urls import URLPattern

app_name = "inspection"
urlpatterns: list[URLPattern] = []
