"""What the events of a 發貨單 are called on its timeline."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event, reason
from delivery.models import ContactLog, ShippingNote


def _created(data: dict) -> str:
    return _t("%(number)s 行明細") % {"number": data.get("lines", 0)}


def _edited(data: dict) -> str:
    changes = [
        _t("%(field)s：%(before)s → %(after)s")
        % {
            "field": ShippingNote._meta.get_field(name).verbose_name,
            "before": before or "—",
            "after": after or "—",
        }
        for name, (before, after) in data.get("changes", {}).items()
    ]
    if data.get("lines_changed"):
        changes.append(_t("明細改過，現在 %(number)s 行") % {"number": data.get("lines", 0)})
    return "\n".join(changes)


def _contact(data: dict) -> str:
    channel = dict(ContactLog.Channel.choices).get(data.get("channel"), "")
    facts = {"field": data.get("person", ""), "message": data.get("agreed", "")}
    return f"{channel}　" + _t("%(field)s：%(message)s") % facts


def _inspection(data: dict) -> str:
    names = ("final_inspection_no", "final_inspection_on", "final_inspection_by")
    return "　".join(str(data.get(name, "")) for name in names)


def _schedule(data: dict) -> str:
    mode = dict(ShippingNote.DeliveryMode.choices).get(data.get("delivery_mode"), "")
    words = [str(data.get("ship_on", "")), str(mode), data.get("delivery_mode_reason", "")]
    return "　".join(word for word in words if word)


def _withdrawn(data: dict) -> str:
    return _t("%(reason)s；改為 %(revision)s") % {
        "reason": reason(data),
        "revision": data.get("revision", ""),
    }


def _revised(data: dict) -> str:
    return _t("由 %(previous)s 而來：%(reason)s") % {
        "previous": data.get("previous", ""),
        "reason": reason(data),
    }


# The desk, 3.1.1 to 3.1.3.
EVENTS = {
    "shippingnote.created": Event(_("開立草稿"), _created),
    "shippingnote.imported": Event(_("由試算表匯入"), lambda data: str(data.get("file", ""))),
    "shippingnote.edited": Event(_("修改草稿"), _edited),
    "shippingnote.contact_logged": Event(_("與客戶聯絡"), _contact),
    "shippingnote.inspection_recorded": Event(_("登記終檢合格"), _inspection, is_key=True),
    "shippingnote.scheduled": Event(_("安排交付，通知倉庫"), _schedule, is_key=True),
    "shippingnote.acknowledged": Event(_("倉庫確認備貨")),
    "shippingnote.submitted": Event(
        _("提交簽發"), lambda data: str(data.get("number", "")), is_key=True
    ),
    "shippingnote.released": Event(_("簽發"), is_key=True),
    "shippingnote.sent_back": Event(_("退回修改"), is_key=True),
    "shippingnote.refused": Event(_("不予簽發"), is_key=True),
    "shippingnote.cancelled": Event(_("作廢"), is_key=True),
    "shippingnote.withdrawn": Event(_("撤回並修訂"), _withdrawn, is_key=True),
    "shippingnote.revised": Event(_("開立修訂"), _revised, is_key=True),
}
