"""`onenumber login`: how the first person of a real company gets in, and who is locked out."""

import click
from django.conf import settings
from django.urls import reverse

from onenumber.cli.database import make_ready
from onenumber.cli.show import PLAN
from onenumber.steps.frame.asking import context_for, keeping_logins, somebody
from onenumber.steps.registry import STEPS

HERE = "http://127.0.0.1:8000"
"""Where the server is unless a setting says otherwise (`onenumber run`)."""
AS = "Key of the administrator who does it; whoever sits at the machine needs none."


@click.command()
@click.argument("who", metavar="PERSON")
@PLAN
@click.option("--as", "person", default="", help=AS)
def login(who: str, plan_: str, person: str) -> None:
    """Let somebody in: print a link, good once and for three days, by which PERSON chooses a password.

    A password that PERSON has ends with it, and so do earlier links. Who keeps sign-ins has a page for the same.
    """
    make_ready()
    context = context_for(plan_, person=person)
    outcome = STEPS["login"].run(somebody(context) if person else keeping_logins(context), who=who)
    made = outcome.figures
    link = reverse("choose_password", args=[made["number"], made["token"]])
    click.echo(f"{who} signs in as {made['login']}. Choose a password at this link; it is good once, for three days:")
    click.echo(f"{settings.ONENUMBER_ADDRESS or HERE}{link}")
