"""A browser without a screen: sign somebody in, read a page, fill a form."""

from typing import Any

from django.test import Client
from django.urls import reverse

from oversight.accounts.models import User
from oversight.audit_trail.models import Change


def signed_in(user: User) -> Client:
    """Return a client that is signed in as `user`."""
    client = Client()
    client.force_login(user)
    return client


def page(user: User, name: str, /, *arguments: int | str, **parameters: str) -> str:
    """Return the words of a page that `user` may see."""
    response = signed_in(user).get(reverse(name, args=arguments), parameters)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def status(user: User, name: str, *arguments: int | str) -> int:
    """Return the status with which a page answers `user`."""
    return signed_in(user).get(reverse(name, args=arguments)).status_code


def filled(client: Client, address: str, /, **values: Any) -> dict[str, Any]:
    """Return a form as shown, with some fields filled in anew."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    text = {name: _as_text(value) for name, value in (shown | values).items()}
    return {name: value for name, value in text.items() if value is not None}


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return ",".join(value)
    return getattr(value, "pk", value)


def send(user: User, name: str, /, *arguments: int | str, **values: Any) -> Any:
    """Fill in and send a form; return the answer."""
    client, address = signed_in(user), reverse(name, args=arguments)
    return client.post(address, filled(client, address, **values))


def refusals(response: Any) -> str:
    """Return what a form says is wrong, in one text."""
    assert response.status_code == 200, response.status_code
    return " ".join(
        sentence for errors in response.context["form"].errors.values() for sentence in errors
    )


def last_change(table: str) -> Change:
    """Return the newest change of a table."""
    return Change.objects.filter(table_name=table).latest("id")
