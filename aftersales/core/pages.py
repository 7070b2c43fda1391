"""What list pages and forms share: capped counts, pages, once-only submits.

A list is a filter form, a plain table and pages; its count is capped, so that a million rows
cost no more than ten thousand. A form that is sent twice (double click, Back, resend) is done
once, by the key it carries.
"""

import functools
import secrets
from collections.abc import Callable

from django.core.paginator import EmptyPage, Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from aftersales.core.models import Submission

COUNT_CAP = 10_000
PAGE_SIZE = 25


class CappedPaginator(Paginator):
    """Counts at most COUNT_CAP rows, and says "10,000+" beyond."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: COUNT_CAP + 1].values("pk").count()

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_CAP

    @property
    def count_text(self) -> str:
        return f"{COUNT_CAP:,}+" if self.is_capped else f"{self.count:,}"


def page_of(request: HttpRequest, rows, *, size: int = PAGE_SIZE):
    """The page of a QuerySet that ?page= asks for; a wrong number gives the nearest page."""
    paginator = CappedPaginator(rows, size)
    try:
        wanted = int(request.GET.get("page", 1))
    except ValueError:
        wanted = 1
    try:
        return paginator.page(max(wanted, 1))
    except EmptyPage:
        return paginator.page(paginator.num_pages)


def order_of(request: HttpRequest, allowed: tuple[str, ...], default: str) -> str:
    """The order that ?order= asks for, "-" before it descends; a wrong one gives the default."""
    wanted = request.GET.get("order", "")
    return wanted if wanted.removeprefix("-") in allowed else default


def new_key() -> str:
    """A key for a form, to be sent back with it."""
    return secrets.token_urlsafe(24)


def submit_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Do a POST once, however often it arrives: the later ones are led where the first one led.

    The key stands in the form as `form_key` ({% form_key %}). It is stored in the transaction of
    what the view does: a refused form may be sent again with the same key, and of two at the same
    moment the later waits for the earlier. A POST without a key passes.
    """

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        key = request.POST.get("form_key", "")[:64]
        if request.method != "POST" or not key:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                submission = _claim(request, key)
                response = view(request, *args, **kwargs)
                if response.status_code not in (302, 303):
                    # Nothing was done: give the key back and let the page be sent again.
                    raise _NotDone(response)
                submission.led_to = response.url[:300]
                submission.save(update_fields=["led_to"])
        except _NotDone as not_done:
            return not_done.response
        except _SentBefore as before:
            return redirect(before.led_to)
        return response

    return wrapper


class _NotDone(Exception):
    def __init__(self, response: HttpResponse):
        self.response = response


class _SentBefore(Exception):
    def __init__(self, led_to: str):
        self.led_to = led_to


def _claim(request: HttpRequest, key: str) -> Submission:
    user = request.user if request.user.is_authenticated else None
    try:
        with transaction.atomic():
            return Submission.objects.create(
                key=key, user=user, path=request.path[:300], at=timezone.now()
            )
    except IntegrityError as error:
        before = Submission.objects.filter(key=key, user=user, path=request.path[:300]).first()
        if before is None:
            raise _SentBefore(request.path) from error
        raise _SentBefore(before.led_to or request.path) from error
