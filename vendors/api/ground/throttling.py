"""How often somebody may ask. The rates stand in the settings and are read at each request."""

from typing import Any

from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle


class _Throttle(SimpleRateThrottle):
    def get_rate(self) -> str | None:
        """Return the rate of this scope as it stands in the settings now; None is no limit."""
        rate: str | None = api_settings.DEFAULT_THROTTLE_RATES[self.scope]
        return rate


class CallerThrottle(_Throttle):
    """Counts by token, or by person in a browser."""

    scope = "caller"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Name the caller; each token of a person counts by itself."""
        kind, caller = ("token", request.auth) if request.auth else ("person", request.user)
        return str(self.cache_format % {"scope": self.scope, "ident": f"{kind}-{caller.pk}"})


class StrangerThrottle(_Throttle):
    """Counts those without a valid token or session, by network address."""

    scope = "stranger"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Name the address; what a proxy's header claims about it is not believed."""
        ident = self.get_ident(request)
        return str(self.cache_format % {"scope": self.scope, "ident": ident})
