"""Portfolio, CRO and study page of a large sponsor: how long, how heavy, with how many people.

`section` measures beside servers of its own and tells what docs/performance.md says.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks.large.inside import CROS, HOST, OF_SPONSOR, PEOPLE, STUDIES
from benchmarks.large.people import ARRIVING, COUNTED, READS
from benchmarks.page import ROOT, Section

TITLE = "Pages of a large portfolio"
MEDIAN, P95, STATEMENTS, WEIGHT, CROWD = 60, 120, 12, 200_000, 400
ENVIRONMENT = {
    "OVERSIGHT_MODE": "production",
    "ALLOWED_HOSTS": f"{HOST},127.0.0.1",  # the latter is asked whether the server is up
    "SECRET_KEY": "of-this-measurement-alone-0123456789-abcdefghijklmnop",
    "EMAIL_URL": "dummymail://",
}


def measure() -> dict[str, Any]:
    """Measure in a process of its own, with embedded servers made for it."""
    with tempfile.TemporaryDirectory() as state:
        inside = [sys.executable, "-m", "benchmarks.large.inside"]
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-m", "oversight.launcher", "run", "--", *inside],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ENVIRONMENT, "OVERSIGHT_STATE": state},
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def section() -> Section:
    """Measure and describe."""
    found = measure()
    return Section(TITLE, described(found), tuple(broken(found)))


def broken(found: dict[str, Any]) -> list[str]:
    """Return the budgets that were not kept."""
    over = []
    for one, tenth in zip(found["pages"], found["tenth"], strict=True):
        name = one["page"]
        if one["median"] >= MEDIAN or one["p95"] >= P95:
            over.append(f"{name}: {one['median']:.0f} and {one['p95']:.0f} ms")
        if max(one["first_statements"], one["statements"]) > STATEMENTS:
            over.append(f"{name}: {one['first_statements']} SQL statements")
        if one["statements"] != tenth["statements"]:
            over.append(f"{name}: statements grow with the portfolio")
        if one["weight"] + sum(found["assets"].values()) >= WEIGHT:
            over.append(f"{name}: weight")
        if one["blocking"]:
            over.append(f"{name}: its first content waits for a script")
    if found["crowd"]["errors"] or found["crowd"]["p95"] >= CROWD:
        over.append(f"{PEOPLE} people at once")
    return over


def described(found: dict[str, Any]) -> str:
    """Return the section's text."""
    made, crowd, assets = found["made"], found["crowd"], sum(found["assets"].values())
    return f"""
{STUDIES} studies of {CROS} CROs (30 full service, 10 hybrid, 10 FSP), 15,000 sites,
{made["months"]} months, 40 KPIs: {made["submissions"]:,} submissions, {made["runs"]:,} runs,
{made["results"]:,} results, written in bulk in {made["seconds"]:.0f} s (not counted). What a result
looks like is computed by the engine from the worked examples and varied. Enrolment listings and
results by site are sealed tables, one a study, shared by its months: a page opens those of one
month. A portfolio a tenth of the size stands in the same database.

Server time is the time inside the application: Django's handler with all middleware, production
settings, sessions in Redis, PostgreSQL over a socket, one request at a time. Each address is
visited once (*first*: nothing of it is in the memory of the process yet), then in turns with the
others (*again*), 200 visits or more of each kind: the portfolio in twelve months, every CRO in two,
a hundred studies over twelve. Results of a run never change, so a process keeps those it has read,
and the pages drawn from them under the names of all runs and records that were read for the
reader; every visit asks PostgreSQL which those are. Tables and words are whole in the HTML; figures
are drawn into it by a deferred script afterwards, and no script but the one that sets the theme
(1 kB) comes before the first content.

| Page | Again: median, 95th | Budget | First: median, most | SQL, first and again | A tenth's \
| HTML, gzipped |
|---|---|---|---|---|---|---|
{_lines(found)}

A page loads {assets / 1000:,.0f} kB besides its HTML, plotly.js apart, as they are sent: gzipped
styles and scripts, and the font's Latin part. Together below {WEIGHT / 1000:.0f} kB.

{crowd["people"]} people at once, {OF_SPONSOR} of the sponsor and one of each of the others' CROs,
each with a session of their own, on gunicorn with 2 workers of 4 threads; all of it on the same two
cores. Each opens portfolio, CRO or study page of the last three months, reads {READS[0]:.0f} to
{READS[1]:.0f} seconds, opens the next. They arrive within {ARRIVING:.0f} s, before which nothing of
any page is in memory, and are counted for {COUNTED:.0f} s after that.

| People | Requests | Errors | Median | 95th percentile | Most | Budget |
|---|---|---|---|---|---|---|
| {crowd["people"]} | {crowd["requests"]} | {crowd["errors"]} | {crowd["median"]:.0f} ms \
| {crowd["p95"]:.0f} ms | {crowd["most"]:.0f} ms | {CROWD} ms, no error |
"""


def _lines(found: dict[str, Any]) -> str:
    return "\n".join(
        f"| {one['page']} | {one['median']:.0f} ms, {one['p95']:.0f} ms | {MEDIAN} ms, {P95} ms "
        f"| {one['first_median']:.0f} ms, {one['first_most']:.0f} ms "
        f"| {one['first_statements']}, {one['statements']} of {STATEMENTS} "
        f"| {tenth['first_statements']}, {tenth['statements']} | {one['weight'] / 1000:.0f} kB |"
        for one, tenth in zip(found["pages"], found["tenth"], strict=True)
    )
