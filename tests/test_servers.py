"""The servers that other tests stand on come up, answer, and are gone afterwards."""

import http.client
import os
from pathlib import Path

import pytest

from tests.servers import running_web, running_worker


@pytest.mark.usefixtures("committed_db")
def test_web_answers_and_nothing_is_left(own_storage: Path) -> None:
    with running_web(own_storage) as address:
        assert b"csrfmiddlewaretoken" in _get(address, "/accounts/login/")
    with pytest.raises(OSError, match="refused"):
        _get(address, "/health/")


@pytest.mark.usefixtures("committed_db")
def test_worker_runs_until_the_block_is_left(own_storage: Path) -> None:
    with running_worker(own_storage) as process:
        assert process.poll() is None
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def _get(address: str, path: str) -> bytes:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse().read()
    connection.close()
    return answer
