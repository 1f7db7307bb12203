import pytest
from django.test import Client

PAGES = [
    "/p/hydra/2026-06/",
    "/p/hydra/2026-06/sheets/",
    "/p/hydra/2026-06/sheets/3/",
    "/p/hydra/2026-06/sheets/7/",
    "/p/hydra/2026-06/family/",
    "/p/hydra/2026-06/family/?place=family:Ball+valves&in=money",
    "/p/hydra/2026-06/family/?place=family:Safety+valves&row=backlog&column=2026-11",
    "/p/hydra/2026-06/family/?place=item:CP-100&in=money&row=demand_new&column=2026-06",
    "/p/hydra/2026-06/search/?q=pump",
    "/p/hydra/2026-06/who/",
    "/p/hydra/2026-06/plan/L4/",
    "/guide/",
    "/guide/op/",
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


def test_the_month_says_who_owes_the_executive_a_paper(signed_in: Client) -> None:
    text = signed_in.get("/p/hydra/2026-06/sheets/").content.decode()
    assert "Sent back by the executive</h2>" in text
    assert (
        "<li>Sven Berg owes 2026-05-WC50, which Eva Okafor sent back on 20 May 2026 with “find a second vendor first”; "
        "it is due 30 June 2026. Bring it on a new paper; the executive can withdraw it.</li>"
    ) in text


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_and_comes_back(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"/sign-in/?next={address.partition('?')[0]}")


def test_the_month_lists_the_news_that_is_not_in_the_number(signed_in: Client) -> None:
    text = signed_in.get("/p/hydra/2026-06/sheets/").content.decode().replace("\u202f", " ")
    assert "Risks and opportunities, not in the number</h2>" in text
    assert (
        "<b>Loss at Alpha, July 2026 to September 2026:</b> Alpha tests another pump<br>"
        "−1 200 pcs · −54 000 EUR · probability 60 % <span>Lena Fischer, undecided</span>"
    ) in text
    assert (
        "<b>Tender at Nord:</b> A city asks for offers<br>"
        "no amount known · probability – <span>Lena Fischer, shared in May 2026, out: three bidders</span>"
    ) in text


@pytest.mark.parametrize("sheet", ["3", "7"])
def test_a_sheet_says_its_figures_first_and_what_it_was_made_from_and_with_after_them(
    signed_in: Client, sheet: str
) -> None:
    text = signed_in.get(f"/p/hydra/2026-06/sheets/{sheet}/").content.decode()
    figures = ("4\u202f874", "prices.csv", "Figures per period", "<h2>Tables</h2>")
    provenance = ("Made from", "Made into", "Code version", "<dt>Seed</dt>", "<dt>horizon</dt>", 'class="hash"')
    assert max(map(text.index, figures)) < text.index("Where it comes from</h2>") < min(map(text.index, provenance))


def test_another_month_is_opened_at_the_same_place_and_in_the_same_measure(signed_in: Client) -> None:
    text = signed_in.get("/p/hydra/2026-06/family/?place=family:Ball+valves&in=money").content.decode()
    assert '<a href="/p/hydra/2026-05/family/?place=family%3ABall%20valves&amp;in=money"' in text
    assert '<a href="/p/hydra/2026-05/sheets/"' in signed_in.get("/p/hydra/2026-06/sheets/").content.decode()
