"""How the API describes itself: filters as parameters, and the refusals common to all addresses."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

REFUSALS = {
    "400": "The request makes no sense; `fields` says where.",
    "401": "No valid service token or session.",
    "403": "Seen, but not allowed to this role or token.",
    "404": "Nothing of this id, or nothing that you may see.",
    "429": "Asked too often; the header Retry-After says how many seconds to wait.",
}


class Described(AutoSchema):
    """Takes a list's query parameters from its `filters`."""

    def get_override_parameters(self) -> list[Any]:
        """Return the serializer of the filters, which is described field by field."""
        filters = getattr(self.view, "filters", None)
        return [filters] if filters and self.method == "GET" else []


class TokenScheme(OpenApiAuthenticationExtension):
    """How a service token is shown."""

    target_class = "vendors.tokens.authentication.TokenAuthentication"
    name = "serviceToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the scheme as OpenAPI writes it."""
        return {"type": "http", "scheme": "bearer"}


def add_refusals(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Add the refusals with which any address may answer (a hook of the generation)."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            of_record = any(one["in"] == "path" for one in operation.get("parameters", []))
            for status, words in REFUSALS.items():
                if status != "404" or of_record:
                    refusal = {"description": words, "content": content}
                    operation["responses"].setdefault(status, refusal)
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return result
