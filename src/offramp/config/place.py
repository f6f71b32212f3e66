"""What the environment says about this place: where data lives, which database, which secret. Standard library only."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(Exception):
    """An environment variable says something we can not follow."""


def said(name: str, default: str = "") -> str:
    """What the environment says; set to nothing is the same as not set."""
    return os.environ.get(name, "").strip() or default


def yes(name: str, default: bool = False) -> bool:
    """A switch: 1 and 0 in the usual spellings. A misspelt switch is an error, never a silent no."""
    word = said(name, "yes" if default else "no").lower()
    if word in {"1", "yes", "true", "on"}:
        return True
    if word in {"0", "no", "false", "off"}:
        return False
    raise BadSetting(f"{name} must be yes or no, not {word!r}.")


def number(name: str, default: int) -> int:
    """A whole number."""
    word = said(name, str(default))
    if not word.isdecimal():
        raise BadSetting(f"{name} must be a whole number, not {word!r}.")
    return int(word)


def listed(name: str, default: str = "") -> list[str]:
    """Words between commas."""
    return [word.strip() for word in said(name, default).split(",") if word.strip()]


def home() -> Path:
    """Where data lives. Made on first use, for this user alone."""
    path = Path(said("OFFRAMP_HOME", "var")).resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def database(where: Path) -> dict:
    """The database as Django wants it: SQLite in the home folder, unless DATABASE_URL names another."""
    url = urlsplit(said("DATABASE_URL", f"sqlite:///{where}/offramp.sqlite3"))
    if url.scheme == "sqlite":
        return _embedded(Path(unquote(url.path.removeprefix("/"))))
    if url.scheme in {"postgres", "postgresql"}:
        return _postgres(url)
    raise BadSetting("DATABASE_URL must begin with postgres:// or sqlite:///.")


# Temporary tables stay in memory, and freed pages are wiped: names must not be left lying in files.
# An acknowledged commit is on the disk (synchronous=FULL): a power cut loses no handoff.
_PRAGMAS = "journal_mode=WAL synchronous=FULL secure_delete=ON temp_store=MEMORY cache_size=-32000 mmap_size=268435456"


def _embedded(file: Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # A deed takes its write lock at once: no transaction fails half way because another wrote first.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in _PRAGMAS.split()),
        },
        "CONN_MAX_AGE": 600,  # opening it anew costs each page two milliseconds and its warm cache
        "TEST": {"NAME": file.with_name("test.sqlite3")},
    }


def _postgres(url) -> dict:
    if not url.path.strip("/"):
        raise BadSetting("DATABASE_URL names no database: postgres://user:password@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": url.port or "",
        "OPTIONS": dict(parse_qsl(url.query)),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def secret(where: Path) -> str:
    """The key that signs sessions. Several web machines need the same one: then set OFFRAMP_SECRET_KEY."""
    return said("OFFRAMP_SECRET_KEY") or keep(where / "keys" / "web", lambda: secrets.token_urlsafe(48))


def keep(file: Path, make) -> str:
    """Read a small secret, made on first use with mode 600. Two processes making it at once end with the same one."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(make())
        try:
            os.link(draft, file)  # link, not rename: the first one to arrive wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()


def mail(url: str) -> dict:
    """The mail server's settings, from smtp://user:password@host:587 (STARTTLS) or smtps://…:465 (TLS)."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting("OFFRAMP_MAIL must read smtp://user:password@host:587 or smtps://user:password@host:465.")
    tls = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": tls,
        "EMAIL_USE_TLS": not tls and parts.hostname != "localhost",
        "EMAIL_TIMEOUT": 20,
    }
