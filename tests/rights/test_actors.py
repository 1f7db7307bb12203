"""Who holds what on a day: roles with their dates, patches by owner, deputies, and organisations of sales leaders."""

import datetime as dt

import polars as pl

from onenumber.rights.actors import Held, held_on
from onenumber.rights.ask import Grant

MAY, JUNE = dt.date(2026, 5, 1), dt.date(2026, 6, 1)
VALID = {"valid_from": pl.Date, "valid_to": pl.Date}


def dated(columns: tuple[str, ...], *rows: tuple[object, ...]) -> pl.DataFrame:
    """A dated table of texts: the columns, then first day and first day no longer."""
    return pl.DataFrame(list(rows), schema={**dict.fromkeys(columns, pl.String), **VALID}, orient="row")


COMPANY = {
    "roles": dated(
        ("person", "role", "scope_kind", "scope"),
        ("olga", "OWN", "company", "*", None, None),
        ("sam", "SM", "organisation", "sam", None, None),
        ("omar", "OP", "company", "*", None, JUNE),
        ("pia", "OP", "company", "*", JUNE, None),
        ("ana", "SP", "organisation", "sam", None, None),
        ("ana", "SP", "patch", "Kiosk", None, None),
        ("ana", "DP", "company", "*", None, None),
        ("ana", "DP", "company", "*", MAY, None),
    ),
    "patch_owners": dated(
        ("patch", "person"),
        ("West", "zoe", None, None),
        ("Nord", "ana", None, None),
        ("South", "ben", None, None),
        ("South", "ana", JUNE, None),
        ("Lost", None, None, None),
    ),
    "deputies": dated(
        ("person", "deputy"), ("ben", "ana", MAY, JUNE), ("omar", "ben", MAY, JUNE), ("omar", "ana", JUNE, None)
    ),
    "people": pl.DataFrame({"person": ["ana", "ben", "kim", "zoe"], "superior": ["kim", "kim", "sam", None]}),
    "patches": pl.DataFrame({"patch": ["West", "South", "Open", "Nord", "Lost"]}),
}


def grants(held: Held, person: str) -> list[tuple[str, str, str]]:
    return [(grant.role, grant.scope, grant.deputy_for) for grant in held.actor(person).grants]


def test_a_person_holds_each_role_once_and_her_patches_after_them() -> None:
    held = held_on(dt.date(2026, 4, 30), company=COMPANY)
    assert grants(held, "ana") == [("DP", "*", ""), ("SP", "Kiosk", ""), ("SP", "Nord", "")]
    assert grants(held, "nobody") == []


def test_roles_and_patches_pass_on_with_the_day() -> None:
    may, june = held_on(MAY, company=COMPANY), held_on(JUNE, company=COMPANY)
    assert (may.holders["OP"], june.holders["OP"]) == (("omar",), ("pia",))
    assert ("SP", "South", "") in grants(may, "ben")
    assert ("SP", "South", "") in grants(june, "ana")
    assert grants(june, "ben") == []


def test_a_deputy_holds_what_the_absent_one_holds_herself_and_no_more() -> None:
    may, june = held_on(MAY, company=COMPANY), held_on(JUNE, company=COMPANY)
    assert grants(may, "ben") == [("SP", "South", ""), ("OP", "*", "omar")]
    assert [one for one in grants(may, "ana") if one[2]] == [("SP", "South", "ben")]  # not what ben does for omar
    assert [one for one in grants(june, "ana") if one[2]] == []  # omar holds nothing any more


def test_a_sales_leader_has_the_patches_below_her_and_those_that_nobody_owns() -> None:
    assert held_on(MAY, company=COMPANY).patches_of == {"sam": ("Nord", "Open", "South")}


def test_a_company_without_deputies_and_people_has_neither() -> None:
    held = held_on(MAY, company={name: COMPANY[name] for name in ("roles", "patch_owners")})
    assert held.actor("sam").grants == (Grant(role="SM", scope="sam"),)
    assert (held.away, held.patches_of) == ({}, {})


def test_a_patch_has_a_salesperson_by_its_owners_or_by_a_role() -> None:
    assert held_on(MAY, company=COMPANY).owned == {"Kiosk", "Nord", "South", "West"}
