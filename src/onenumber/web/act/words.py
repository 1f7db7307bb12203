"""What the buttons and results of steps say."""

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.signatures import RULES
from onenumber.steps.frame.urgent import URGENT, YES
from onenumber.web.act.going import going_words
from onenumber.web.act.model import Done, JobShown, Way
from onenumber.web.numbers import period_words

Words = Mapping[str, str | Promise]

VERBS: Words = {
    "open": _("Open the next month"),
    "freeze": _("Freeze the data"),
    "forecast": _("Make the baseline"),
    "rebase": _("Replay what was typed"),
    "submit": _("Hand in"),
    "accept": _("Accept"),
    "return": _("Return"),
    "triage": _("Decide on it"),
    "collect": _("Close the sales input"),
    "change": _("Ask for a change"),
    "resolve": _("Answer"),
    "agree": _("Make the consensus"),
    "plan": _("Make the supply plan"),
    "escalate": _("Escalate"),
    "emergency": _("Name an emergency"),
    "take-back": _("Take it back"),
    "review": _("Make the review"),
    "prepare": _("Prepare the papers"),
    "ask": _("Ask"),
    "reply": _("Answer"),
    "decide": _("Decide"),
    "replan": _("Plan as decided"),
    "publish": _("Publish"),
    "measure": _("Measure last month"),
    "sign": _("Sign"),
    "confirm": _("Confirm"),
    "request": _("Ask for it to be corrected"),
    "settle-request": _("Answer"),
    "advance": _("End the phase"),
    "waive": _("Let it pass"),
    "answer": _("Answer"),
    "brief": _("Say it"),
    "amend": _("Accept"),
    "reopen": _("Re-open"),
    "send": _("Send the pack"),
    "weigh": _("Weigh the options"),
    "take-plan": _("Take the plan"),
    "answer-plan": _("Say what cannot be made"),
    "action": _("Write down an action"),
    "done": _("It is done"),
    "judge": _("Judge"),
    "look": _("Looked at"),
    "go-on": _("Let the month go on"),
    "news": _("Say why"),
}
HOW: Words = {
    "decided": _("Decide"),
    "deferred": _("Later"),
    "refused": _("No"),
    "taken": _("Take it"),
    "news": _("News"),
    "none": _("No news, confirmed"),
}
"""What a decision, an answer to a change request, or the word on a key account is called on its button."""
MEANS: Mapping[str, str] = {rule.verb: rule.meaning for rule in RULES}
ASKS_ONCE: Words = {
    "sign": _(
        "Your name will stand under the sheet as it is now. A signature is not taken back; it is struck through when "
        "the phase re-opens."
    ),
    "advance": _("Nothing of this phase is changed after it, unless you re-open it, which strikes later signatures."),
    "collect": _("A patch that handed in nothing is filled by its default; its late figure needs the patch returned."),
    "publish": _("A published plan never changes. It is what next month is held against."),
}  # fmt: skip
"""What is said before a step that is not easily taken back."""
LABELS: Words = {
    "note": _("In a sentence"),
    "reason": _("Why"),
    "rationale": _("Why"),
    "option": _("Option"),
    "owner": _("Goes back to"),
    "until": _("Until"),
    "decision": _("In the plan, or out of it"),
    "family": _("Family"),
    "customer": _("Customer"),
    "mode": _("Meant as"),
    "value": _("How much"),
    "first": _("From"),
    "periods": _("Over how many months"),
    "outcome": _("What became of it"),
    "text": _("In a sentence"),
    "figure": _("A figure, if the answer is one"),
    "to": _("Whom"),
    "due": _("By when"),
    "likely": _("By how many percent of the baseline"),
    "probability": _("How probable, 0 to 1"),
    "code": _("Kind of cause"),
    "action": _("What will be done"),
    "urgent": _("Must the executive know today?"),
    "since": _("From"),
    "phase": _("Back to"),
    "item": _("Item"),
    "month": _("Month"),
    "quantity": _("How much of it can be made"),
    "what": _("What is done, in a sentence"),
    "who": _("Who does it"),
    "period": _("Which month, as 2026-05; without one it is today's"),
    "also": _("Conflict that becomes a paper"),
    "anomaly": _("What does not look like the past"),
    "by_mail": _("By mail"),
    "cause": _("Cause"),
    "change": _("Request for a change"),
    "cycle": _("Month"),
    "day": _("Wanted for"),
    "folder": _("Folder"),
    "high": _("At most"),
    "how": _("Which of them"),
    "in_number": _("Already in your number?"),
    "key": _("Row"),
    "kind": _("Kind"),
    "layer": _("Layer"),
    "least": _("Told from what on"),
    "line": _("Line of the order"),
    "low": _("At least"),
    "meeting": _("Meeting"),
    "mine": _("Mine, too"),
    "news": _("News"),
    "of": _("Month of the news"),
    "order": _("Order"),
    "paper": _("Paper"),
    "patch": _("Patch"),
    "place": _("Place"),
    "question": _("Question"),
    "request": _("Request"),
    "rest": _("Apply to the rest"),
    "scope": _("Of which part"),
    "seen": _("What you saw"),
    "sequence": _("Edit"),
    "site": _("Site"),
    "stream": _("For whom"),
    "subject": _("What waits"),
    "table": _("Table"),
    "verb": _("Signature"),
    "dry_run": _("Only check it"),
}
"""What every field of a form is called, also in a refusal that names it."""
LABELS_OF: Mapping[tuple[str, str], str | Promise] = {
    ("emergency", "quantity"): _("How much more"),
    ("emergency", "reason"): _("Why it cannot wait"),
}
"""What a field of one step's form is called, where it is not called as elsewhere."""
CHOICES: Words = {
    "set": _("a figure a month"),
    "add": _("more or less a month"),
    "percent": _("percent"),
    "corrected": _("corrected"),
    "declined": _("not corrected"),
    "in": _("in the plan"),
    "out": _("out of it, a risk or an opportunity"),
    "yes": _("yes"),
    "no": _("no"),
}
DONE: Words = {
    "open": _("%(cycle)s is opened."),
    "confirm": _("%(confirmed)s order lines are confirmed."),
    "request": _("The supply planner is asked; you hear what becomes of it."),
    "settle-request": _("It is answered, and goes back to who asked."),
    "news": _("News %(news)s is shared; you hear what becomes of it."),
    "submit": _("%(patch)s is handed in."),
    "accept": _("%(patch)s is accepted."),
    "return": _("%(patch)s is returned."),
    "triage": _("News %(news)s is decided."),
    "collect": _("The sales input is closed."),
    "change": _("The request for %(place)s is with your sales leader."),
    "resolve": _("Answered."),
    "agree": _("The consensus is made."),
    "escalate": _("It is escalated to the pre-S&OP, with your name and reason."),
    "waive": _("It is let pass, with your name and reason."),
    "sign": _("Signed, with your name."),
    "decide": _("%(paper)s is decided: %(option)s."),
    "advance": _("The phase is ended."),
    "freeze": _("The data are frozen."),
    "forecast": _("The baseline is made."),
    "rebase": _("What was typed is replayed."),
    "plan": _("The supply plan is made."),
    "emergency": _("It is named. Its paper stands on the page Decisions, or goes to the meeting that is near."),
    "take-back": _("%(paper)s is taken back; who was told of it hears why."),
    "review": _("The review is made."),
    "prepare": _("The papers are prepared."),
    "replan": _("The plan is made as decided."),
    "publish": _("The plan is published."),
    "messages": _("Kept: from the next message on."),
    "measure": _("Last month is measured."),
    "ask": _("%(to)s is asked; the answer comes in My month."),
    "reply": _("Your answer is sent to who asked."),
    "answer": _("Your answer stands; the executive reads it."),
    "brief": _("It stands with your name."),
    "amend": _("%(key)s is changed to %(after)s, from %(since)s."),
    "reopen": _("%(phase)s is open again; whoever signed since is told."),
    "send": _("The pack is sent."),
    "weigh": _("The options are weighed; nothing was decided."),
    "take-plan": _("The plan is taken for %(site)s."),
    "answer-plan": _("It is said: %(item)s in %(month)s."),
    "action": _("It is written down, and waits for its owner."),
    "done": _("It is done."),
    "judge": _("Your verdict stands; the next forecast is made from it."),
    "look": _("Marked as looked at."),
    "go-on": _("The clock has gone on."),
}
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
    how = way.given.get("how") or (way.given.get("decision") if way.step == "resolve" else None)
    return _verb_given(way) or str(HOW[how] if how else VERBS[way.step])


