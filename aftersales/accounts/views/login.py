"""In and out, and the ways to a new password. Django's own views, in our words and pages."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from aftersales.accounts import actions
from aftersales.accounts.actions.passwords import PURPOSE
from aftersales.accounts.forms import (
    AskForLetterForm,
    LoginForm,
    NewPasswordForm,
    PasswordChangeForm,
)
from aftersales.core import clauses, public_links
from aftersales.core.pages import submit_once
from aftersales.core.version import VERSION
from aftersales.core.views.site import keep_language

SHOWN_CLAUSES = ("4.4", "2.1", "3.1.3", "3.1.4", "3.2.2")


class Login(auth_views.LoginView):
    """Login, with the language that the person chose last."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        if form.get_user().language in dict(settings.LANGUAGES):
            keep_language(response, form.get_user().language)
        return response

    def get_context_data(self, **kwargs):
        rules = [(number, clauses.rule_of(number)) for number in SHOWN_CLAUSES]
        return super().get_context_data(
            rules=rules,
            version=VERSION,
            limit=settings.AXES_FAILURE_LIMIT,
            minutes=int(settings.AXES_COOLOFF_TIME * 60),
            **kwargs,
        )


@sensitive_post_parameters()
@never_cache
def password_change(request: HttpRequest) -> HttpResponse:
    """A new password for somebody who knows the old one; other sessions of the person end."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.change_password(
            request.user,
            password=form.cleaned_data["new_password1"],
            now=timezone.now(),
            event="user.password_changed",
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("密碼已更改，其他裝置上的登入已結束"))
        return redirect("profile")
    return render(request, "accounts/password_change.html", {"form": form})


@login_not_required
@never_cache
def password_reset(request: HttpRequest) -> HttpResponse:
    """Whoever forgot the password names the address; the page after is the same for any."""
    form = AskForLetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_password_letter(email=form.cleaned_data["email"], now=timezone.now())
        return redirect("password_reset_done")
    return render(request, "accounts/password_reset.html", {"form": form})


@method_decorator([sensitive_post_parameters(), submit_once], name="dispatch")
class PasswordResetConfirm(auth_views.PasswordResetConfirmView):
    """The link of the letter: good for some hours and for one new password.

    Once, or who clicks twice would read that the link is used, and not that it worked.
    """

    template_name = "accounts/password_reset_confirm.html"
    form_class = NewPasswordForm

    def form_valid(self, form):
        actions.change_password(
            self.user,
            password=form.cleaned_data["new_password1"],
            now=timezone.now(),
            event="user.password_reset",
        )
        self.request.session.pop(auth_views.INTERNAL_RESET_SESSION_TOKEN, None)
        return redirect("password_reset_complete")


@sensitive_post_parameters()
@login_not_required
@never_cache
@submit_once
def password_set(request: HttpRequest, token: str) -> HttpResponse:
    """The first password, by the letter of welcome or the link that an administrator showed."""
    now = timezone.now()
    link = public_links.find(token, PURPOSE, now=now)
    if link is None or link.subject is None:
        return _closed(request)
    form = NewPasswordForm(link.subject, request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        if actions.set_password_by_link(link, password=password, now=now) is None:
            return _closed(request)
        return redirect("password_reset_complete")
    context = {"form": form, "validlink": True, "person": link.subject}
    return render(request, "accounts/password_reset_confirm.html", context)


def _closed(request: HttpRequest) -> HttpResponse:
    """One page for a link that is wrong, used or expired."""
    context = {"validlink": False}
    return render(request, "accounts/password_reset_confirm.html", context, status=404)
