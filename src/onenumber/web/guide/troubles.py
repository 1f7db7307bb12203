"""What goes wrong for everybody alike."""

from django.utils.translation import gettext_lazy as _

from onenumber.web.guide.model import Trouble

AWAY = Trouble(
    what=_("I am away."),
    then=_(
        "Tell the process owner from which day to which, and who stands in. What waits for you then waits in her My "
        "month too, and both names stand under what she does."
    ),
)
"""Of who signs nothing."""
SIGNER_AWAY = Trouble(
    what=_("I am away when it is to be signed."),
    then=_(
        "Tell the process owner who stands in: her signature shows both names. Without a deputy your superior signs "
        "one working day after the last day. Nothing is ever signed by itself."
    ),
)
"""Of who signs."""
