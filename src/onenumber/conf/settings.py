"""Django's settings."""

SECRET_KEY = "set by the environment"  # noqa: S105 - replaced when the web room is built
INSTALLED_APPS: list[str] = []
USE_TZ = True
DATABASES: dict[str, dict[str, str]] = {}
