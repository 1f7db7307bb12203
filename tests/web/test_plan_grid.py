"""The planning grid at its addresses: cells as JSON, what is typed, who was faster, and what is refused."""

import dataclasses
import datetime as dt
import json

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.steps.frame.context import make_context
from onenumber.steps.see.plan_cell import CellEdit, CellStory, plan_cell
from onenumber.store.models import Account, EditRow, Plan
from onenumber.web.plan_grid.read import MOST, typed_in
from onenumber.web.plan_grid.words import panel
from tests.steps.conftest import *  # noqa: F403 - the tiny company

CELLS = "/p/tiny/2026-05/plan/{}/cells/"
ONE = {"level": "item", "key": "A1", "mode": "set", "value": 100, "first": "2026-06", "periods": 2}


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


def signed_in_as(plan: Plan, person: str, *, checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks)
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client


def post(client: Client, layer: str, **sent: object) -> HttpResponse:
    return client.post(CELLS.format(layer), json.dumps(sent), content_type="application/json")


def figure(grid: dict[str, list[float]], key: str, month: int) -> float:
    return grid["shown"][grid["keys"].index(key) * len(grid["months"]) + month]


def test_she_is_led_to_the_layer_that_she_types_in(in_demand: None, plan: Plan) -> None:
    for person, layer in (("dora", "L4"), ("ana", "L2"), ("ines", "L2M")):
        answer = signed_in_as(plan, person).get("/p/tiny/2026-05/plan/")
        assert answer.headers["Location"] == f"/p/tiny/2026-05/plan/{layer}/"


def test_the_page_says_what_it_holds_and_lets_the_grid_set_its_widths_only(in_demand: None, plan: Plan) -> None:
    answer = signed_in_as(plan, "ana").get("/p/tiny/2026-05/plan/L2/")
    text = answer.content.decode()
    assert "Planning grid, your part" in text
    assert "4 series of item and customer, May 2026 to October 2026; no change stands in this layer." in text
    nonce = text.split('data-nonce="')[1].split('"')[0]
    assert answer.headers["Content-Security-Policy"].endswith(f"style-src 'self' 'nonce-{nonce}'")


def test_cells_are_flat_and_changes_and_marks_only_where_there_are_some(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "dora")
    grid = client.get(CELLS.format("L4")).json()
    assert len(grid["shown"]) == len(grid["keys"]) * len(grid["months"])
    assert grid["months"][1] == {"label": "2026-06", "text": "Jun 26"}
    assert (grid["added"], grid["marks"]) == ([[], []], [[], []])
    done = post(client, "L4", edits=[ONE], seen=0, reason="a tender").json()
    assert (done["said"], done["made"], done["grid"]["sequence"]) == ("Saved.", [1], 1)
    assert [figure(done["grid"], "A1", month) for month in (1, 2)] == [100, 100]
    at = grid["keys"].index("A1") * len(grid["months"]) + 1
    assert at in done["grid"]["marks"][0]
    assert done["grid"]["added"][1][done["grid"]["added"][0].index(at)] == pytest.approx(
        100 - figure(grid, "A1", 1), abs=0.01
    )
    assert EditRow.objects.get().reason == "a tender"


def test_a_batch_is_undone_by_its_numbers(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "dora")
    before = client.get(CELLS.format("L4")).json()
    made = post(client, "L4", edits=[ONE, {**ONE, "key": "A2"}], seen=0).json()
    assert made["said"] == "2 edits saved."
    undone = post(client, "L4", undo=made["made"], seen=2).json()
    assert undone["said"] == "2 edits taken back."
    assert undone["grid"]["shown"] == before["shown"]


def test_who_is_late_is_told_what_moved_by_whom_and_may_go_on_either_way(in_demand: None, plan: Plan) -> None:
    ines, again = signed_in_as(plan, "ines"), Client()
    again.force_login(Account.objects.get(login="ines"))
    post(ines, "L2M", edits=[{**ONE, "level": "stream", "key": "A1|alpha", "mode": "add", "value": 5}], seen=0)
    late = post(again, "L2M", edits=[{**ONE, "mode": "percent", "value": 10}], seen=0)
    assert late.status_code == 409
    said = late.json()
    assert said["said"].startswith("2 of these cells moved since you looked: Ines Duarte changed A1|alpha.")
    assert said["moved"] == [{"who": "Ines Duarte", "where": "A1|alpha", "first": "2026-06", "last": "2026-07"}]
    assert said["grid"]["sequence"] == 1
    rest = post(again, "L2M", edits=[{**ONE, "mode": "percent", "value": 10}], seen=0, rest=True).json()
    assert figure(rest["grid"], "A1|alpha", 1) == figure(said["grid"], "A1|alpha", 1)
    new = post(again, "L2M", edits=[{**ONE, "mode": "percent", "value": 10}], seen=2).json()
    assert figure(new["grid"], "A1|alpha", 1) == pytest.approx(1.1 * figure(said["grid"], "A1|alpha", 1), abs=0.02)


