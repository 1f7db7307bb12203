"""How a step says what it is: the command line, the jobs and the tests are made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.writing import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a step. ``kind`` is text, integer, number, flag, date or folder."""

    name: str
    doc: str
    kind: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    positional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A verb of the month: its name, the right it asks for (the rights table says who), its phase, and what it does."""

    name: str
    verb: str
    phase: Phase | None  # None: in any
    says: str
    run: Callable[..., Outcome]
    arguments: tuple[Argument, ...] = ()
    names_verb: Callable[[Mapping[str, object]], str] | None = None  # where the right depends on an argument

    def right(self, arguments: Mapping[str, object]) -> str:
        """The right that it asks for when it is done with these arguments."""
        return self.names_verb(arguments) if self.names_verb is not None else self.verb

    def check(self, arguments: Mapping[str, object]) -> None:
        """Refuse arguments that the command would not take.

        Raises:
            BadArgumentError: for one that it does not have, that is missing, or that is none of its choices.
        """
        known = {argument.name: argument for argument in self.arguments}
        for name, value in arguments.items():
            if name not in known:
                reason = f"it has {', '.join(known) or 'no arguments'}"
                raise BadArgumentError(step=self.name, argument=name, value=value, reason=reason)
            choices = known[name].choices
            if choices and value not in choices:
                reason = f"it is one of {', '.join(choices)}"
                raise BadArgumentError(step=self.name, argument=name, value=value, reason=reason)
        for argument in self.arguments:
            if argument.required and argument.name not in arguments:
                raise BadArgumentError(step=self.name, argument=argument.name, value="", reason="it is needed")


def check_words(step: str, argument: str, words: str, *, reason: str) -> None:
    """Refuse an empty sentence where somebody will read it.

    Raises:
        BadArgumentError: if there is nothing in it but blanks.

    Example:
        >>> check_words("return", "note", " ", reason="say why")
        Traceback (most recent call last):
        ...
        onenumber.errors.steps.BadArgumentError: return cannot be asked without note: say why.
    """
    if not words.strip():
        raise BadArgumentError(step=step, argument=argument, value=words, reason=reason)


CYCLE = Argument(name="cycle", doc="Label of the cycle; the newest if not given.", required=False)
"""The argument that nearly every step has."""
