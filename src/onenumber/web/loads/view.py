"""Data in: the loads of a plan, a new one, its progress, its findings."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onenumber.model.contract import TABLES
from onenumber.model.finding import Finding
from onenumber.model.sentences import say_remedy, say_what
from onenumber.web.frame.model import At
from onenumber.web.loads.contract import file_lines, frozen_sentence, missing_sentence
from onenumber.web.loads.model import FindingsAsked, LoadDetail, Upload
from onenumber.web.loads.words import STATES, effect, lead, outcome
from onenumber.web.render import at_of, page, wants_only
from onenumber.web.source import source

LINES = 10_000
"""Findings that are read at a time for the list of all of them."""
BYTE_ORDER_MARK = "\ufeff"
"""By which a spreadsheet knows that a CSV is UTF-8."""


@require_http_methods(["GET", "POST"])
@login_required
def loads(request: HttpRequest, plan: str) -> HttpResponse:
    """The last loads, and a form for the next one."""
    at = at_of(request, plan)
    if request.method == "POST":
        return _start(request, at)
    return _list(request, at, problem="")


def _start(request: HttpRequest, at: At) -> HttpResponse:
    files = request.FILES.getlist("files")
    if not files:
        return _list(
            request, at, problem=gettext("Choose at least one file: CSV, XLSX or Parquet. Nothing was loaded.")
        )
    names = Counter(_name(file) for file in files)
    twice = ", ".join(name for name, count in names.items() if count > 1)
    if twice:
        said = gettext("Several of the files are called %(names)s. Rename them, or load one after the other.")
        return _list(request, at, problem=said % {"names": twice})
    load_id = source().start_load(at, files, dry_run="dry_run" in request.POST)
    address = reverse("load", args=[at.plan, load_id])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _name(file: Upload) -> str:
    return Path(str(file.name)).name


def _list(request: HttpRequest, at: At, *, problem: str) -> HttpResponse:
    if wants_only(request, "load-form"):
        return render(request, "loads/form.html", {"problem": problem, "plan": at.plan}, status=422)
    found, frame = source().loads(at), source().frame(at)
    lines = [{"line": line, "state": STATES[line.state]} for line in found]
    files = file_lines(found)
    context: dict[str, object] = {
        "room": "loads", "lead": lead(found), "lines": lines, "problem": problem, "files": files,
        "missing": missing_sentence(files), "frozen": frozen_sentence(frame),
    }  # fmt: skip
    return page(request, at, "loads/list.html", context, frame=frame)


@require_GET
@login_required
def empty_file(request: HttpRequest, plan: str, table: str) -> HttpResponse:
    """A table of the contract as a CSV of its heads, to be filled."""
    at = at_of(request, plan)
    if table not in TABLES:
        raise Http404
    response = HttpResponse(source().empty_file(at, table), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return response


@require_GET
@login_required
def load(request: HttpRequest, plan: str, load_id: str) -> HttpResponse:
    """One load: what became of it, and a page of its findings."""
    at = at_of(request, plan)
    asked = FindingsAsked(code=request.GET.get("code", ""), page=_page_number(request))
    return page(
        request, at, "loads/one.html", {"room": "loads", **_detail_context(source().load(at, load_id, asked), asked)}
    )


@require_GET
@login_required
def progress(request: HttpRequest, plan: str, load_id: str) -> HttpResponse:
    """How far a load is, as a fragment; once it has ended, the page is asked to come again."""
    at = at_of(request, plan)
    detail = source().load(at, load_id, FindingsAsked(lines=0))
    response = render(request, "loads/progress.html", {"plan": plan, **_detail_context(detail, FindingsAsked())})
    if not detail.line.state.under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@login_required
def cancel(request: HttpRequest, plan: str, load_id: str) -> HttpResponse:
    """Wish that a load stops."""
    source().cancel_load(at_of(request, plan), load_id)
    return redirect("load", plan=plan, load_id=load_id)


@require_GET
@login_required
def findings(request: HttpRequest, plan: str, load_id: str) -> HttpResponse:
    """All findings of a load as a CSV, to send to who can mend them."""
    at = at_of(request, plan)
    first = source().load(at, load_id, FindingsAsked(lines=LINES))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="findings-{first.line.id}.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    writer.writerow(["severity", "file", "row", "column", "value", "what", "remedy"])
    for finding in _every_finding(at, load_id, first):
        place, value = finding.place, finding.values.get("value")
        texts = [place.column, "" if value is None else str(value), say_what(finding), say_remedy(finding)]
        writer.writerow([finding.severity.value, _plain(place.file), place.row or "", *map(_plain, texts)])
    return response


def _every_finding(at: At, load_id: str, first: LoadDetail) -> Iterator[Finding]:
    """All findings of a load, page by page: half a million at once would fill the memory of the web process."""
    yield from first.findings
    for number in range(2, 2 + (first.findings_total - 1) // LINES):
        yield from source().load(at, load_id, FindingsAsked(page=number, lines=LINES)).findings


def _plain(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _detail_context(detail: LoadDetail, asked: FindingsAsked) -> dict[str, object]:
    last = max(1, -(-detail.findings_total // max(asked.lines, 1)))
    return {
        "detail": detail,
        "line": detail.line,
        "state": STATES[detail.line.state],
        "outcome": outcome(detail.line),
        "groups": [{"group": group, "effect": effect(group.example, detail.line.state)} for group in detail.groups],
        "asked": asked,
        "pages": {"last": last, "next": asked.page + 1 if asked.page < last else 0, "previous": asked.page - 1},
    }


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdecimal() else 1
