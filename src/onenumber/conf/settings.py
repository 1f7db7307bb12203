"""Django's settings, made from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url

from onenumber.conf.environment import current

_env = current()
_WEB = Path(__file__).resolve().parent.parent / "web"

ONENUMBER_HOME = _env.home
ONENUMBER_DEMO = _env.demo
SECRET_KEY = _env.secret_key
DEBUG = False
ALLOWED_HOSTS = list(_env.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(_env.trusted_origins)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "onenumber.store",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "onenumber.web.security.content_security",
    "onenumber.web.refusals.Refusals",
]
AUTH_USER_MODEL = "store.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # how long a link to choose a password is good, in seconds
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]


def _database() -> dict[str, Any]:
    found: dict[str, Any] = dict(dj_database_url.parse(_env.database_url, conn_max_age=600))
    if found["ENGINE"].endswith("sqlite3"):
        # A writer takes the lock at once and waits its turn; readers never wait (ADR: SQLite or PostgreSQL).
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _env.https
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_THOUSAND_SEPARATOR = False

ROOT_URLCONF = "onenumber.web.urls"
WSGI_APPLICATION = "onenumber.web.app.application"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_WEB],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["onenumber.web.templatetags.onenumber"],
        },
    }
]
_smtp = urlsplit(_env.smtp)
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or (465 if _smtp.scheme == "smtps" else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _smtp.scheme == "smtp+tls", _smtp.scheme == "smtps", 20
DEFAULT_FROM_EMAIL = _env.mail_from
ONENUMBER_ADDRESS = _env.address
ONENUMBER_DIGEST = "onenumber.web.messages.mail.digest_all"
CSRF_FAILURE_VIEW = "onenumber.web.refusals.stale_form"
ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
WHITENOISE_USE_FINDERS = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [_WEB / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # the worker greets with INFO and says goodbye with a WARNING: neither is news
    "filters": {
        "no goodbye": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: "shutting down gracefully" not in str(record.msg),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING", "filters": ["no goodbye"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
