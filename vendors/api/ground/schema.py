"""The schema as an address of the API."""

from drf_spectacular.views import SpectacularJSONAPIView

from vendors.api.ground.views import ThrottledForStrangers


class Schema(ThrottledForStrangers, SpectacularJSONAPIView):
    """The OpenAPI schema, for whoever is signed in."""
