from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aftersales.accounts import actions
from aftersales.accounts.filters import UserFilter
from aftersales.accounts.forms import ReasonForm, RolesForm, UserForm
from aftersales.accounts.models import Leave, User
from aftersales.accounts.roles import PERMISSIONS, ROLES
from aftersales.core import pages, public_links, stale, timeline
from aftersales.core.errors import StaleEdit
from aftersales.core.pages import submit_once
from aftersales.core.text import listed

ORDERS = ("employee_no", "name", "department", "level", "last_login")


@require_safe
@permission_required("accounts.view_staff", raise_exception=True)
def user_list(request: HttpRequest) -> HttpResponse:
    """The people of the company, by words, department, role and whether still here."""
    rows = User.objects.select_related("department", "superior")
    found = UserFilter(request.GET, queryset=rows.prefetch_related("role_assignments"))
    order = pages.order_of(request, ORDERS, "employee_no")
    page = pages.page_of(request, found.qs.order_by(order, "pk"))
    context = {"filter": found, "page": page, "order": order}
    return render(request, "accounts/user_list.html", context)


@require_safe
@permission_required("accounts.view_staff", raise_exception=True)
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: who it is, what the roles allow, who stands in, and what was changed."""
    person = _person(pk)
    now = timezone.now()
    manages = request.user.has_perm("accounts.manage_staff")
    context = {
        "person": person,
        "roles": _roles_of(person),
        "subordinates": person.subordinates.active(),
        "leaves": Leave.objects.visible_to(request.user)
        .filter(user=person)
        .not_over(now)
        .select_related("deputy"),
        "manages": manages,
        "lines": timeline.lines_of(person) if manages else [],
        "now": now,
    }
    return render(request, "accounts/user_detail.html", context)


@permission_required("accounts.manage_staff", raise_exception=True)
@submit_once
def user_create(request: HttpRequest) -> HttpResponse:
    """A new person, who sets the password by a letter or a shown link."""
    form, roles = UserForm(request.POST or None), RolesForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and roles.is_valid():
        facts = {name: form.cleaned_data[name] for name in actions.users.FACTS}
        try:
            user = actions.create_user(
                actor=request.user,
                now=timezone.now(),
                roles=roles.cleaned_data["roles"],
                **facts,
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s 已建檔") % {"name": user.name})
            return redirect(user)
    return render(request, "accounts/user_form.html", _form_context(form, roles))


@permission_required("accounts.manage_staff", raise_exception=True)
@submit_once
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person's facts and roles."""
    person = _person(pk)
    form = UserForm(request.POST or None, instance=User.objects.get(pk=pk))
    roles = RolesForm(request.POST or None, initial={"roles": sorted(person.role_codes)})
    versions = []
    if request.method == "POST" and form.is_valid() and roles.is_valid():
        try:
            actions.edit_user(
                person,
                actor=request.user,
                now=timezone.now(),
                roles=roles.cleaned_data["roles"],
                **form.cleaned_data,
            )
        except StaleEdit as conflict:
            versions = stale.show_both(form, conflict.current)
            versions.append(_both_roles(conflict.current, roles))
        except ValidationError as refusal:
            (roles if getattr(refusal, "field", "") == "roles" else form).refuse(refusal)
        else:
            messages.success(request, _("%(name)s 的資料已更新") % {"name": person.name})
            return redirect(person)
    context = _form_context(form, roles) | {"person": person, "versions": versions}
    return render(request, "accounts/user_form.html", context)


@permission_required("accounts.manage_staff", raise_exception=True)
@submit_once
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then end the login of somebody who has left."""
    return _decide(request, _person(pk), actions.deactivate_user, "accounts/user_deactivate.html")


@permission_required("accounts.manage_staff", raise_exception=True)
@submit_once
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is back."""
    return _decide(request, _person(pk), actions.reactivate_user, "accounts/user_reactivate.html")


@require_POST
@permission_required("accounts.manage_staff", raise_exception=True)
@submit_once
def user_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """A way to set the password: the letter again, or a link of one use that is shown once.

    Only the letter's form carries a key: the page with the link is the answer to its own POST, and
    of two links the later is the one that is shown and works.
    """
    person, now = _person(pk), timezone.now()
    if request.POST.get("how") == "letter":
        actions.send_password_letter(person, actor=request.user, now=now)
        messages.success(request, _("設定密碼的信將在幾分鐘內寄到 %(email)s") % {
            "email": person.email
        })  # fmt: skip
        return redirect(person)
    link = actions.open_password_link(person, actor=request.user, now=now)
    context = {"person": person, "link": link}
    context["address"] = public_links.address_of(link, "password_set")
    return render(request, "accounts/user_link.html", context)


def _decide(request: HttpRequest, person: User, action, template: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            action(person, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s 的狀態已更新") % {"name": person.name})
            return redirect(person)
    return render(request, template, {"person": person, "form": form})


def _person(pk: int) -> User:
    people = User.objects.select_related("department", "superior")
    return get_object_or_404(people.prefetch_related("role_assignments"), pk=pk)


def _form_context(form: UserForm, roles: RolesForm) -> dict:
    """The roles' checkboxes beside what each allows."""
    ticks = {box.data["value"]: box for box in roles["roles"]}
    rows = [
        {"box": ticks[role.code], "role": role, "permissions": _permissions_of(role)}
        for role in ROLES.values()
    ]
    return {"form": form, "roles_form": roles, "role_rows": rows}


def _both_roles(current: User, roles: RolesForm) -> dict:
    """The row of two versions for the roles, which are not a field of the person."""
    yours = [str(ROLES[code].label) for code in ROLES if code in roles.cleaned_data["roles"]]
    return {"label": _("角色"), "theirs": current.role_labels, "yours": listed(yours)}


def _roles_of(person: User) -> list[dict]:
    return [
        {"role": role, "permissions": _permissions_of(role)}
        for role in ROLES.values()
        if role.code in person.role_codes
    ]


def _permissions_of(role) -> list:
    return [permission for code, permission in PERMISSIONS.items() if code in role.permissions]
