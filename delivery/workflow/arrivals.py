"""What follows a fault found on arrival: our confirmation before unloading or return (3.2.2)."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.workflow import Guard, Transition, Workflow
from delivery import arrivals
from delivery.models import ArrivalReport, ShippingNote

S = ArrivalReport.State
AT_THE_CUSTOMER = (ShippingNote.State.IN_TRANSIT, ShippingNote.State.DELIVERED)


def _not_signed(report) -> str:
    note = report.note
    if note.state in AT_THE_CUSTOMER:
        return ""
    facts = {"note": note, "state": note.get_state_display()}
    return _t("%(note)s 目前是「%(state)s」，到貨異常只在發車之後、客戶簽收之前登記") % facts


def _to_decide(report) -> str:
    if report.pk is None:
        return _t("%(note)s 沒有回報到貨異常，沒有要確認的") % {"note": report.note}
    return _not_signed(report)


def _own_customer(report, actor) -> str:
    if arrivals.stands_for(report.note, actor) is not None:
        return ""
    person = report.note.salesperson or report.note.customer.salesperson
    facts = {"who": person.display_name if person else _t("銷售部經理")}
    return _t("這位客戶的到貨異常由業務員 %(who)s 或銷售部經理確認") % facts


OWN_CUSTOMER = Guard("own_customer", _("由負責這位客戶的人確認"), _own_customer, "3.2.2")

ARRIVAL_WORKFLOW = Workflow(
    Transition(
        "report", (S.REPORTED, S.CONFIRMED), None, "delivery.record_receipt",
        _("登記到貨異常"), "3.2.2", concerns=_not_signed,
        description=_("客戶來電說數量不符或有質量問題，登記後由業務員確認"),
    ),
    Transition(
        "report_by_link", (S.REPORTED, S.CONFIRMED), None, None, _("回報業務員"), "3.2.2",
        is_hidden=True, concerns=_not_signed,
    ),
    Transition(
        "confirm", (S.REPORTED, S.CONFIRMED), S.CONFIRMED, "delivery.confirm_arrival",
        _("確認到貨異常"), "3.2.2", guards=(OWN_CUSTOMER,), is_primary=True,
        concerns=_to_decide,
        description=_("逐行決定卸貨收下或退回，或整車退回；之後客戶才簽收"),
    ),
    Transition(
        "supersede", (S.REPORTED, S.CONFIRMED), S.SUPERSEDED, None,
        _("重新回報"), "3.2.2", is_hidden=True,
    ),
    Transition(
        "sign", (S.CONFIRMED,), S.SIGNED, None, _("客戶簽收"), "3.2.2", is_hidden=True,
    ),
    model=ArrivalReport, url_prefix="arrival",
)  # fmt: skip
