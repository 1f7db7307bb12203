"""The guides: the list of roles, and the page of one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.cycle.calendar import MILESTONES
from onenumber.errors import NoPlanError
from onenumber.web.frame.model import Frame
from onenumber.web.frame.nav import PAGES, address_of, pages_for
from onenumber.web.guide.all import GUIDES
from onenumber.web.guide.dues import dues_of
from onenumber.web.guide.links import links_for
from onenumber.web.guide.model import Guide, PictureShown, Step, StepShown
from onenumber.web.guide.pictures import file_of, size_of
from onenumber.web.render import bare_page, page, person_of, plan_of
from onenumber.web.source import source
from onenumber.web.words import roles_words

ROOMS = {page.room: page for page in PAGES}


@require_GET
@login_required
def guides(request: HttpRequest) -> HttpResponse:
    """Every guide, hers first."""
    return _framed(request, "guide/list.html", None)


@require_GET
@login_required
def guide(request: HttpRequest, role: str) -> HttpResponse:
    """The guide of a role. Everybody reads it: it says what is waited for, and no figure of the plan."""
    found = GUIDES.get(role.upper())
    if found is None:
        raise Http404
    return _framed(request, "guide/page.html", found)


def _framed(request: HttpRequest, template: str, found: Guide | None) -> HttpResponse:
    """A page in the frame of her plan; where there is none, as before the first load, the page stands alone."""
    try:
        at = source().home(person_of(request), plan_of(request))
    except NoPlanError:
        return bare_page(request, template, {"base": "frame/bare.html", **_context(None, found)})
    frame = source().frame(at)
    return page(request, at, template, {"base": "frame/base.html", **_context(frame, found)}, frame=frame)


def _context(frame: Frame | None, found: Guide | None) -> dict[str, object]:
    context: dict[str, object] = {"room": "guide", "guides": links_for(frame.roles if frame is not None else ())}
    if found is not None:
        steps = tuple(_step(step, frame) for step in found.steps)
        others = tuple(one for one in links_for(()) if one.role != roles_words([found.role]))
        context |= {"guide": found, "dues": dues_of(found.role), "steps": steps, "others": others}
    return context


def _step(step: Step, frame: Frame | None) -> StepShown:
    there = ROOMS[step.room]
    finds = frame is not None and there in pages_for(frame)
    return StepShown(
        title=str(step.title),
        how=str(step.how),
        page=str(there.says),
        href=address_of(there, plan=frame.plan, cycle=frame.cycle) if frame is not None and finds else "",
        key=there.key,
        day=MILESTONES[step.until].day if step.until else 0,
        pictures=tuple(
            PictureShown(file=file_of(one.name), size=size_of(one.name).shown, shows=str(one.shows))
            for one in step.pictures
        ),
    )
