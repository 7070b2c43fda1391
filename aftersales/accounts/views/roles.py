from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftersales.accounts.models import RoleAssignment
from aftersales.accounts.roles import PERMISSIONS, ROLES


@require_safe
@permission_required("accounts.view_staff", raise_exception=True)
def role_list(request: HttpRequest) -> HttpResponse:
    """The table of roles: what each allows, by which clause, and who holds it."""
    holders: dict[str, list] = {code: [] for code in ROLES}
    assignments = RoleAssignment.objects.filter(user__is_active=True, role__in=ROLES)
    for assignment in assignments.select_related("user").order_by("user__employee_no"):
        holders[assignment.role].append(assignment.user)
    columns = [{"role": role, "holders": holders[role.code]} for role in ROLES.values()]
    rows = [
        {
            "permission": permission,
            "cells": [(role, permission.code in role.permissions) for role in ROLES.values()],
        }
        for permission in PERMISSIONS.values()
    ]
    return render(request, "accounts/role_list.html", {"columns": columns, "rows": rows})
