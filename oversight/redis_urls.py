"""One Redis address for everybody: Celery spells a unix socket in its own way, and the cache has
the database beside the broker's, so that emptying the one never loses a task of the other."""

from urllib.parse import parse_qsl, urlencode


def celery_url(url: str) -> str:
    """Return the broker address for Celery of a Redis address as the redis client writes it."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    number = dict(part.split("=", 1) for part in query.split("&") if "=" in part).get("db", "0")
    return f"redis+socket://{path}?virtual_host={number}"


def cache_url(url: str) -> str:
    """Return the address of the database after the one that `url` names."""
    return moved(url, by=1)


def moved(url: str, *, by: int) -> str:
    """Return the address of the database whose number is larger by that."""
    address, _, query = url.partition("?")
    options = dict(parse_qsl(query))
    number = options.pop("db", "0")
    if not address.startswith("unix://"):  # the number may stand in the path instead
        scheme, _, rest = address.partition("://")
        host, _, in_path = rest.partition("/")
        address, number = f"{scheme}://{host}", in_path or number
    return f"{address}?{urlencode({**options, 'db': int(number) + by})}"
