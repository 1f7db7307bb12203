"""How a step says what it is: the command line, the jobs and the tests are made from it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.writing import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a step. ``kind`` is text, integer, number, flag, date, place or folder."""

    name: str
    doc: str
    kind: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    positional: bool = False


def place_said(text: str) -> dict[str, str]:
    """A place as a form says it: ``attribute=value``, several with semicolons.

    Raises:
        ValueError: if it is not said so.

    Example:
        >>> place_said("family=FA; patch=Nord")
        {'family': 'FA', 'patch': 'Nord'}
    """
    parts = [part.partition("=") for part in text.split(";") if part.strip()]
    if not all(equals and value.strip() for _, equals, value in parts):
        raise ValueError(text)
    return {attribute.strip(): value.strip() for attribute, _, value in parts}


READERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "integer": (int, "it is a whole number"),
    "number": (float, "it is a number, with a point before its decimals"),
    "date": (dt.date.fromisoformat, "it is a day, as 2026-05-31"),
    "flag": (bool, ""),
    "place": (place_said, "say it as attribute=value"),
}
"""How the text of a form becomes a value, by the kind of the argument, and what is said where it does not."""


PART = ":"
"""Between an argument that is a place and one of its attributes, in the name of a field of a form."""


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
    run_batch: Callable[..., Outcome] | None = None  # many at once (argument ``asked``), whole or not at all
    sound: Callable[[Mapping[str, object]], None] | None = None  # refuses what no plan need be looked at for

    def do(self, context: Context, arguments: Mapping[str, object]) -> Outcome:
        """Do it once, or as a batch where ``asked`` names many."""
        run = self.run_batch if self.run_batch is not None and "asked" in arguments else self.run
        return run(context, **arguments)

    def right(self, arguments: Mapping[str, object]) -> str:
        """The right that it asks for when it is done with these arguments."""
        return self.names_verb(arguments) if self.names_verb is not None else self.verb

    def typed(self, texts: Mapping[str, str]) -> dict[str, object]:
        """The arguments that a form's texts say; what was left empty and may be is not given.

        Raises:
            BadArgumentError: for a text that is not of the kind of its argument, or no argument of this step.
        """
        kinds = {argument.name: argument.kind for argument in self.arguments}
        given = {name: text.strip() for name, text in texts.items() if text.strip()}
        plain = {name: text for name, text in given.items() if PART not in name}
        arguments = {name: self._value(name, text, kinds.get(name, "text")) for name, text in plain.items()}
        for argument in (one for one in self.arguments if one.kind == "place"):
            start = f"{argument.name}{PART}"
            place = {name.removeprefix(start): text for name, text in given.items() if name.startswith(start)}
            arguments |= {argument.name: place} if place else {}
        self.check(arguments)
        return arguments

    def _value(self, name: str, text: str, kind: str) -> object:
        if kind not in READERS:
            return text
        read, reason = READERS[kind]
        try:
            return read(text)
        except ValueError:
            raise BadArgumentError(step=self.name, argument=name, value=text, reason=reason) from None

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
                raise BadArgumentError(step=self.name, argument=name, value=value, reason=reason, choices=choices)
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