def test_another_layer_is_refused_in_a_sentence_and_the_administrator_sees_nothing(in_demand: None, plan: Plan) -> None:
    refused = post(signed_in_as(plan, "ana"), "L4", edits=[ONE], seen=0)
    assert refused.status_code == 403
    assert "only the demand planner may" in refused.json()["said"]
    adam = signed_in_as(plan, "adam")
    assert adam.get(CELLS.format("L4")).status_code == 403
    assert post(adam, "L4", edits=[ONE], seen=0).status_code == 403
    assert adam.get("/p/tiny/2026-05/plan/L4/cell/?level=item&key=A1&month=2026-06").status_code == 403
    assert not EditRow.objects.exists()


def test_her_part_holds_no_foreign_name(in_demand: None, plan: Plan) -> None:
    text = signed_in_as(plan, "ana").get(CELLS.format("L4")).content.decode()
    assert "alpha" in text
    assert "South" not in text


def test_nothing_is_written_without_the_mark_of_the_session(in_demand: None, plan: Plan) -> None:
    answer = post(signed_in_as(plan, "dora", checks=True), "L4", edits=[ONE], seen=0)
    assert answer.status_code == 403
    assert not EditRow.objects.exists()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ([], "it is a JSON object"),
        ({"edits": []}, "type something"),
        ({"edits": [1]}, "each is an object"),
        ({"edits": [{**ONE, "level": "patch"}]}, "the levels are"),
        ({"edits": [{**ONE, "mode": "news"}]}, "a mode is one of"),
        ({"edits": [{**ONE, "value": "x"}]}, "it is no number to plan with"),
        ({"edits": [{**ONE, "periods": -1}]}, "periods is a whole number"),
        ({"edits": [ONE], "seen": "1"}, "seen is a whole number"),
        ({"edits": [ONE] * (MOST + 1)}, "at most 500 at once"),
    ],
)
def test_what_the_grid_does_not_send_is_refused(in_demand: None, plan: Plan, sent: object, why: str) -> None:
    client = signed_in_as(plan, "dora")
    answer = client.post(CELLS.format("L4"), json.dumps(sent), content_type="application/json")
    assert answer.status_code == 422
    assert why in answer.json()["said"]


def test_a_value_that_is_no_number_to_json_is_refused_too() -> None:
    with pytest.raises(Exception, match="it is no number to plan with"):
        typed_in(b'{"edits": [{"level": "item", "key": "A1", "mode": "set", "value": NaN}]}')


def test_the_panel_says_where_a_figure_comes_from(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "dora")
    post(client, "L4", edits=[ONE], seen=0, reason="a tender")
    text = client.get("/p/tiny/2026-05/plan/L4/cell/?level=item&key=A1&month=2026-06").content.decode()
    assert "A1, June 2026</h2>" in text
    assert "Planner: set to 100" in text
    assert "“a tender”" in text
    assert client.get("/p/tiny/2026-05/plan/L4/cell/").status_code == 404


def test_a_planner_asks_from_the_cell_and_who_is_asked_answers_there(in_demand: None, plan: Plan) -> None:
    cell = "/p/tiny/2026-05/plan/{}/cell/?level=stream&key=A1%7Calpha&month=2026-06"
    dora, ana, ben = (signed_in_as(plan, person) for person in ("dora", "ana", "ben"))
    asked = dora.get(cell.format("L4")).content.decode()
    assert "Nothing was asked about this cell." in asked
    assert "Ask sales or a plant" in asked
    assert '<option value="pia">Pia Rossi (plant manager)</option>' in asked
    sent = {
        "place:stream": "A1|alpha", "first": "2026-06", "periods": "2", "to": "SP", "due": "2030-01-01",
        "text": "Why is June so low?", "next": "/p/tiny/2026-05/plan/L4/?level=stream&key=A1%7Calpha&month=2026-06",
    }  # fmt: skip
    back = dora.post("/p/tiny/2026-05/do/ask/", sent)
    assert (back.status_code, back.headers["Location"]) == (302, sent["next"])
    hers = ana.get(cell.format("L2")).content.decode()
    assert "Dora Lind asks Ana Ruiz on" in hers
    assert ", June 2026 to July 2026" in hers
    assert "Ask sales or a plant" not in hers  # DP-4: the demand planner asks
    assert 'action="/p/tiny/2026-05/do/reply/"' in hers
    assert 'action="/p/tiny/2026-05/do/reply/"' not in dora.get(cell.format("L4")).content.decode()
    ana.post("/p/tiny/2026-05/do/reply/", {"question": "1", "text": "they moved house", "figure": "40"})
    told = dora.get(cell.format("L4")).content.decode()
    assert "“they moved house”" in told
    assert "Ana Ruiz" in told
    assert (
        "they moved house"
        not in ben.get("/p/tiny/2026-05/plan/L2/cell/?level=item&key=A1&month=2026-06").content.decode()
    )


def looked(plan: Plan, person: str, item: str) -> CellStory:
    return plan_cell(make_context(plan, person=person), "L4", place={"item": item}, period="2026-06")


