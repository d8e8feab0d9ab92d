"""All templates: nothing the policy would block, and every file they name exists."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Engine

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
BLOCKED = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "an htmx event attribute": r"\shx-on\b",
    "an inline script": r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>",
    "a javascript address": r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:",
    "an address of another host": r"(?:href|src|action)\s*=\s*[\"'](?:https?:)?//",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    text = path.read_text()
    assert [what for what, pattern in BLOCKED.items() if re.search(pattern, text, re.I)] == []


@pytest.mark.parametrize(
    "text",
    [
        '<p class="x" style="color: red">',
        "<style>p {}</style>",
        '<a href="#" onclick="go()">',
        '<div hx-on:click="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '<script src="https://cdn.example/x.js"></script>',
    ],
)
def test_the_rule_sees_each_offence(text: str) -> None:
    assert any(re.search(pattern, text, re.I) for pattern in BLOCKED.values())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_compiles(path: Path) -> None:
    source = path.relative_to(ROOT / "templates").as_posix()
    assert Engine.get_default().get_template(source).name == source


def test_the_static_files_named_in_templates_exist() -> None:
    named = {
        file
        for path in TEMPLATES
        for file in re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", path.read_text())
    }
    assert "oversight.css" in named
    own = {file for file in named if not file.startswith("vendor/")}
    assert {file for file in own if finders.find(file) is None} == set()


def test_third_party_files_are_those_the_lock_file_brings() -> None:
    named = {
        file
        for path in TEMPLATES
        for file in re.findall(r"{%\s*static\s+['\"]vendor/([^'\"]+)['\"]", path.read_text())
    }
    assert named == {"tabler.min.css", "inter/index.css", "plotly-cartesian.min.js"}


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_builds_no_code_or_markup_from_text(path: Path) -> None:
    assert not re.search(
        r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|setAttribute\(\"style",
        path.read_text(),
    )
