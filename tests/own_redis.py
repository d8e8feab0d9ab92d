"""A pytest plugin: each of the processes that share the suite has Redis databases of its own.

Loaded by `-p` before the settings are read. Databases of PostgreSQL are named by process already.
"""

import os

from oversight.redis_urls import moved

# Each process has one for the broker and one for the cache.
DATABASES_EACH = 2

if (_worker := os.environ.get("PYTEST_XDIST_WORKER", "")) and "REDIS_URL" in os.environ:
    _number = int(_worker.removeprefix("gw"))
    os.environ["REDIS_URL"] = moved(os.environ["REDIS_URL"], by=DATABASES_EACH * _number)