def test_the_parts_of_a_figure_add_up_to_it_to_the_last_digit(in_demand: None, plan: Plan) -> None:
    parts = (("L1", 295.64), ("L2", 30.07), ("L4", 0.05))
    shown = panel(dataclasses.replace(looked(plan, "dora", "A1"), shown=325.76, parts=parts))
    lines = shown["lines"]
    assert isinstance(lines, list)
    assert sum(float(text.replace("+", "")) for _, text in lines) == pytest.approx(float(str(shown["sum"])))
    assert shown["sum"] == "325.8"


def test_a_layer_that_is_not_hers_offers_nothing_to_type(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    hers, other = (client.get(f"/p/tiny/2026-05/plan/{layer}/").content.decode() for layer in ("L2", "L4"))
    assert "You read this layer; yours is Sales." in other
    assert "You read this layer" not in hers
    for what in ("data-reason", 'data-do="undo"', 'data-do="lock"', "Type 120 for a figure"):
        assert what in hers
        assert what not in other
    assert 'data-do="story"' in other
    nobody = signed_in_as(plan, "eva").get("/p/tiny/2026-05/plan/L4/").content.decode()
    assert "You read this layer: nothing in it is yours to type in now." in nobody


def test_a_carried_figure_says_from_when_it_is_and_not_when_its_edit_was_written(in_demand: None, plan: Plan) -> None:
    found = looked(plan, "dora", "A1")
    edit = CellEdit(
        layer="L2", sequence=47, place="A1", mode="set", value=9.0, came_to=1.0, person="Ana Ruiz", role="SP",
        at=dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC), reason="feeling", carried_from="2026-04", waits=True,
        over=None, undone=False,
    )  # fmt: skip
    for said, when in (
        (edit, "carried from April 2026, not confirmed yet"),
        (dataclasses.replace(edit, waits=False), "carried from April 2026"),
        (dataclasses.replace(edit, waits=False, carried_from=""), "4 May 10:00"),
    ):
        lines = panel(dataclasses.replace(found, edits=(said,)))["edits"]
        assert isinstance(lines, list)
        assert [one.when for one in lines] == [when]


def carried_and_put_back() -> tuple[CellEdit, ...]:
    """Sofia's +20 % of April, and her 0 % of 5 May over it."""
    over = CellEdit(
        layer="L2", sequence=1, place="A1", mode="percent", value=20.0, came_to=60.0, person="Ana Ruiz", role="SP",
        at=dt.datetime(2026, 4, 4, 10, tzinfo=dt.UTC), reason="feeling", carried_from="2026-04", waits=False,
        over=dt.datetime(2026, 5, 5, 10, tzinfo=dt.UTC), undone=False,
    )  # fmt: skip
    at = dt.datetime(2026, 5, 5, 10, tzinfo=dt.UTC)
    return (dataclasses.replace(over, sequence=2, value=0.0, came_to=-60.0, at=at, carried_from="", over=None), over)


def test_what_was_put_back_to_the_baseline_is_not_called_unchanged(in_demand: None, plan: Plan) -> None:
    found = dataclasses.replace(looked(plan, "dora", "A1"), shown=300.0, parts=(("L1", 300.0),), as_baseline=True)
    edits = carried_and_put_back()
    lock = dataclasses.replace(edits[0], mode="lock", came_to=None)
    for what, said in (
        ({"edits": ()}, "which nobody changed."),
        ({"edits": (lock,)}, "which nobody changed."),
        ({"edits": edits}, "what was typed was put back on 5 May."),
        ({"edits": edits[1:]}, "what was typed was put back."),
        ({"edits": edits, "as_baseline": False}, "what was typed below it comes to nothing in all."),
        ({"edits": (dataclasses.replace(edits[0], layer="L4"),), "layer": "L2"}, "no change to it stands."),
        ({"edits": (), "hidden": 1}, "no change to it stands."),
    ):
        sentence = str(panel(dataclasses.replace(found, **what))["sentence"])
        assert sentence.startswith("300 pcs: the baseline")
        assert sentence.endswith(said)
    lines = panel(dataclasses.replace(found, edits=edits))["edits"]
    assert isinstance(lines, list)
    assert [(one.typed, one.came_to) for one in lines] == [("back to the baseline", "−60"), ("+20 %", "+60")]


@pytest.mark.usefixtures("agreed")
def test_of_agreed_demand_the_grid_says_that_it_is_whole_and_the_cell_shows_its_rounding(plan: Plan) -> None:
    client = signed_in_as(plan, "dora")
    assert (
        "Shown is the agreed demand, in whole units as on the family page"
        in client.get("/p/tiny/2026-05/plan/L4/").content.decode()
    )
    assert (
        "The agreed demand, in whole units, stands in the other layers"
        in client.get("/p/tiny/2026-05/plan/L2/").content.decode()
    )
    parts = (("L1", 299.64), ("zero", 0.1), ("whole", 0.26))
    shown = panel(dataclasses.replace(looked(plan, "dora", "A1"), shown=300.0, parts=parts))
    assert shown["lines"] == [
        ("Baseline", "299.6"), ("Held at 0, not below", "+0.1"), ("Rounded to whole units", "+0.3"),
    ]  # fmt: skip
    assert shown["sum"] == "300"
