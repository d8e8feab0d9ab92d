"""The schema, and the answer for addresses that are none; included after all others."""

from django.urls import path

from vendors.api.ground.refusals import nowhere
from vendors.api.ground.schema import Schema

urlpatterns = [
    path("schema/", Schema.as_view(), name="schema"),
    path("", nowhere, name="root"),
    path("<path:path>", nowhere, name="nowhere"),
]
