"""Forms that several pages offer."""

from onenumber.web.act.model import Ask, Way


def done_way(action: int) -> Way:
    """The form that closes an action.

    Example:
        >>> done_way(7).given, [ask.name for ask in done_way(7).asked]
        ({'action': '7'}, ['note'])
    """
    return Way(step="done", given={"action": str(action)}, asked=(Ask(name="note", kind="text", needed=True),))
