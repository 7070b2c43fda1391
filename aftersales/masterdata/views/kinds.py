"""The pages that all kinds of master data have in the same shape: a list, the workbook of it, a new
row, an edit, out of use and back. What differs between them is a Kind; a row's own page is written
by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.contrib.auth.decorators import permission_required
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import pages
from aftersales.core.pages import submit_once
from aftersales.core.spreadsheets.writing import Column
from aftersales.masterdata.forms import ReasonForm
from aftersales.masterdata.views import exporting, keeping

SEE = "masterdata.view_masterdata"


def _as_they_are(rows):
    return rows


@dataclass(frozen=True)
class Verbs:
    """The actions of a kind; one that is absent has no page. The sentences say what follows from
    going out of use, and from coming back."""

    create: Callable[..., Model] | None = None
    edit: Callable[..., Model] | None = None
    deactivate: Callable[..., Model] | None = None
    reactivate: Callable[..., Model] | None = None
    deactivating: str = ""
    reactivating: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of master data: `slug` begins the names of its routes and templates.

    `fetched(rows)` joins what every page of it reads, `listed(rows)` what the list alone reads,
    `dressed(page)` gives the rows of a page what is computed; `orders` maps a column to a field.
    """

    slug: str
    model: type[Model]
    title: str
    permission: str
    filter: type
    orders: Mapping[str, str]
    order: str
    columns: Callable[[], list[Column]]
    cells: Callable[[Model], tuple]
    verbs: Verbs = field(default_factory=Verbs)
    form: type | None = None
    form_page: str = "masterdata/row_form.html"
    options: Callable[[], dict] = dict
    adding: str = ""
    is_imported: bool = False
    fetched: Callable[[QuerySet], QuerySet] = _as_they_are
    listed: Callable[[QuerySet], QuerySet] = _as_they_are
    dressed: Callable[[list], list] = _as_they_are
    name: Callable[[Model], str] = str

    # For templates, which would call an action that they meet.
    @property
    def has_new(self) -> bool:
        return self.verbs.create is not None

    @property
    def goes_out_of_use(self) -> bool:
        return self.verbs.deactivate is not None

    def find(self, request: HttpRequest, pk: int) -> Model:
        """The row, where the user may see it; else 404."""
        return get_object_or_404(self.fetched(self.model.objects.visible_to(request.user)), pk=pk)


def routes(prefix: str, kind: Kind) -> list[URLPattern]:
    """The pages of a kind below `prefix`, each with its permission and methods."""
    see = permission_required(SEE, raise_exception=True)
    keep = permission_required(kind.permission, raise_exception=True)
    found = {
        "list": ("", require_safe(see(partial(_list, kind)))),
        "export": ("export/", require_safe(see(partial(_export, kind)))),
    }
    if kind.verbs.create:
        found["create"] = ("new/", keep(submit_once(partial(_create, kind))))
    if kind.verbs.edit:
        found["edit"] = ("<int:pk>/edit/", keep(submit_once(partial(_edit, kind))))
    if kind.verbs.deactivate:
        found["deactivate"] = (
            "<int:pk>/deactivate/",
            keep(submit_once(partial(_deactivate, kind))),
        )
        found["reactivate"] = (
            "<int:pk>/reactivate/",
            keep(submit_once(partial(_reactivate, kind))),
        )
    return [
        path(f"{prefix}/{below}", view, name=f"{kind.slug}_{page}")
        for page, (below, view) in found.items()
    ]


def _list(kind: Kind, request: HttpRequest) -> HttpResponse:
    """The rows, narrowed and sorted by the address."""
    found, order = _found(kind, request)
    page = pages.page_of(request, kind.listed(found.qs))
    page.object_list = kind.dressed(list(page.object_list))
    context = {
        "kind": kind,
        "filter": found,
        "page": page,
        "order": order,
        "may_keep": request.user.has_perm(kind.permission),
    }
    return render(request, f"masterdata/{kind.slug}_list.html", context)


def _export(kind: Kind, request: HttpRequest) -> HttpResponse:
    """The same rows as .xlsx."""
    found, _order = _found(kind, request)
    return exporting.workbook(request, str(kind.title), kind.columns(), found.qs, kind.cells)


def _create(kind: Kind, request: HttpRequest) -> HttpResponse:
    """A new row."""
    return keeping.create(
        request, kind.form(request.POST or None), kind.verbs.create,
        template=kind.form_page, said=_said(kind, _("%(kind)s %(name)s 已建檔")),
        kind=kind, **kind.options(),
    )  # fmt: skip


def _edit(kind: Kind, request: HttpRequest, pk: int) -> HttpResponse:
    """Change a row; the form gets one of its own, since it writes into it."""
    row = kind.find(request, pk)
    form = kind.form(request.POST or None, instance=kind.model.objects.get(pk=pk))
    return keeping.edit(
        request, row, form, kind.verbs.edit,
        template=kind.form_page, said=_said(kind, _("%(kind)s %(name)s 已更新")),
        kind=kind, name=kind.name(row), **kind.options(),
    )  # fmt: skip


def _deactivate(kind: Kind, request: HttpRequest, pk: int) -> HttpResponse:
    """停用: nothing is deleted."""
    row = kind.find(request, pk)
    return keeping.decide(
        request, row, ReasonForm(request.POST or None), kind.verbs.deactivate,
        said=_said(kind, _("%(kind)s %(name)s 已停用")),
        title=_said(kind, _("停用%(kind)s %(name)s？")) % {"name": kind.name(row)},
        sentence=kind.verbs.deactivating, submit=_("停用"), is_danger=True,
    )  # fmt: skip


def _reactivate(kind: Kind, request: HttpRequest, pk: int) -> HttpResponse:
    """恢復往來, 恢復使用."""
    row = kind.find(request, pk)
    return keeping.decide(
        request, row, ReasonForm(request.POST or None), kind.verbs.reactivate,
        said=_said(kind, _("%(kind)s %(name)s 已恢復")),
        title=_said(kind, _("恢復%(kind)s %(name)s？")) % {"name": kind.name(row)},
        sentence=kind.verbs.reactivating, submit=_("恢復"),
    )  # fmt: skip


def _said(kind: Kind, words: str) -> str:
    """The words with the kind in them, still open for the name."""
    return words % {"kind": kind.model._meta.verbose_name, "name": "%(name)s"}


def _found(kind: Kind, request: HttpRequest) -> tuple:
    order = pages.order_of(request, tuple(kind.orders), kind.order)
    sign = "-" if order.startswith("-") else ""
    rows = kind.fetched(kind.model.objects.visible_to(request.user))
    rows = rows.order_by(f"{sign}{kind.orders[order.removeprefix('-')]}", f"{sign}pk")
    return kind.filter(request.GET, rows, request=request), order
