"""Errors of the store: versions, layers, plans."""

from onenumber.errors.base import OneNumberError


class StoreError(OneNumberError):
    """The store does not hold it, or must not take it."""

    code = "store"


class NoPlanError(StoreError):
    """A plan that is not there, or one of several that was not named."""

    code = "no_plan"
    template = "{which}. {way_out}"


class NoCycleError(StoreError):
    """A cycle that is not open."""

    code = "no_cycle"
    template = "{plan} has no cycle {cycle}. {way_out}"


class NoSheetError(StoreError):
    """A sheet that was not made yet."""

    code = "no_sheet"
    template = "There is no {kind} in cycle {cycle} yet. Make it first: `onenumber {step}`."


class NoSuchStageError(StoreError):
    """A stage that a kind of sheet does not have in a cycle."""

    code = "no_such_stage"
    template = "The {kind} of cycle {cycle} has no stage {stage!r}. {way_out}"


class NoSuchSheetError(StoreError):
    """A version that the plan does not have."""

    code = "no_such_sheet"
    template = "This plan has no sheet {sheet}. The sheets of a cycle are listed on its page."


class NoMessageError(StoreError):
    """A day of which a person has no message."""

    code = "no_message"
    template = "You have no message of {day}. Your messages are listed on their page."


class NoSuchPlaceError(StoreError):
    """A place of the family page that the plan does not have."""

    code = "no_such_place"
    template = "There is no {place} in this plan. The family page lists what there is."


class NoSuchFigureError(StoreError):
    """A row, a period or a measure that the family page does not have."""

    code = "no_such_figure"
    template = "The family page shows nothing called {asked!r}. Open it and choose a figure in its table."


class NoSuchPartError(StoreError):
    """What the address of a page asks for and the page does not have, or not for who looks."""

    code = "no_such_part"
    template = "This page has nothing called {asked!r}. Open it and choose there."


class NoSuchLoadError(StoreError):
    """A load that the plan does not have."""

    code = "no_such_load"
    template = "This plan has no load {load}. The loads are listed on its page about data."


class NoSuchJobError(StoreError):
    """A job that the plan does not have, or that is another person's."""

    code = "no_such_job"
    template = "There is no job {job} of yours in this plan. The page of the month says what waits."


class NoSuchStepError(StoreError):
    """A step that pages do not do."""

    code = "no_such_step"
    template = "Pages do no step called {step!r}. Nothing was changed. The page of the month says what can be done."


class LostContentError(StoreError):
    """A version whose files are gone."""

    code = "lost_content"
    template = "The files of sheet {content} are not in {folder}. Restore them from a backup, or make the sheet again."


class StaleEditError(StoreError):
    """Somebody moved the same cells since this person last looked."""

    code = "stale_edit"
    template = (
        "{cells} of these cells moved since you looked: {who} changed {where}. Nothing was written. "
        "Apply your figure to the rest, or on the new values."
    )


class NoEditError(StoreError):
    """An edit that is not there."""

    code = "no_edit"
    template = "Layer {layer} has no edit {sequence}; {known}. `onenumber edits` lists what stands."


class OldDatabaseError(StoreError):
    """A database that an older OneNumber made."""

    code = "old_database"
    template = (
        "The database in {home} was made by an older OneNumber. Start this one once, it brings the database up to date "
        "and nothing is lost: `onenumber run`."
    )
