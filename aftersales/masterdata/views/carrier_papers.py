"""Papers of a carrier: agreements (3.1.2) and verifications (3.2.2). They stand on its page."""

from functools import partial

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.pages import submit_once
from aftersales.masterdata import actions
from aftersales.masterdata.actions.agreements import check_editable
from aftersales.masterdata.forms import AgreementForm, TerminationForm, VerificationForm
from aftersales.masterdata.models import Carrier, CarrierAgreement
from aftersales.masterdata.views import keeping

FORM = "masterdata/carrier_paper_form.html"


@permission_required("masterdata.edit_carrier", raise_exception=True)
@submit_once
def agreement_create(request: HttpRequest, pk: int) -> HttpResponse:
    """登記承運協議 of the carrier with this key (3.1.2)."""
    carrier = _carrier(request, pk)
    return keeping.create(
        request, AgreementForm(request.POST or None), partial(actions.create_agreement, carrier),
        template=FORM, said=_("承運協議 %(name)s 已登記"), carrier=carrier,
        title=_("登記承運協議"), submit=_("登記"),
    )  # fmt: skip


@permission_required("masterdata.edit_carrier", raise_exception=True)
@submit_once
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改承運協議; one that a note cites leads back with the reason (3.1.2)."""
    agreement = _agreement(request, pk)
    if request.method == "GET":
        check_editable(agreement)
    form = AgreementForm(
        request.POST or None, instance=CarrierAgreement.objects.get(pk=agreement.pk)
    )
    return keeping.edit(
        request, agreement, form, actions.edit_agreement,
        template=FORM, said=_("承運協議 %(name)s 已更新"), carrier=agreement.carrier,
        title=_("修改 %(name)s") % {"name": agreement.number}, submit=_("儲存"),
    )  # fmt: skip


@permission_required("masterdata.edit_carrier", raise_exception=True)
@submit_once
def agreement_terminate(request: HttpRequest, pk: int) -> HttpResponse:
    """提前終止承運協議 (3.1.2): asks for the day and the reason first."""
    agreement = _agreement(request, pk)
    today = timezone.localdate()
    form = TerminationForm(request.POST or None, initial={"terminated_on": today})
    return keeping.decide(
        request, agreement, form, actions.terminate_agreement,
        said=_("承運協議 %(name)s 已登記終止"),
        title=_("提前終止承運協議 %(name)s？") % {"name": agreement.number},
        sentence=_(
            "自終止日起 %(carrier)s 沒有別的有效協議就不能再選；已引用這份協議的發貨單照舊引用。不能撤銷。"
        ) % {"carrier": agreement.carrier.name},
        submit=_("終止"), is_danger=True,
    )  # fmt: skip


@permission_required("masterdata.verify_carrier", raise_exception=True)
@submit_once
def verification_create(request: HttpRequest, pk: int) -> HttpResponse:
    """驗證承運商的質量保證能力 (3.2.2)."""
    carrier = _carrier(request, pk)
    form = VerificationForm(request.POST or None, initial={"verified_on": timezone.localdate()})
    return keeping.create(
        request, form, partial(actions.create_verification, carrier),
        template=FORM, said=_("能力驗證 %(name)s 已登記"), carrier=carrier,
        title=_("驗證質量保證能力"), submit=_("登記"),
    )  # fmt: skip


def _carrier(request: HttpRequest, pk: int) -> Carrier:
    return get_object_or_404(Carrier.objects.visible_to(request.user), pk=pk)


def _agreement(request: HttpRequest, pk: int) -> CarrierAgreement:
    reach = Carrier.objects.visible_to(request.user)
    rows = CarrierAgreement.objects.filter(carrier__in=reach).select_related("carrier")
    return get_object_or_404(rows, pk=pk)