def _verb_given(way: Way) -> str:
    """What the button says where what is given settles more than the step; empty where it does not."""
    given = way.given
    match way.step:
        case "prepare" if "also" in given:
            said = gettext("Make it a paper")
        case "decide" if given.get("option") == "accept":
            said = gettext("Accept the deviation")
        case "decide" if given.get("paper", "").startswith(URGENT):
            said = gettext("Yes: amend the plan") if given["option"] == YES else gettext("No: leave the plan")
        case "sign":
            said = gettext("Sign: %(meaning)s") % {"meaning": MEANS[given["verb"]]}
        case "amend":
            accept = gettext("Accept %(value)s")
            said = accept % {"value": f"{float(given['value']):g}"} if "value" in given else gettext("Set tolerance")
        case "open" if way.asked:  # of a plan without one
            said = gettext("Open the first month")
        case _:
            said = ""
    return said


def label_of(step: str, argument: str) -> str:
    """What a field of a step's form is called; empty where no form has one.

    Example:
        >>> label_of("emergency", "quantity"), label_of("answer-plan", "quantity"), label_of("plan", "colour")
        ('How much more', 'How much of it can be made', '')
    """
    return str(LABELS_OF.get((step, argument)) or LABELS.get(argument, ""))


def once_words(way: Way) -> str:
    """What is said before a step that is not easily taken back; empty for any other.

    Example:
        >>> import datetime as dt
        >>> from onenumber.steps.see.team import Unready
        >>> left = Unready(patches=6, cut_off=dt.date(2026, 6, 5), early=True)
        >>> once_words(Way(step="collect", given={}, unready=left)).partition(". ")[0]
        'The cut-off is Friday 5 June: 6 patches are not handed in yet'
    """
    said, left = str(ASKS_ONCE.get(way.step, "")), way.unready
    if way.given.get("verb") == "sign_supply":
        said = gettext("A plant that has not answered counts as having taken the plan. %(said)s") % {"said": said}
    if left is None or not left.patches:
        return said
    early = ngettext(
        "The cut-off is %(day)s: %(n)d patch is not handed in yet.",
        "The cut-off is %(day)s: %(n)d patches are not handed in yet.",
        left.patches,
    )
    over = ngettext(
        "The cut-off was %(day)s: %(n)d patch is not handed in.",
        "The cut-off was %(day)s: %(n)d patches are not handed in.",
        left.patches,
    )
    values = {"n": left.patches, "day": date_format(left.cut_off, "l j F")}
    return f"{(early if left.early else over) % values} {said}"


