"""What the small company answers to who wants to do something: it stands still."""

import datetime as dt
from collections.abc import Mapping

from onenumber.errors import NoSuchJobError, NotAllowedError, NotYoursError
from onenumber.steps.see.customer_orders import OrdersSeen
from onenumber.web.act.model import Done, JobShown
from onenumber.web.customers.model import CustomerPage, NewsPage, OrdersPage
from onenumber.web.decisions.model import Decisions
from onenumber.web.entry.model import Entered, EntryPage, EntryTyped
from onenumber.web.frame.model import At, Frame


class StandsStill:
    """No paper, no job, and nothing is done."""

    def frame(self, at: At) -> Frame:
        raise NotImplementedError

    def decisions(self, at: At) -> Decisions:
        return Decisions(
            frame=self.frame(at), shown=None, papers=(), prepared_by=dt.date(2026, 6, 17),
            decided_by=dt.date(2026, 6, 23),
        )  # fmt: skip

    def do(self, at: At, step: str, texts: Mapping[str, str]) -> Done:  # noqa: ARG002 - it asks for nothing
        raise NotAllowedError(person=at.person, verb=step, where="", reason="this company stands still")

    def entry(self, at: At) -> EntryPage:
        raise self._still(at, "enter a sales forecast")

    def enter(self, at: At, typed: EntryTyped) -> Entered:  # noqa: ARG002
        raise self._still(at, "enter a sales forecast")

    def customer(self, at: At, key: str) -> CustomerPage:  # noqa: ARG002 - it has none
        raise NotYoursError(place=f"customer {key}")

    def orders_to_confirm(self, at: At) -> OrdersPage:
        return OrdersPage(
            frame=self.frame(at), seen=OrdersSeen(cycle="2026-06", known_until=None, customers=(), requests=()), ways={}
        )

    def news_form(self, at: At) -> NewsPage:
        raise self._still(at, "share news")

    def _still(self, at: At, verb: str) -> NotAllowedError:
        return NotAllowedError(person=at.person, verb=verb, where="", reason="this company stands still")

    def job(self, at: At, number: int) -> JobShown:  # noqa: ARG002
        raise NoSuchJobError(job=number)

    def cancel_job(self, at: At, number: int) -> None:  # noqa: ARG002
        raise NoSuchJobError(job=number)

    def start_job_again(self, at: At, number: int) -> int:  # noqa: ARG002
        raise NoSuchJobError(job=number)
