"""Where each part of the application is mounted."""

from django.urls import include, path
from django.views.defaults import page_not_found

from oversight.health import health

urlpatterns = [
    path("", include("dashboards.urls")),
    path("", include("vendors.urls")),
    path("", include("studies.urls")),
    path("", include("kpis.urls")),
    path("", include("inspection.urls")),
    path("", include("demo.urls")),
    # Nobody changes the address they sign in with; an administrator opens another account.
    path("accounts/email/", page_not_found, {"exception": Exception()}, name="account_email"),
    path("api/v1/", include("oversight.api_urls")),
    path("accounts/", include("allauth.urls")),
    path("health/", health, name="health"),
]
