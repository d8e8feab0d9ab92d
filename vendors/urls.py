"""Addresses of sponsors, of service providers and of people's roles."""

from django.urls import path

from vendors import membership_views, search_views, sponsor_views, views
from vendors.agreements import version_views
from vendors.agreements import views as agreement_views
from vendors.books import AGREEMENTS, MEMBERSHIPS, VENDORS
from vendors.dossier import views as dossier_views
from vendors.register.exporting import export_list
from vendors.register.import_urls import import_addresses
from vendors.tokens import views as token_views

app_name = "vendors"
urlpatterns = [
    path("search/", search_views.search_page, name="search"),
    path("sponsors/", sponsor_views.sponsor_list, name="sponsor-list"),
    path("sponsors/new/", sponsor_views.sponsor_create, name="sponsor-create"),
    path("sponsors/<int:pk>/", sponsor_views.sponsor_detail, name="sponsor-detail"),
    path("sponsors/<int:pk>/edit/", sponsor_views.sponsor_edit, name="sponsor-edit"),
    path("cros/", views.vendor_list, name="vendor-list"),
    path("cros/new/", views.vendor_create, name="vendor-create"),
    path("cros/export/", export_list, {"book": VENDORS}, name="vendor-export"),
    *import_addresses("cros", "vendor", VENDORS),
    path("cros/<int:pk>/", views.vendor_detail, name="vendor-detail"),
    path("cros/<int:pk>/edit/", views.vendor_edit, name="vendor-edit"),
    path("cros/<int:vendor_id>/<slug:kind>/new/", dossier_views.entry_create, name="entry-create"),
    path("cros/<int:vendor_id>/<slug:kind>/<int:pk>/", dossier_views.entry_edit, name="entry-edit"),
    path("agreements/", agreement_views.agreement_list, name="agreement-list"),
    path("agreements/new/", agreement_views.agreement_create, name="agreement-create"),
    path("agreements/export/", export_list, {"book": AGREEMENTS}, name="agreement-export"),
    path("agreements/<int:pk>/", agreement_views.agreement_detail, name="agreement-detail"),
    path("agreements/<int:pk>/edit/", agreement_views.agreement_edit, name="agreement-edit"),
    path("agreements/<int:pk>/new/", version_views.version_create, name="version-create"),
    path("versions/<int:pk>/edit/", version_views.version_edit, name="version-edit"),
    path("versions/<int:pk>/file/", version_views.version_file, name="version-file"),
    path("versions/<int:pk>/download/", version_views.version_download, name="version-download"),
    path("versions/<int:pk>/clauses/", version_views.version_clauses, name="version-clauses"),
    path("versions/<int:pk>/<slug:part>/new/", version_views.part_create, name="part-create"),
    path("versions/<int:pk>/<slug:part>/<int:row>/", version_views.part_edit, name="part-edit"),
    path("people/", membership_views.membership_list, name="membership-list"),
    path("people/new/", membership_views.membership_create, name="membership-create"),
    path("people/export/", export_list, {"book": MEMBERSHIPS}, name="membership-export"),
    path("people/<int:pk>/end/", membership_views.membership_end, name="membership-end"),
    path("people/tokens/", token_views.token_list, name="token-list"),
    path("people/tokens/new/", token_views.token_create, name="token-create"),
    path("people/tokens/<int:pk>/revoke/", token_views.token_revoke, name="token-revoke"),
]
