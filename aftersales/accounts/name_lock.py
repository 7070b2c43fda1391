"""The slower lock on guessing one name from many addresses, beside that of name and address.

Twenty wrong tries within an hour, from whatever addresses, make the name wait a quarter of an hour.
An address from which the person has logged in within thirty days neither waits nor counts: nobody
can lock a colleague out of the own desk, where the lock of lockout.py holds anyway.
"""

from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off, get_failure_limit
from axes.models import AccessFailureLog, AccessLog
from axes.utils import reset
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aftersales.accounts.lockout import locked_until, login_name

LOCKED = 429
LIMIT = 20
WITHIN = timedelta(hours=1)
WAIT = timedelta(minutes=15)
KNOWN = timedelta(days=30)


class Handler(AxesDatabaseHandler):
    """Both locks (AXES_HANDLER). What is tried while one holds is not counted."""

    def is_locked(self, request, credentials=None) -> bool:
        return super().is_locked(request, credentials) or _holds(request, credentials)

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and _holds(request, credentials):
            request.axes_locked_out, request.axes_credentials = True, credentials


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """The page of both locks (AXES_LOCKOUT_CALLABLE): why, until when, what to do."""
    name, now = login_name(request, credentials), request.axes_attempt_time
    until = locked_until(request, credentials)
    context = {"limit": get_failure_limit(request, credentials), "wait": get_cool_off(request)}
    is_everywhere = until is None
    if is_everywhere:
        until = waits_until(name, request.axes_ip_address, now=now)
        context = {"limit": LIMIT, "wait": WAIT, "days": KNOWN.days}
    context |= {"until": until, "is_everywhere": is_everywhere}
    context["minutes"] = int(context["wait"].total_seconds() // 60)
    return render(request, "accounts/locked_out.html", context, status=LOCKED)


def waits_until(name: str, address: str | None, *, now: datetime) -> datetime | None:
    """When this name may be tried again from this address; None where it may be tried now."""
    known = _known_addresses(name, now)
    if address in known:
        return None
    tries = AccessFailureLog.objects.filter(username=name, attempt_time__gt=now - WITHIN - WAIT)
    tries = tries.exclude(ip_address__in=known).order_by("-attempt_time")
    times = list(tries.values_list("attempt_time", flat=True)[:LIMIT])
    if len(times) < LIMIT or times[0] - times[-1] > WITHIN:
        return None
    return times[0] + WAIT if times[0] + WAIT > now else None


def lift(name: str) -> None:
    """Both locks of a name: its person has set a new password."""
    reset(username=name)
    AccessFailureLog.objects.filter(username=name).delete()


def forget_older(*, now: datetime) -> int:
    """Wrong tries that no lock counts any more, and logins that make no address known."""
    tries = AccessFailureLog.objects.filter(attempt_time__lt=now - WITHIN - WAIT)
    logins = AccessLog.objects.filter(attempt_time__lt=now - KNOWN)
    return tries.delete()[0] + logins.delete()[0]


def _holds(request: HttpRequest, credentials: dict | None) -> bool:
    name, now = login_name(request, credentials), request.axes_attempt_time
    return waits_until(name, request.axes_ip_address, now=now) is not None


def _known_addresses(name: str, now: datetime) -> set[str]:
    logins = AccessLog.objects.filter(username__iexact=name, attempt_time__gt=now - KNOWN)
    return set(logins.exclude(ip_address=None).order_by().values_list("ip_address", flat=True))
