"""One Redis address for everybody: Celery spells a unix socket in its own way."""


def celery_url(url: str) -> str:
    """Return the broker address for Celery of a Redis address as the redis client writes it."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    number = dict(part.split("=", 1) for part in query.split("&") if "=" in part).get("db", "0")
    return f"redis+socket://{path}?virtual_host={number}"
