"""Seeds the servers of the environment and measures pages there; prints it as JSON.

python -m benchmarks.large.inside
"""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any

import django

from benchmarks.page import ROOT

STUDIES, CROS, PART = 300, 50, 10
MONTHS_VISITED = 12
PEOPLE, OF_SPONSOR = 50, 20
HOST = "oversight.example"
FONT = "vendor/inter/files/inter-latin-wght-normal.woff2"
LOADED = re.compile(r'(?:href|src)="/static/([^"]+)"')


def measure() -> dict[str, Any]:
    """Seed, settle, visit every kind of page, then let people in."""
    django.setup()
    # Django must be set up before these can be loaded.
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks.large.seed import counted, migrate, seed, settle  # noqa: PLC0415

    migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    begun, today = time.perf_counter(), timezone.now().date()
    tenth = seed(studies=STUDIES // PART, cros=CROS // PART, today=today)
    whole = seed(studies=STUDIES, cros=CROS, today=today)
    settle()
    return {
        "made": counted(whole) | {"seconds": time.perf_counter() - begun},
        "tenth": [asdict(one) for one in visits(tenth)],
        "pages": [asdict(one) for one in visits(whole)],
        "assets": assets(whole),
        "crowd": asdict(let_in(whole)),
    }


def visits(found: Any) -> list[Any]:
    """Visit portfolio, CRO and study pages as the sponsor's oversight manager."""
    from benchmarks.large.visiting import visit  # noqa: PLC0415

    client = signed_in(found.register.reader)
    months = [f"?period={one:%Y-%m}" for one in found.made.months[-MONTHS_VISITED:]]
    cros = sorted({one.vendor_id for one in found.register.engagements})
    studies = [one.pk for one in found.register.studies]
    return [
        visit("Portfolio", client, [f"/{month}" for month in months]),
        visit("CRO", client, [f"/cros/{one}/scorecard/{m}" for m in months[-2:] for one in cros]),
        visit(
            "Study",
            client,
            [f"/studies/{one}/dashboard/{months[n % 12]}" for n, one in enumerate(studies[::3])],
        ),
    ]


def signed_in(user: Any) -> Any:
    """Return a client with a session of its own."""
    from django.test import Client  # noqa: PLC0415

    client = Client(headers={"host": HOST})
    client.force_login(user)
    return client


def assets(found: Any) -> dict[str, int]:
    """Return what the portfolio names besides its HTML, and the font, in bytes as sent.

    plotly.js is asked for by a script once a figure comes into view, and is not among them.
    """
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.staticfiles.storage import staticfiles_storage  # noqa: PLC0415

    stored: Any = staticfiles_storage
    html = signed_in(found.register.reader).get("/", secure=True).content.decode()
    sizes = {}
    for name in {*LOADED.findall(html), stored.stored_name(FONT)}:
        path = settings.STATIC_ROOT / name
        packed = path.with_name(f"{path.name}.gz")
        sizes[name] = (packed if packed.exists() else path).stat().st_size
    return sizes


def let_in(found: Any) -> Any:
    """Start gunicorn as in production and let people of sponsor and CROs read."""
    from benchmarks.large.people import Person, crowd  # noqa: PLC0415
    from oversight.launcher.application import _is_healthy, free_port  # noqa: PLC0415

    port = free_port(None)
    server = subprocess.Popen(  # noqa: S603 - our own server
        [
            *(sys.executable, "-m", "gunicorn", "oversight.wsgi"),
            *("--config", "oversight/gunicorn.py", "--bind", f"127.0.0.1:{port}"),
        ],
        cwd=ROOT,
        env={**os.environ, "WEB_CONCURRENCY": "2"},
    )
    try:
        until = time.monotonic() + 60
        while not _is_healthy(port) and time.monotonic() < until:
            time.sleep(0.2)
        people = [Person(*one) for one in readers(found)]
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept": "text/html"}
        return crowd(people, port=port, headers=headers)
    finally:
        server.terminate()
        server.wait()


def readers(found: Any) -> list[tuple[str, list[str]]]:
    """Return cookie and pages of each person: the sponsor's see all, a CRO's its own."""
    months = [f"?period={one:%Y-%m}" for one in found.made.months[-3:]]
    studies: dict[int, set[int]] = {}
    of_cro = {one.pk: one.vendor_id for one in found.register.engagements}
    for duty in found.duties:
        studies.setdefault(of_cro[duty.engagement_id], set()).add(duty.study_id)
    people = []
    for number in range(PEOPLE):
        cro = list(studies)[number % len(studies)]
        own = sorted(studies[cro])[:8]
        client = signed_in(
            found.register.reader if number < OF_SPONSOR else found.register.managers[cro]
        )
        cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
        pages = [f"/{month}" for month in months]
        pages += [f"/cros/{cro}/scorecard/{month}" for month in months]
        pages += [f"/studies/{one}/dashboard/{months[-1]}" for one in own]
        people.append((cookie, pages))
    return people


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    print(json.dumps(measure()))
