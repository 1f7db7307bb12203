"""The demand side as it stands: patches of the cycle."""

import numpy as np

from onenumber.errors.store import NoSheetError
from onenumber.model.cube import Cube
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.layers import carried_by_patch
from onenumber.store.plans import find_cycle


def patches_of(context: Context, label: str = "") -> tuple[str, ...]:
    """The patches with streams in the cycle's baseline that the person may see, sorted."""
    forecast = context.sheet(SheetKind.FORECAST, find_cycle(context.plan, label))
    if forecast is None:
        return ()
    axis = forecast.cube("L1").axis
    seen = mask(context.actor, Figure.VOLUME, axis=axis)
    return tuple(sorted(set(axis.attributes["patch"][seen].tolist())))


def carried_patches(context: Context, label: str = "") -> tuple[str, ...]:
    """Of these patches those in which figures of an earlier cycle wait to be confirmed or typed over."""
    carried = carried_by_patch(context, find_cycle(context.plan, label))
    return tuple(patch for patch in patches_of(context, label) if patch in carried)


def baseline_of(context: Context, label: str = "") -> Cube:
    """The baseline of the cycle, cut to the streams that the person may see.

    Raises:
        NoSheetError: if the forecast was not made.
    """
    cycle = find_cycle(context.plan, label)
    forecast = context.sheet(SheetKind.FORECAST, cycle)
    if forecast is None:
        raise NoSheetError(kind="forecast", cycle=cycle.label, step="forecast")
    baseline = forecast.cube("L1")
    return baseline.take(np.flatnonzero(mask(context.actor, Figure.VOLUME, axis=baseline.axis)))
