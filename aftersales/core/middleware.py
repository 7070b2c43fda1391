"""Methods, language of the interface, and a page for refusals that no form has caught."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation

from aftersales.core.errors import RuleViolation

LANGUAGE_COOKIE = "language"


METHODS = ["GET", "HEAD", "POST"]


class MethodMiddleware:
    """Pages are read by GET and changed by POST; any other method is refused everywhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class LanguageMiddleware:
    """The interface speaks Traditional Chinese unless the person chose otherwise.

    A choice is ?lang= (public pages) or the cookie set by the language form. The browser's own
    wish is not asked: the procedure's words are the company's.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        known = dict(settings.LANGUAGES)
        wanted = request.GET.get("lang") or request.COOKIES.get(LANGUAGE_COOKIE)
        language = wanted if wanted in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class RefusalMiddleware:
    """Shows a RuleViolation that reached the top as a page with the sentence and the clause."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, RuleViolation):
            return render(request, "errors/refused.html", {"violation": exception}, status=409)
        return None
