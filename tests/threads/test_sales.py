"""What a salesperson is told of the five threads on her own pages."""

from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.order_lines import order_book
from onenumber.steps.see.buyers import stands_out
from onenumber.steps.see.customer import customer_seen
from onenumber.steps.see.entry import entry_seen
from tests.threads.lived import ON_THE_LIVED_COMPANY, OPEN, Lived

pytestmark = ON_THE_LIVED_COMPANY


def test_the_leaving_customer_is_the_one_silent_buyer_of_the_company(lived: Lived) -> None:
    told, look = lived.truth["leaving_customer"], glance(lived.looking("chen"))
    out = stands_out(look, look.cycle(OPEN), order_book(look, look.cycle(OPEN)))
    assert [(one.customer, one.days, one.usual, str(one.last)) for one in out.silent] == [
        (told["customer"], told["silent_days"], told["usual_days"], told["last_order"])
    ]
    key = lived.truth["slipping_vendor"]["key_line"]
    assert (key["customer"], key["item"], key["quantity"]) in {(one.customer, one.item, one.largest) for one in out.odd}


def test_his_lines_stand_first_before_his_salesperson_with_the_news_that_is_not_in_the_number(lived: Lived) -> None:
    told = lived.truth["leaving_customer"]
    seen = entry_seen(lived.looking(told["salesperson"]), OPEN)
    first = seen.rows[: len(told["families"])]
    assert {row.customer for row in first} == {told["customer"]}
    assert {row.family for row in first} == set(told["families"])
    assert all(row.silent and row.news for row in first)


def test_the_key_account_shows_the_line_that_cannot_be_ready_as_it_is_promised(lived: Lived) -> None:
    key = lived.truth["slipping_vendor"]["key_line"]
    seen = customer_seen(lived.looking("haddad"), key["customer"], OPEN)
    (line,) = [one for one in seen.orders.lines if (one.order, one.line) == (key["order"], key["line"])]
    assert (line.item, line.open, str(line.promised)) == (key["item"], key["quantity"], key["confirmed"])
