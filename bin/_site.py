"""What bin/run has to know before it starts anything. Refuses with one sentence.

`settings`: checks the environment, the port, the database and the broker, and prints what the
shell needs as assignments. `is_empty`: exit 0 where nobody has a login yet. `wait`: until the
site answers.
"""

import contextlib
import json
import os
import shlex
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftersales.settings")
OUR_START_TAKES = 60  # seconds, on a slow machine


def settings_for_the_shell() -> None:
    from django.core.exceptions import ImproperlyConfigured

    host = os.environ.get("HOST", "").strip() or "127.0.0.1"
    port = os.environ.get("PORT", "").strip() or "8000"
    if host in {"0.0.0.0", "::"} and not os.environ.get("PUBLIC_BASE_URL"):
        # QR codes must lead phones here, which 127.0.0.1 would not.
        os.environ["PUBLIC_BASE_URL"] = f"http://{_address_on_the_lan()}:{port}"
    try:
        from aftersales import settings
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    _refuse_a_busy_port(host, settings.PORT)
    _refuse_a_dead_database()
    _refuse_a_dead_broker(settings.CELERY_BROKER_URL)
    facts = {
        "HOST": host,
        "PORT": settings.PORT,
        "PUBLIC_BASE_URL": settings.PUBLIC_BASE_URL,
        "SITE_DEBUG": int(settings.DEBUG),
        "SITE_VAR": settings.VAR_DIR,
        "SITE_BROKER": settings.CELERY_BROKER_URL.partition(":")[0],
    }
    for name, value in facts.items():
        sys.stdout.write(f"{name}={shlex.quote(str(value))}\n")


def _address_on_the_lan() -> str:
    """The address of the interface that leads out; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]
    return "127.0.0.1"


def _refuse_a_busy_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except OSError:
        sys.exit(f"HOST must be an address of this machine such as 127.0.0.1, not {host!r}.")
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except PermissionError:
            sys.exit(f"Port {port} is for root alone. Choose one from 1024: PORT=8000 bin/run")
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            sys.exit(
                f"{host}:{port} cannot be used ({error.strerror}). "
                f"Stop the program that has it, or choose another: PORT={other} bin/run"
            )


def _refuse_a_dead_database() -> None:
    import django
    from django.db import DatabaseError, connection

    django.setup()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        sys.exit(f"DATABASE_URL: the database does not answer: {' '.join(str(error).split())}")


def _refuse_a_dead_broker(url: str) -> None:
    if not url.startswith("redis"):
        return
    import redis

    try:
        redis.Redis.from_url(url, socket_connect_timeout=3).ping()
    except (redis.RedisError, ValueError) as error:
        sys.exit(f"CELERY_BROKER_URL: no Redis answers: {error}")


def is_empty() -> None:
    import django

    django.setup()
    from django.contrib.auth import get_user_model

    sys.exit(0 if not get_user_model().objects.exists() else 1)


def wait_for_health() -> None:
    """Wait until the site answers; exit 1 where it does not."""
    from django.conf import settings

    name = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"), "127.0.0.1")
    host = os.environ["HOST"]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    request = urllib.request.Request(
        f"http://{host}:{os.environ['PORT']}/health/",
        headers={"Host": name, "X-Forwarded-Proto": "https"},
    )
    until = time.monotonic() + OUR_START_TAKES
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                json.load(answer)
                return
        except (OSError, ValueError):
            time.sleep(0.2)
    sys.exit(f"The site did not answer within {OUR_START_TAKES} seconds.")


if __name__ == "__main__":
    {"settings": settings_for_the_shell, "is_empty": is_empty, "wait": wait_for_health}[
        sys.argv[1]
    ]()
