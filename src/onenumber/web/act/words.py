"""What the buttons and results of steps say."""

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.signatures import RULES
from onenumber.web.act.model import Done, JobShown, Way
from onenumber.web.numbers import period_words

Words = Mapping[str, str | Promise]

VERBS: Words = {
    "open": _("Open the next month"), "freeze": _("Freeze the data"), "forecast": _("Make the baseline"),
    "rebase": _("Replay what was typed"),
    "submit": _("Hand in"), "accept": _("Accept"), "return": _("Return"), "triage": _("Decide on it"),
    "collect": _("Close the sales input"), "agree": _("Make the consensus"), "plan": _("Make the supply plan"),
    "escalate": _("Escalate"), "review": _("Make the review"), "prepare": _("Prepare the papers"),
    "decide": _("Decide"), "replan": _("Plan as decided"), "publish": _("Publish"), "measure": _("Measure last month"),
    "sign": _("Sign"), "go-on": _("Let the month go on"), "advance": _("End the phase"), "waive": _("Let it pass"),
}  # fmt: skip
HOW: Words = {"decided": _("Decide"), "deferred": _("Later"), "refused": _("No")}
"""What a decision is called on its button."""
MEANS: Mapping[str, str] = {rule.verb: rule.meaning for rule in RULES}
ASKS_ONCE: Words = {
    "sign": _(
        "Your name will stand under the sheet as it is now. A signature is not taken back; it is struck through when "
        "the phase re-opens."
    ),
    "advance": _("Nothing of this phase is changed after it, unless you re-open it, which strikes later signatures."),
    "collect": _("A patch that handed in nothing is defaulted by rule R1; its late figure needs the patch returned."),
    "publish": _("A published plan never changes. It is what next month is held against."),
}  # fmt: skip
"""What is said before a step that is not easily taken back."""
LABELS: Words = {
    "note": _("In a sentence"), "reason": _("Why"), "rationale": _("Why"), "option": _("Option"),
    "owner": _("Goes back to"), "until": _("Until"), "decision": _("In the plan, or out of it"),
    "period": _("Which month, as 2026-05; without one it is today's"),
    "likely": _("By how many percent of the baseline"), "probability": _("How probable, 0 to 1"),
}  # fmt: skip
CHOICES: Words = {"in": _("in the plan"), "out": _("out of it, a risk or an opportunity")}
DONE: Words = {
    "open": _("%(cycle)s is opened."),
    "submit": _("%(patch)s is handed in."), "accept": _("%(patch)s is accepted."),
    "return": _("%(patch)s is returned."), "triage": _("News %(news)s is decided."),
    "collect": _("The sales input is closed."), "agree": _("The consensus is made."),
    "escalate": _("%(subject)s is escalated."), "waive": _("It is let pass, with your name and reason."),
    "sign": _("Signed, with your name."), "decide": _("%(paper)s is decided: %(option)s."),
    "advance": _("The phase is ended."), "freeze": _("The data are frozen."), "forecast": _("The baseline is made."),
    "rebase": _("What was typed is replayed."), "plan": _("The supply plan is made."),
    "review": _("The review is made."), "prepare": _("The papers are prepared."),
    "replan": _("The plan is made as decided."), "publish": _("The plan is published."),
    "measure": _("Last month is measured."), "go-on": _("The clock has gone on."),
}  # fmt: skip
ENDED_EARLY = ("stopped", "cancelled")
STATES: Words = {
    "waiting": _("It waits for its turn."), "running": _("It is under way."),
    "stopped": _("It stopped. Nothing of it was kept."), "cancelled": _("It was cancelled. Nothing of it was kept."),
}  # fmt: skip


def verb_of(way: Way) -> str:
    """What the button of a way says.

    Example:
        >>> [verb_of(Way(step=step, given=given)) for step, given in
        ...  (("decide", {"how": "refused"}), ("sign", {"verb": "sign_demand"}))]
        ['No', 'Sign: demand agreed']
    """
    if way.step == "sign":
        return gettext("Sign: %(meaning)s") % {"meaning": MEANS[way.given["verb"]]}
    if way.step == "open" and way.asked:  # of a plan without one
        return gettext("Open the first month")
    return str(HOW[way.given["how"]]) if "how" in way.given else str(VERBS[way.step])


def done_words(done: Done, texts: Mapping[str, str]) -> str:
    """What became of a step, in a sentence; ``texts`` is what the form said.

    Example:
        >>> done_words(Done(step="submit", figures={}), {"patch": "Nord"})
        'Nord is handed in.'
    """
    said: Mapping[str, object] = {"option": "", "news": "", **texts, **done.figures}
    return str(DONE[done.step]) % said if done.step in DONE else gettext("Done.")


def went_on_words(figures: Mapping[str, object]) -> str:
    """Where the clock stands, what was played, and what it stopped for.

    Example:
        >>> went_on_words({"today": "2026-06-05", "played": 30, "stopped": "Nord is open"})
        'It is Friday 5 June. 30 steps were played. It stops here, this waits for you: Nord is open.'
    """
    day, played = dt.date.fromisoformat(str(figures["today"])), int(str(figures["played"]))
    said = [
        gettext("It is %(day)s.") % {"day": date_format(day, "l j F")},
        ngettext("%(n)d step was played.", "%(n)d steps were played.", played) % {"n": played},
    ]
    if figures["stopped"]:
        said.append(gettext("It stops here, this waits for you: %(what)s.") % {"what": figures["stopped"]})
    return " ".join(said)


def job_words(job: JobShown) -> str:
    """Where a job stands, in a sentence.

    Example:
        >>> import datetime as dt
        >>> at = dt.datetime(2026, 5, 5, tzinfo=dt.UTC)
        >>> job_words(JobShown(id=1, step="plan", by="Sven", state="done", done=1, total=1, message="", made_at=at,
        ...                    figures={}, findings=()))
        'The supply plan is made.'
    """
    if job.step == "go-on" and job.state == "done":
        return went_on_words(job.figures)
    if job.step == "go-on" and job.state == "running" and job.message:
        return job.message
    if job.step == "go-on" and job.state in ENDED_EARLY:
        return gettext("It was stopped. What was played until then stands; let the month go on again.")
    if job.state == "done":
        return str(DONE[job.step]) % {"cycle": period_words(str(job.figures.get("cycle", "")))}
    if job.state == "failed":
        return job.message
    return str(STATES[job.state])
