"""What people send from the pages of this floor. Forms validate; services write."""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from kpis.models import Submission
from kpis.selectors.scopes import Scope
from kpis.submissions.limits import MEGABYTE
from kpis.submissions.reading import IntakeLimits
from kpis.submissions.receive import Upload

MOST_FILES = 20


class SeveralFilesInput(forms.ClearableFileInput):
    """A file control that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, UploadedFile], name: str
    ) -> list[UploadedFile]:
        """Return all files of the field."""
        return files.getlist(name)


class SeveralFiles(forms.FileField):
    """One or more files, none of them empty. What kind they are is found out by reading them."""

    widget = SeveralFilesInput(attrs={"accept": ".xlsx,.csv"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files; raises ValidationError for none, for an empty one, for too many."""
        if len(data or []) > MOST_FILES:
            raise forms.ValidationError(f"Send at most {MOST_FILES} files at a time.")
        for file in data or []:
            if not file.size:
                raise forms.ValidationError(
                    f"{file.name} is empty: 0 bytes arrived. Export it again and send that file."
                )
        if not data:
            raise forms.ValidationError("Choose a file: .xlsx or .csv.")
        return [super(SeveralFiles, self).clean(file, initial) for file in data]


def uploads_of(files: list[UploadedFile]) -> list[Upload]:
    """Return the files as the services take them."""
    return [
        Upload(str(file.name), cast(BinaryIO, file.file), int(file.size or 0)) for file in files
    ]


def limit_words(limits: IntakeLimits) -> str:
    """Say how much is taken: of a file what the sponsor set, of an upload the installation's."""
    each, together = (size // MEGABYTE for size in (limits.max_bytes, settings.MAX_UPLOAD_BYTES))
    return (
        f"each up to {each:,} MB, {limits.max_rows:,} rows and {limits.max_sheets:,} sheets;"
        f" together up to {together:,} MB"
    )


class FilesForm(forms.Form):
    """Further or corrected files for a submission that exists."""

    uploads = SeveralFiles(label="File")


class CutoffForm(forms.Form):
    """The data cut-off date: up to which day the listing counts."""

    data_cutoff_date = forms.DateField(
        label="Data cut-off date",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Say up to which day the listing counts.",
            "invalid": "Write the date as 2025-11-14.",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["data_cutoff_date"].widget.attrs["max"] = today.isoformat()

    def clean_data_cutoff_date(self) -> date | None:
        """Refuse a cut-off that has not come yet."""
        found: date | None = self.cleaned_data["data_cutoff_date"]
        if found is not None and found > self.today:
            raise forms.ValidationError("The cut-off lies in the future. Give the day of the data.")
        if found is not None and found.year < 1990:
            raise forms.ValidationError("The cut-off lies before 1990. Give the day of the data.")
        return found


class UploadForm(CutoffForm):
    """A new submission: for what, up to when, and its files."""

    scope = forms.ChoiceField(
        label="Study and engagement",
        error_messages={"invalid_choice": "Choose a study and engagement from the list."},
    )
    uploads = SeveralFiles(
        label="Files",
        help_text="The report as your system exports it; nothing needs editing. "
        "A CSV without sites takes them from a second file, such as subjects.csv.",
    )
    field_order = ["scope", "data_cutoff_date", "uploads"]

    def __init__(self, *args: Any, scopes: tuple[Scope, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {scope.key: scope for scope in scopes}
        choices = [(key, str(scope)) for key, scope in self.by_key.items()]
        # With one entry there is nothing to choose.
        nothing = [("", "Choose…")] if len(choices) != 1 else []
        self.fields["scope"].choices = [*nothing, *choices]  # type: ignore[attr-defined]  # a ChoiceField has them
        cutoff = self.fields["data_cutoff_date"]
        cutoff.required = False
        cutoff.help_text = "Leave empty: it is proposed from the file, and you confirm it."

    @property
    def scope_chosen(self) -> Scope:
        """Return the scope; only after is_valid()."""
        return self.by_key[self.cleaned_data["scope"]]


class ExplanationForm(forms.Form):
    """Why a warning is right as it is; `seen` is what stood there before."""

    explanation = forms.CharField(
        max_length=1000,
        error_messages={"required": "Write a sentence that explains it."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class SubmitForm(forms.Form):
    """Why an accepted month is restated; nothing for a month handed over the first time."""

    reason = forms.CharField(max_length=2000, required=False)
    cause = forms.ChoiceField(
        choices=[("", "Choose…"), *Submission.RestatementCause.choices], required=False
    )
    found_by = forms.ChoiceField(
        choices=[("", "Choose…"), *Submission.FoundBy.choices], required=False
    )


class ReasonForm(forms.Form):
    """Why a submission is withdrawn."""

    reason = forms.CharField(
        max_length=1000, error_messages={"required": "Say why you withdraw it."}
    )


class AcceptForm(forms.Form):
    """An optional word with the acceptance."""

    comment = forms.CharField(max_length=4000, required=False)


class ReturnForm(forms.Form):
    """What the CRO should correct; comments on cells may say it alone."""

    comment = forms.CharField(max_length=4000, required=False)


class WaiverForm(forms.Form):
    """What the sponsor does without for a month (nothing chosen: all of it), and why."""

    listing = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=1000)


class WaiverEndForm(forms.Form):
    """Why something that was waived is asked for again."""

    reason = forms.CharField(max_length=1000)
