"""What the environment says, read once: every setting with its default, and what refuses to start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

YES = ("1", "true", "yes", "on")
SMTP = ("smtp", "smtp+tls", "smtps")
DATABASES = ("sqlite", "postgres", "postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Every setting of an installation; ``docs/settings.md`` says what each is for."""

    home: Path
    database_url: str
    secret_key: str
    demo: bool
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    https: bool
    smtp: str
    mail_from: str
    address: str


def read_environment(env: Mapping[str, str]) -> Environment:
    """The settings in ``env``.

    In demo mode a missing secret key is made once and kept in the home folder; in production it must be given.

    Raises:
        SystemExit: if production has no secret key; the sentence says how to make one.

    Example:
        >>> found = read_environment({"ONENUMBER_HOME": "data", "ONENUMBER_SECRET_KEY": "k"})
        >>> found.database_url, found.demo, found.allowed_hosts
        ('sqlite:///data/onenumber.sqlite3', False, ('localhost', '127.0.0.1', '[::1]'))
        >>> read_environment({})
        Traceback (most recent call last):
        ...
        SystemExit: ONENUMBER_SECRET_KEY is not set. Set it to a long random text that you keep, for example the \
output of `python -c "import secrets; print(secrets.token_urlsafe(50))"`, or set ONENUMBER_DEMO=1 to try the software.
    """
    home = Path(env.get("ONENUMBER_HOME") or _default_home(env))
    demo = env.get("ONENUMBER_DEMO", "").lower() in YES
    return Environment(
        home=home,
        database_url=_known_database(env.get("ONENUMBER_DATABASE_URL") or f"sqlite:///{home / 'onenumber.sqlite3'}"),
        secret_key=env.get("ONENUMBER_SECRET_KEY") or _kept_key(home, demo=demo),
        demo=demo,
        allowed_hosts=_words(env.get("ONENUMBER_ALLOWED_HOSTS")) or ("localhost", "127.0.0.1", "[::1]"),
        trusted_origins=_words(env.get("ONENUMBER_TRUSTED_ORIGINS")),
        https=env.get("ONENUMBER_HTTPS", "").lower() in YES,
        smtp=_known_smtp(env.get("ONENUMBER_SMTP", "")),
        mail_from=env.get("ONENUMBER_MAIL_FROM") or "onenumber@localhost",
        address=env.get("ONENUMBER_ADDRESS", "").rstrip("/"),
    )


def current() -> Environment:
    """The settings of this process."""
    return read_environment(os.environ)


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The data folder {home} cannot be made ({error.strerror}). Set ONENUMBER_HOME to one you may write."
        raise SystemExit(message) from error


def _default_home(env: Mapping[str, str]) -> str:
    return str(Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "onenumber")


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())


def _known_database(url: str) -> str:
    scheme, there, _ = url.partition("://")
    if not there or scheme not in DATABASES:
        begins = repr(f"{scheme}://") if there else "no scheme"  # the rest may hold a password
        message = (
            f"ONENUMBER_DATABASE_URL begins with {begins}. Write sqlite:///FILE or "
            "postgresql://USER:PASSWORD@HOST/NAME, or leave it out for a file in the data folder."
        )
        raise SystemExit(message)
    return url


def _known_smtp(url: str) -> str:
    scheme, there, _ = url.partition("://")
    if url and (not there or scheme not in SMTP):
        message = (
            "ONENUMBER_SMTP is no address of a mail server. Write smtp://HOST, smtp+tls://USER:PASSWORD@HOST:587 or "
            "smtps://USER:PASSWORD@HOST, or leave it out: messages then stay on their page."
        )
        raise SystemExit(message)
    return url


def _kept_key(home: Path, *, demo: bool) -> str:
    if not demo:
        message = (
            "ONENUMBER_SECRET_KEY is not set. Set it to a long random text that you keep, for example the output of "
            '`python -c "import secrets; print(secrets.token_urlsafe(50))"`, or set ONENUMBER_DEMO=1 to try the '
            "software."
        )
        raise SystemExit(message)
    kept = home / "demo-secret-key"
    if not kept.exists():
        _make(home)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()
