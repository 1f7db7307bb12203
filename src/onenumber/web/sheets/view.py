"""The sheets of a cycle, and one sheet."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.plants.words import said_words
from onenumber.web.render import at_of, page
from onenumber.web.sheets.accuracy import accuracy_table
from onenumber.web.sheets.adherence import adherence_table
from onenumber.web.sheets.amended import amended_blocks
from onenumber.web.sheets.vendors import vendor_table
from onenumber.web.sheets.words import flow_rows, risk_lines, state_of_the_month
from onenumber.web.source import source


@require_GET
@login_required
def sheets(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Every sheet of the cycle in the order of the flow, with what each was made from."""
    at = at_of(request, plan, cycle)
    found = source().sheets(at)
    rows = flow_rows(found.lines)
    context: dict[str, object] = {
        "room": "sheets",
        "rows": rows,
        "state_sentence": state_of_the_month(rows),
        "since": found.since,
        "sent_back": found.sent_back,
        "risks": risk_lines(found.risks) if found.risks is not None else (),
        "to_settle": found.to_settle,
        "ending": found.ending,
        "part": found.risks is not None and not found.risks.whole,
    }
    return page(request, at, "sheets/list.html", context, frame=found.frame)


@require_GET
@login_required
def sheet(request: HttpRequest, plan: str, cycle: str, sheet_id: str) -> HttpResponse:
    """One sheet: what it holds, what it was made from, what was made from it."""
    at = at_of(request, plan, cycle)
    found = source().sheet(at, sheet_id)
    vendors = vendor_table(found.vendors) if found.vendors is not None else None
    accuracy = accuracy_table(found.accuracy) if found.accuracy is not None else None
    adherence = adherence_table(found.adherence) if found.adherence is not None else None
    context: dict[str, object] = {
        "room": "sheets",
        "sheet": found,
        "since": found.since,
        "vendors": vendors,
        "accuracy": accuracy,
        "adherence": adherence,
        "amended": amended_blocks(found.amended),
        "amendments": [(one.site, said_words(one)) for one in found.amendments],
    }
    return page(request, at, "sheets/one.html", context)
