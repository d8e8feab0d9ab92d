"""Addresses of CROs in the API."""

from django.urls import path

from vendors.api import dossier_views, views

urlpatterns = [
    path("cros/", views.CroList.as_view(), name="cro-list"),
    path("cros/<int:pk>/", views.CroRecord.as_view(), name="cro-detail"),
    path("tiers/", dossier_views.TierList.as_view(), name="tier-list"),
    path("qualifications/", dossier_views.QualificationList.as_view(), name="qualification-list"),
    path("approvals/", dossier_views.ApprovalList.as_view(), name="approval-list"),
    path("certificates/", dossier_views.CertificateList.as_view(), name="certificate-list"),
    path("contacts/", dossier_views.ContactList.as_view(), name="contact-list"),
    path("services/", dossier_views.ServiceList.as_view(), name="service-list"),
    path("agreements/", dossier_views.AgreementList.as_view(), name="agreement-list"),
    path("agreements/<int:pk>/", dossier_views.AgreementRecord.as_view(), name="agreement-detail"),
]
