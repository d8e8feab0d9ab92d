"""Addresses of the demo."""

from django.urls import path

from demo.views import progress

app_name = "demo"
urlpatterns = [path("demo/progress/", progress, name="progress")]
