"""The shared partials: what a reader and a screen reader get from each."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from oversight.look.tables import Cell, Column


class Sending(forms.Form):
    """One field of each kind that `_field.html` lays out differently."""

    cutoff_date = forms.DateField(label="Data cut-off", help_text="The last day that counts.")
    note = forms.CharField(
        label="Note", required=False, widget=forms.Textarea(attrs={"placeholder": "note"})
    )
    study = forms.ChoiceField(label="Study", choices=[("1", "NWT-301")])
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Retained")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Compared with the report")
    report = forms.FileField(label="Report", widget=forms.FileInput(attrs={"placeholder": "x y"}))
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("The file belongs to another study.")


@pytest.fixture
def wrong_form() -> str:
    return render_to_string("_form.html", {"form": Sending({"cutoff_date": "soon"})})


def test_every_visible_control_has_a_label(wrong_form: str) -> None:
    controls = re.findall(r'<(?:input|select|textarea)[^>]*id="(\w+)"', wrong_form)
    labelled = set(re.findall(r'<label[^>]*for="(\w+)"', wrong_form))
    wrapped = set(re.findall(r'<label[^>]*><(?:input)[^>]*id="(\w+)"', wrong_form))
    assert set(controls) - {"id_token"} == labelled | wrapped


def test_help_and_error_describe_their_control(wrong_form: str) -> None:
    control = re.search(r'<input[^>]*name="cutoff_date"[^>]*>', wrong_form)
    assert control
    assert 'aria-describedby="id_cutoff_date_help id_cutoff_date_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    for described in re.findall(r'aria-describedby="([^"]+)"', wrong_form):
        for identifier in described.split():
            assert f'id="{identifier}"' in wrong_form


def test_an_error_of_the_whole_form_comes_first(wrong_form: str) -> None:
    assert wrong_form.index("another study") < wrong_form.index("Data cut-off")


def test_required_and_optional_are_words_unless_all_is_required() -> None:
    form = Sending()
    assert "optional" in render_to_string("_field.html", {"field": form["note"]})
    assert "required" in render_to_string("_field.html", {"field": form["study"]})
    quiet = render_to_string("_field.html", {"field": form["study"], "quiet": True})
    assert ">required<" not in quiet


def test_a_placeholder_that_repeats_the_label_is_dropped() -> None:
    form = Sending()
    assert "placeholder" not in render_to_string("_field.html", {"field": form["note"]})
    assert 'placeholder="x y"' in render_to_string("_field.html", {"field": form["report"]})


def test_a_hidden_field_has_no_label() -> None:
    html = render_to_string("_field.html", {"field": Sending()["token"]})
    assert "<label" not in html


CHART = {
    "id": "trend",
    "title": "Query aging worsened",
    "summary": "Rising from 15 to 18 per cent.",
    "src": "/figure.json",
    "csv_url": "/rows.csv",
    "columns": (Column("Month"), Column("Value", numeric=True)),
    "rows": [(Cell("Oct 2026", "/oct/"), "18.4 %"), (Cell("Sep 2026"), "15.0 %")],
}


def test_a_figure_is_spoken_and_has_its_table() -> None:
    html = render_to_string("_chart.html", CHART)
    assert 'aria-labelledby="trend-title" aria-describedby="trend-summary"' in html
    assert 'id="trend-summary">Rising from 15 to 18 per cent. Arrow keys read the points' in html
    assert 'data-chart-src="/figure.json"' in html
    assert '<th scope="col" class="num">Value</th>' in html
    assert '<th scope="row"><a href="/oct/">Oct 2026</a></th>' in html
    assert '<th scope="row">Sep 2026</th>' in html
    assert '<td class="num">15.0 %</td>' in html
    assert "Data, 2 rows" in html


def test_a_row_of_another_length_than_the_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        render_to_string("_chart.html", {**CHART, "rows": [("Oct 2026",)]})


def test_stages_say_where_one_is() -> None:
    stages = [
        SimpleNamespace(state="done", name="Received", lines=["9 Nov, 08:12 UTC"]),
        SimpleNamespace(state="stop", name="Checked", lines=["3 errors"]),
        SimpleNamespace(state="next", name="Preview", lines=[]),
    ]
    html = render_to_string("_stages.html", {"stages": stages})
    assert html.count('aria-current="step"') == 1
    assert "Received<span" in html
    assert ", held up" in html
    assert ", still to come" in html


def test_pages_keep_the_other_parameters_of_the_address() -> None:
    request = RequestFactory().get("/rows/", {"site": "1042", "page": "2"})
    page = Paginator(range(2239), 50).page(2)
    html = render_to_string("_pagination.html", {"page": page, "noun": "queries"}, request)
    assert "51 to 100 of 2,239 queries" in html
    assert 'href="?site=1042&amp;page=3"' in html


def test_a_single_page_needs_no_pagination() -> None:
    assert render_to_string("_pagination.html", {"page": Paginator([1], 50).page(1)}).strip() == ""


def test_a_notice_marks_an_error_in_words_and_escapes_it() -> None:
    html = render_to_string("_notice.html", {"words": "<b>no</b>", "tags": "error"})
    assert 'aria-label="Not done"' in html
    assert "&lt;b&gt;no" in html


def test_crumbs_end_with_the_page_itself() -> None:
    html = render_to_string("_crumbs.html", {"crumbs": [("Studies", "/studies/"), ("S1", "")]})
    assert '<a href="/studies/">Studies</a>' in html
    assert '<li aria-current="page">S1</li>' in html


def test_tags_in_a_template() -> None:
    template = Template(
        "{% load look %}{% rag status %}|{{ status|status_name }}|{{ status|cell_class }}|"
        '{% trend_arrow "flat" %}|{% spark points %}|{{ 7.5|figure:"%" }}|{% status_key "red" %}'
    )
    html = template.render(Context({"status": "not-delegated", "points": [1, 2]}))
    assert html.startswith('<span class="rag rag-nd">not delegated</span>|Not delegated|is-nd|')
    assert "7.5\u00a0%" in html
    assert "past red limit" in html
