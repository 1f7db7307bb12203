"""The models, the migrations and the database of the run agree."""

import os
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)  # exits when one is missing
    assert said.getvalue() == "No changes detected\n"


@pytest.mark.django_db
def test_every_table_is_there() -> None:
    there = set(connection.introspection.table_names())
    assert {model._meta.db_table for model in apps.get_models()} <= there


@pytest.mark.django_db
def test_the_run_is_on_the_database_that_it_says() -> None:
    wanted = "postgresql" if os.environ.get("ONENUMBER_DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
