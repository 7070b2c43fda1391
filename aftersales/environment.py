"""Reads settings from the environment and refuses a wrong value with a sentence."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The value of the variable without blanks around it, or the default."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Raises ImproperlyConfigured for anything but 0, 1, true and false."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")


def number(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between `low` and `high`, both included."""
    value = text(name, str(default))
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {low} to {high}, not {value!r}."
        )
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def url(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    """A URL of one of the schemes, without a slash at its end."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises where the port is no number
    except ValueError:
        parts = urlsplit("")
    is_file = parts.scheme in {"sqlite", "filesystem", "memory"}
    if parts.scheme not in schemes or not (parts.netloc or is_file):
        beginnings = " or ".join(f"{scheme}://" for scheme in schemes)
        found = f"not {value!r}" if value else "and it is not set"
        raise ImproperlyConfigured(f"{name} must begin with {beginnings}, {found}.")
    return value.rstrip("/") if not is_file else value
