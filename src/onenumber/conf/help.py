"""Django's settings where only help is asked for: what importing the steps needs, and nothing of the environment."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_tasks",
    "django_tasks_db",
    "onenumber.store",
]
AUTH_USER_MODEL = "store.Account"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
USE_TZ = True
