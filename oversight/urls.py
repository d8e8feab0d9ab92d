"""Where each part of the application is mounted."""

from django.urls import include, path

from oversight.health import health

urlpatterns = [
    path("", include("dashboards.urls")),
    path("", include("vendors.urls")),
    path("", include("studies.urls")),
    path("", include("kpis.urls")),
    path("", include("inspection.urls")),
    path("", include("demo.urls")),
    path("accounts/", include("allauth.urls")),
    path("health/", health, name="health"),
]
