"""Transitions by POST with eight people at once, who look at each page for half a second."""

import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from aftersales.accounts.models import RoleAssignment, User
from bench.clock import HEADER
from delivery.models import ShippingNote, ShippingNoteLine

PEOPLE, WARM_UPS, EACH = 8, 3, 25
PAUSE = 0.3, 0.7  # seconds that a person looks at a page, at random
BACKEND = "aftersales.accounts.backends.RoleBackend"


def measure() -> dict:
    """Eight leaders release notes of their own, one after the other, all at once.

    The first ones of each are not counted: a process that has just started compiles its pages.
    """
    leaders = [_leader(number) for number in range(PEOPLE)]
    notes = _submitted_notes(PEOPLE * (WARM_UPS + EACH))
    port = _free_port()
    server = _serve(port)
    try:
        with ThreadPoolExecutor(PEOPLE) as people:
            shares = [notes[number::PEOPLE] for number in range(PEOPLE)]
            done = list(people.map(_release, [port] * PEOPLE, leaders, shares))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    times = sorted(taken for share in done for taken in share[WARM_UPS:])
    released = ShippingNote.objects.filter(pk__in=[note.pk for note in notes], state="released")
    return {
        "posts": len(times),
        "released": released.count(),
        "p50": statistics.median(times),
        "p95": times[int(len(times) * 0.95) - 1],
    }


def _leader(number: int) -> str:
    """A leader in charge with an open session; gives the session's key."""
    user = User.objects.create_user(
        f"bench-leader-{number}", employee_no=f"BENCH{number}", name=f"分管領導 {number}"
    )
    RoleAssignment.objects.create(user=user, role="leader")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def _submitted_notes(count: int) -> list[ShippingNote]:
    model = ShippingNote.objects.filter(state="submitted").first()
    lines = list(model.lines.all())
    now = timezone.now()
    notes = []
    for number in range(count):
        note = ShippingNote.objects.get(pk=model.pk)
        note.pk, note.number, note.external_no = None, f"FH-209912-{number:04d}", ""
        note.scheduled_at = note.acknowledged_at = note.submitted_at = now - timedelta(hours=1)
        note.scheduled_by = note.acknowledged_by = note.issuer
        note.save(force_insert=True)
        for line in lines:
            line.pk, line.note = None, note
        ShippingNoteLine.objects.bulk_create(lines)
        notes.append(note)
    return notes


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _serve(port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "gunicorn", "aftersales.wsgi", "--workers", "2"]
    server = subprocess.Popen(
        [*command, "--threads", "4", "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"},
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5)
            return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise SystemExit("the server of the bench did not start")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def _release(port: int, session: str, notes: list[ShippingNote]) -> list[float]:
    """Open each note's page of release and send its form; gives the server's milliseconds."""
    browser = urllib.request.build_opener(_NoRedirect)
    cookies = {settings.SESSION_COOKIE_NAME: session}
    chance, times = random.Random(session), []
    for note in notes:
        address = f"http://127.0.0.1:{port}/delivery/notes/{note.number}/release/"
        # Read to its end and closed, as a browser does, before anybody looks at it: gunicorn
        # waits for that and meanwhile takes no other request.
        with browser.open(_request(address, cookies)) as page:
            html = page.read().decode()
        for cookie in page.headers.get_all("Set-Cookie") or []:
            name, _is, value = cookie.partition(";")[0].partition("=")
            cookies[name] = value
        time.sleep(chance.uniform(*PAUSE))
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
        try:
            browser.open(_request(address, cookies, hidden | {"seen": "on"}))
            raise SystemExit(f"{address} did not release")
        except urllib.error.HTTPError as answer:
            answer.close()
            if answer.code != 302:
                raise SystemExit(f"{address} answered {answer.code}") from answer
            times.append(float(answer.headers[HEADER]))
    return times


def _request(address: str, cookies: dict, data: dict | None = None) -> urllib.request.Request:
    body = urllib.parse.urlencode(data).encode() if data is not None else None
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return urllib.request.Request(address, body, {"Cookie": cookie, "Referer": address})
