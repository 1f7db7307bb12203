"""The page "Who does what", and the same as a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.files.write import csv_bytes
from onenumber.steps.see.duties import duties_table
from onenumber.web.duties.words import duties_page, late_duties
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def who(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Every duty, signature and figure with its person, deputy and due day; what is not filled stands first."""
    at = at_of(request, plan, cycle)
    frame = source().frame(at)
    duties = duties_page(source().duties(at), late_duties(frame.waits))
    return page(request, at, "duties/page.html", {"room": "who", "duties": duties}, frame=frame)


@require_GET
@login_required
def who_file(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """All of it as a CSV, a row for each place."""
    shown = source().duties(at_of(request, plan, cycle))
    response = HttpResponse(csv_bytes(duties_table(shown)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="who-does-what-{shown.cycle}.csv"'
    return response
