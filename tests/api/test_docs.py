"""The examples of docs/api.md, run as they stand by a real shell against a real web server."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

from kpis.models import Submission
from kpis.snapshots.compute import compute_for
from tests.api.asking import issued
from tests.kpis.makers import CUTOFF, GOOD, GOOD_ROWS, NOW, accepted, check, csv_bytes
from tests.people import make_world
from tests.servers import running_web

PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def run(example: str, folder: Path, variables: dict[str, Any]) -> Any:
    """Run one example; return the JSON that it writes."""
    words = {name: str(value) for name, value in variables.items()}
    ran = subprocess.run(
        ["bash", "-c", example],
        cwd=folder,
        env={**os.environ, "no_proxy": "*", **words},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return json.loads(ran.stdout)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_examples_work_in_their_order(
    committed_db: None, own_storage: Path, tmp_path: Path
) -> None:
    world = make_world()
    october = CUTOFF.replace(month=10)
    compute_for(submission=accepted(world, csv_bytes(GOOD_ROWS[1]), cutoff=october), now=NOW)
    (tmp_path / "queries.csv").write_bytes(GOOD)
    variables = {
        "TOKEN": issued(world).secret,
        "ENGAGEMENT": world.alpha_engagement.pk,
        "STUDY": world.study.pk,
    }
    studies, results, send, look, rows = EXAMPLES
    with running_web(own_storage) as address:
        variables["OVERSIGHT"] = address
        assert [row["protocol_number"] for row in run(studies, tmp_path, variables)["results"]] == [
            "NWT-301"
        ]
        assert run(results, tmp_path, variables)["count"] == 0
        earlier = results.replace("2025-11-01", "2025-10-01")
        assert {row["slug"] for row in run(earlier, tmp_path, variables)["results"]} == {
            "query-aging"
        }
        sent = run(send, tmp_path, variables)
        assert run(send, tmp_path, variables) == sent
        check(Submission.objects.get(pk=sent["id"]))
        seen = run(look, tmp_path, {**variables, "SUBMISSION": sent["id"]})
        Submission.objects.filter(pk=sent["id"]).update(state=Submission.State.WITHDRAWN)
        rows_sent = run(rows, tmp_path, variables)
        assert run(rows, tmp_path, variables) == rows_sent
        check(Submission.objects.get(pk=rows_sent["id"]))
        read = run(look, tmp_path, {**variables, "SUBMISSION": rows_sent["id"]})
    assert (seen["state"], seen["check"]["tables"][0]["row_count"]) == ("checked", 3)
    assert [
        one["severity"] for one in read["check"]["problems"] if one["severity"] == "error"
    ] == []
    assert read["check"]["tables"][0]["row_count"] == 1


def test_the_page_names_every_address_and_every_refusal() -> None:
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    assert {path.split("/")[3] for path in described} == set(re.findall(r"`([\w-]+)/`", PAGE))
    answers = {
        status
        for operations in described.values()
        for operation in operations.values()
        for status in operation["responses"]
    }
    assert answers - {"200", "201"} == set(re.findall(r"^\| (\d{3}) \|", PAGE, re.M)) - {"405"}
