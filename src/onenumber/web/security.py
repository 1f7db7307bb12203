"""Headers that keep a page from running anything that is not ours."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Responder = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def content_security(respond: Responder) -> Responder:
    """Middleware: no script, style, frame or form target but our own; fragments are not mixed up with pages."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "HX-Target"]))
        return response

    return answer
