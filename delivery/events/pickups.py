"""What happens when the customer fetches the goods (3.2.1), on the note's timeline."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event, reason
from delivery.models import PickupDifference


def _checked(data: dict) -> str:
    who = _t("第 %(attempt)s 次：%(clerk)s、%(keeper)s 與顧客代表 %(person)s") % {
        "attempt": data.get("attempt", ""),
        "clerk": data.get("clerk", ""),
        "keeper": data.get("keeper", ""),
        "person": data.get("customer_person", ""),
    }
    known = "　".join(data[name] for name in ("customer_phone", "credential") if data.get(name))
    return "\n".join([f"{who}　{known}".strip(), *data.get("differences", ())])


def _cause(data: dict) -> str:
    return _t("原因：%(cause)s\n改正：%(measure)s") % {
        "cause": data.get("cause", ""),
        "measure": data.get("measure", ""),
    }


def _confirmed(data: dict) -> str:
    means = dict(PickupDifference.Means.choices).get(data.get("means"), "")
    return f"{data.get('person', '')}　{means}"


def _handed_over(data: dict) -> str:
    signed = "　".join(data[name] for name in ("name", "phone") if data.get(name))
    return "\n".join([signed, *data.get("differences", ())])


EVENTS = {
    "shippingnote.pickup_agreed": Event(_("三方核對相符"), _checked, is_key=True),
    "shippingnote.pickup_differs": Event(_("三方核對，單貨不符"), _checked, is_key=True),
    "shippingnote.pickup_cause_stated": Event(_("查明提貨差異的原因"), _cause),
    "shippingnote.pickup_consented": Event(_("經理同意改正")),
    "shippingnote.pickup_declined": Event(_("經理不同意，重查原因"), reason),
    "shippingnote.pickup_confirmed": Event(_("顧客再次確認"), _confirmed),
    "shippingnote.pickup_repacked": Event(_("重新包裝"), lambda data: str(data.get("remark", ""))),
    "shippingnote.handed_over": Event(_("收貨人簽名，交貨"), _handed_over, is_key=True),
}
