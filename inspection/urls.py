"""Addresses of this floor."""

from django.urls import path

from inspection import exports_views, views

app_name = "inspection"
urlpatterns = [
    path("audit-trail/", views.audit_trail, name="audit-trail"),
    path("audit-trail/export/", views.audit_trail_export, name="audit-trail-export"),
    path("inspection/", exports_views.export_list, name="export-list"),
    path("inspection/new/", exports_views.export_create, name="export-create"),
    path("inspection/<int:pk>/", exports_views.export_detail, name="export-detail"),
    path("inspection/<int:pk>/progress/", exports_views.export_progress, name="export-progress"),
    path("inspection/<int:pk>/download/", exports_views.export_download, name="export-download"),
]
