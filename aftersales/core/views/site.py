"""What works without a login: is the site well, and in which language does it speak."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aftersales.core import health as state
from aftersales.core.middleware import LANGUAGE_COOKIE

YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """For the load balancer and the person on duty: 200 while the database answers, else 503."""
    facts = state.facts(now=timezone.now())
    return JsonResponse(facts, status=200 if facts["status"] != "down" else 503)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, in a cookie and with the person who is logged in."""
    wanted = request.POST.get("language", "")
    response = redirect(safe_next(request))
    if wanted in dict(settings.LANGUAGES):
        keep_language(response, wanted)
        if request.user.is_authenticated:
            request.user.language = wanted
            request.user.save(update_fields=["language"])
    return response


def keep_language(response: HttpResponse, wanted: str) -> None:
    response.set_cookie(
        LANGUAGE_COOKIE,
        wanted,
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def safe_next(request: HttpRequest) -> str:
    """Where the form came from, if that is on this site; otherwise the home page."""
    url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if is_ours else "home"
