import pytest
from django.test import Client

PAGES = [
    "/p/hydra/2026-06/sheets/",
    "/p/hydra/2026-06/sheets/3/",
    "/p/hydra/2026-06/sheets/7/",
    "/p/hydra/2026-06/family/",
    "/p/hydra/2026-06/family/?place=family:Ball+valves&in=money",
    "/p/hydra/2026-06/family/?place=family:Safety+valves&row=backlog&column=2026-11",
    "/p/hydra/2026-06/search/?q=pump",
    "/p/hydra/data/",
    "/p/hydra/data/1/",
    "/p/hydra/data/2/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_drawn_inside_its_frame_and_small(signed_in: Client, address: str) -> None:
    response = signed_in.get(address)
    assert response.status_code == 200
    text = response.content.decode()
    assert "day 8 of 18" in text
    assert len(response.content) < 300_000


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_and_comes_back(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=/p/hydra/")
