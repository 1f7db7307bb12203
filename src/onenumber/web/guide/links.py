"""The guides as other pages link to them: hers first."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext

from onenumber.web.guide.all import GUIDES
from onenumber.web.guide.model import GuideLink
from onenumber.web.words import roles_words


def links_for(roles: Sequence[str]) -> tuple[GuideLink, ...]:
    """Every guide, those of the person's roles first and marked."""
    hers = [role for role in roles if role in GUIDES]
    return tuple(_link(role, mine=role in hers) for role in (*hers, *(role for role in GUIDES if role not in hers)))


def mine(roles: Sequence[str]) -> tuple[GuideLink, ...]:
    """The guides of a person's roles."""
    return tuple(link for link in links_for(roles) if link.mine)


def guides_like(text: str) -> tuple[GuideLink, ...]:
    """The guides whose name holds a text."""
    return tuple(link for link in links_for(()) if text.lower() in link.says.lower())


def _link(role: str, *, mine: bool) -> GuideLink:
    named = roles_words([role])
    says = gettext("Guide: %(role)s") % {"role": named}
    return GuideLink(href=reverse("guide", args=[role.lower()]), role=named, says=says, mine=mine)
