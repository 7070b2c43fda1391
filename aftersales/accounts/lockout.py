"""The lock on guessing passwords: five wrong tries lock one name at one address for 15 minutes.

The pair is made so that writing it differently is no way around it: however the name is written,
it counts for the person; of an IPv6 address the network counts, since one desk has billions.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from axes.attempts import get_cool_off_threshold
from axes.helpers import get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest

from aftersales.accounts.models import User
from aftersales.core.text import half_width, tidy


def written_name(typed: str) -> str:
    """A login name as it was meant: half width, without blanks around it."""
    return tidy(half_width(typed or ""))


def login_name(request: HttpRequest, credentials: dict | None = None) -> str:
    """The name that tries are counted for (AXES_USERNAME_CALLABLE): the person's own."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    name = written_name(typed)[:60]
    try:
        return User.objects.get_by_natural_key(name).username.lower()
    except (User.DoesNotExist, User.MultipleObjectsReturned):
        return name.lower()


def client_address(request: HttpRequest) -> str | None:
    """Where a try comes from (AXES_CLIENT_IP_CALLABLE); None where the server does not know.

    X-Forwarded-For is believed only as far as TRUSTED_PROXIES of our own stand before the site:
    each adds the address that it saw at the end, so the last ones are ours and the rest is talk.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(chain) >= settings.TRUSTED_PROXIES:
            seen = chain[-settings.TRUSTED_PROXIES]
    return _network_of(seen)


def _network_of(text: str) -> str | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address.packed, 64), strict=False).network_address)
    return str(address)


def locked_until(request: HttpRequest, credentials: dict | None) -> datetime | None:
    """When the pair of this request may try again: when enough of its tries are old enough."""
    limit = get_failure_limit(request, credentials)
    wait: timedelta = get_cool_off(request)
    tries = AccessAttempt.objects.filter(
        username=login_name(request, credentials),
        ip_address=request.axes_ip_address,
        attempt_time__gte=get_cool_off_threshold(request),
    ).order_by("-attempt_time")
    counted = 0
    for attempt in tries:
        counted += attempt.failures_since_start
        if counted >= limit:
            return attempt.attempt_time + wait
    return None