def done_words(done: Done, texts: Mapping[str, str]) -> str:
    """What became of a step, in a sentence; ``texts`` is what the form said.

    Example:
        >>> done_words(Done(step="submit", figures={}), {"patch": "Nord"})
        'Nord is handed in.'
    """
    said: Mapping[str, object] = {"option": "", "news": "", **texts, **done.figures}
    if done.step == "amend":
        said = {**said, "since": date_format(dt.date.fromisoformat(str(said["since"])), "j F Y")}
    if "month" in said:
        said = {**said, "month": period_words(str(said["month"]))}
    if "waits_for" in said:
        return gettext("Your word stands: %(option)s. %(paper)s waits for %(waits_for)s.") % said
    return str(DONE[done.step]) % said if done.step in DONE else gettext("Done.")


def job_words(job: JobShown) -> str:
    """Where a job stands, in a sentence.

    Example:
        >>> import datetime as dt
        >>> at = dt.datetime(2026, 5, 5, tzinfo=dt.UTC)
        >>> job_words(JobShown(id=1, step="plan", by="Sven", state="done", done=1, total=1, message="", made_at=at,
        ...                    figures={}, findings=()))
        'The supply plan is made.'
    """
    if job.step == "go-on" and (said := going_words(job)):
        return said
    if job.state == "done":
        return str(DONE[job.step]) % {"cycle": period_words(str(job.figures.get("cycle", "")))}
    if job.state == "failed":
        return job.message
    return str(STATES[job.state])
