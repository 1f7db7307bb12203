"""The part of an address that says which of a page's things is opened."""

from collections.abc import Collection

from django.http import HttpRequest

from onenumber.errors import NoSuchPartError


def asked_of(request: HttpRequest, name: str, known: Collection[str], default: str = "") -> str:
    """What the address asks for by a name, one of what the page has; the default where it does not ask.

    Raises:
        NoSuchPartError: if the page has no such thing, or not for who looks.

    Example:
        >>> request = HttpRequest()
        >>> asked_of(request, "all", {"vendors"})
        ''
        >>> request.GET = request.GET.copy()
        >>> request.GET["all"] = "zz"
        >>> asked_of(request, "all", {"vendors"})
        Traceback (most recent call last):
        onenumber.errors.store.NoSuchPartError: This page has nothing called 'zz'. Open it and choose there.
    """
    asked = request.GET.get(name, "")
    if asked and asked not in known:
        raise NoSuchPartError(asked=asked)
    return asked or default
