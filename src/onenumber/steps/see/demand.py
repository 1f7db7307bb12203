"""The demand side as it stands: patches of the cycle."""

from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.store.plans import find_cycle


def patches_of(context: Context, label: str = "") -> tuple[str, ...]:
    """The patches with streams in the cycle's baseline that the person may see, sorted."""
    forecast = context.sheet(SheetKind.FORECAST, find_cycle(context.plan, label))
    if forecast is None:
        return ()
    axis = forecast.cube("L1").axis
    seen = mask(context.actor, Figure.VOLUME, axis=axis)
    return tuple(sorted(set(axis.attributes["patch"][seen].tolist())))
