"""Contracts: the list, one contract with its terms of service, and keeping them (2.5, 3.3.3)."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from aftersales.core import attachments, timeline
from aftersales.core.forms import AttachmentForm
from aftersales.core.spreadsheets.writing import DATE, NUMBER, Column
from aftersales.masterdata import actions, citations, service_terms
from aftersales.masterdata.filters import ContractFilter
from aftersales.masterdata.forms import ContractForm
from aftersales.masterdata.models import Contract, Customer
from aftersales.masterdata.views.kinds import SEE, Kind, Verbs
from aftersales.masterdata.views.service_scopes import assessments_of
from aftersales.masterdata.views.units import customer_options
from aftersales.masterdata.warranty import term_of

LATEST = 10


@require_safe
@permission_required(SEE, raise_exception=True)
def contract_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: facts, terms of service with what each rests on, assessments (2.5), history."""
    contract = CONTRACT.find(request, pk)
    context = {
        "kind": CONTRACT,
        "contract": _dressed([contract])[0],
        "terms": service_terms.in_words(service_terms.terms_of(None, contract)),
        "assessments": assessments_of(contract),
        "cited_by": citations.citing(contract),
        "attachments": attachments.of(contract),
        "upload_form": AttachmentForm() if request.user.has_perm(CONTRACT.permission) else None,
        "lines": timeline.lines_of(contract),
    }
    return render(request, "masterdata/contract_detail.html", context)


def latest_contracts(customer: Customer) -> dict:
    """The contracts of a customer that were signed last, and whether there are more."""
    rows = list(customer.contracts.order_by("-signed_on", "-pk")[: LATEST + 1])
    return {"rows": _dressed(rows[:LATEST]), "has_more": len(rows) > LATEST}


def _dressed(contracts: list[Contract]) -> list[Contract]:
    """With how each stands today."""
    today = timezone.localdate()
    for contract in contracts:
        contract.term = term_of(contract.valid_from, contract.valid_until, today)
    return contracts


def _columns() -> list[Column]:
    return [
        Column(_("合同號"), 20),
        Column(_("名稱"), 28),
        Column(_("客戶代號"), 12),
        Column(_("客戶"), 34),
        Column(_("簽訂日期"), 12, DATE),
        Column(_("生效日"), 12, DATE),
        Column(_("到期日"), 12, DATE),
        Column(_("保修月數"), 10, NUMBER),
        Column(_("到場時限（小時）"), 12, NUMBER),
        Column(_("含安裝調試"), 12),
        Column(_("約定顧客自提"), 12),
        Column(_("技術協議號"), 20),
        Column(_("備註"), 30),
    ]


def _cells(contract: Contract) -> tuple:
    return (
        contract.number,
        contract.title,
        contract.customer.code,
        contract.customer.name,
        contract.signed_on,
        contract.valid_from,
        contract.valid_until,
        contract.warranty_months,
        contract.arrival_hours,
        contract.has_commissioning,
        contract.allows_pickup,
        contract.technical_agreement,
        contract.remark,
    )


CONTRACT = Kind(
    slug="contract",
    model=Contract,
    title=pgettext_lazy("list", "合同"),
    adding=gettext_lazy("登記合同"),
    permission="masterdata.edit_contract",
    filter=ContractFilter,
    form=ContractForm,
    form_page="masterdata/contract_form.html",
    options=customer_options,
    orders={
        "number": "number",
        "customer": "customer__code",
        "signed_on": "signed_on",
        "valid_until": "valid_until",
    },
    order="-signed_on",
    columns=_columns,
    cells=_cells,
    fetched=lambda rows: rows.select_related("customer"),
    dressed=_dressed,
    verbs=Verbs(actions.create_contract, actions.edit_contract),
)
