"""The store as a Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables, migrations, repositories and the version store."""

    name = "onenumber.store"
    label = "store"
