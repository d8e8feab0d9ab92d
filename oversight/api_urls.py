"""The API, mounted at /api/v1/: each floor brings its own addresses."""

from django.urls import include, path

app_name = "api"
urlpatterns = [
    path("", include("vendors.api.urls")),
    path("", include("studies.api.urls")),
    path("", include("kpis.api.urls")),
    path("", include("vendors.api.ground.urls")),
]
