"""Addresses of this floor."""

from django.urls import path

from inspection import views

app_name = "inspection"
urlpatterns = [
    path("audit-trail/", views.audit_trail, name="audit-trail"),
    path("audit-trail/export/", views.audit_trail_export, name="audit-trail-export"),
]
