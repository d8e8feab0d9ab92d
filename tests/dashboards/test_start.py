"""Where people land after signing in."""

import pytest
from django.test import Client

from tests.people import PASSWORD, World


@pytest.mark.parametrize(
    ("name", "landing"), [("sam", "/"), ("ada", "/"), ("quinn", "/"), ("ines", "/cros/")]
)
def test_people_land_on_the_first_page_of_their_menu(
    client: Client, world: World, name: str, landing: str
) -> None:
    form = {"login": f"{name}@example.org", "password": PASSWORD}
    response = client.post("/accounts/login/", form, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == landing


def test_somebody_without_a_role_is_told_what_to_do(client: Client, world: World) -> None:
    client.force_login(world.nora)
    page = client.get("/home/").content.decode()
    assert "No organisation has added you yet" in page
    assert "nora@example.org" in page
    assert "Northwind" not in page
