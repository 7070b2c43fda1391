"""What the events of a 發貨單 are called on its timeline."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event, reason
from delivery.models import Adjustment, ContactLog, LineCount, ShippingNote


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


def _taken_over(data: dict) -> str:
    return f"{data.get('file', '')}　{_created(data)}"


def _contact(data: dict) -> str:
    channel = dict(ContactLog.Channel.choices).get(data.get("channel"), "")
    facts = {"field": data.get("person", ""), "message": data.get("agreed", "")}
    return f"{channel}　" + _t("%(field)s：%(message)s") % facts


def _inspection(data: dict) -> str:
    names = ("final_inspection_no", "final_inspection_on", "final_inspection_by")
    return "　".join(str(data.get(name, "")) for name in names)


def _schedule(data: dict) -> str:
    mode = dict(ShippingNote.DeliveryMode.choices).get(data.get("delivery_mode"), "")
    basis = dict(ShippingNote.PickupBasis.choices).get(data.get("pickup_basis"), "")
    names = ("carrier", "agreement", "contract", "delivery_mode_reason")
    words = [str(data.get("ship_on", "")), str(mode), str(basis), *map(data.get, names)]
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


def _counted(data: dict) -> str:
    where = _t("第 %(line)s 行第 %(attempt)s 次") % {
        "line": data.get("line_no", ""),
        "attempt": data.get("attempt", ""),
    }
    result = dict(LineCount.Result.choices).get(data.get("result"), "")
    words = [where, str(result), data.get("difference", "")]
    return "　".join(word for word in words if word)


def _adjusted(data: dict) -> str:
    measure = dict(Adjustment.Measure.choices).get(data.get("measure"), "")
    where = _t("第 %(line)s 行") % {"line": data.get("line_no", "")}
    return "　".join(word for word in (where, str(measure), data.get("remark", "")) if word)


def _vehicle(data: dict) -> str:
    names = ("vehicle_no", "driver_name", "driver_phone")
    return "　".join(data[name] for name in names if data.get(name))


def _differences(data: dict) -> str:
    found = data.get("differences") or ""
    return found if isinstance(found, str) else "\n".join(str(each) for each in found)


def _paper(data: dict) -> str:
    kinds = {
        "shipping_note": _t("發貨單"),
        "goods_issue": _t("出庫單"),
        "delivery_note": _t("送貨單"),
        "packing_list": _t("發貨清單"),
    }
    words = kinds.get(data.get("kind", ""), "")
    if data.get("copy"):
        words += _t("（副本，第 %(number)d 次列印）") % {"number": data["copy"] + 1}
    return words


# The desk, 3.1.1 to 3.1.3; then the floor and the way to the customer, 3.1.4 and 3.2.2.
EVENTS = {
    "shippingnote.created": Event(_("開立草稿"), _created),
    "shippingnote.imported": Event(_("由試算表匯入"), lambda data: str(data.get("file", ""))),
    "shippingnote.imported_register": Event(_("由發貨登記匯入"), _taken_over, is_key=True),
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
    "shippingnote.verification_started": Event(_("開始核對")),
    "shippingnote.line_counted": Event(_("核對一行"), _counted),
    "shippingnote.difference_found": Event(_("發現差異"), _counted, is_key=True),
    "shippingnote.line_adjusted": Event(_("調整"), _adjusted),
    "shippingnote.verified": Event(_("核對完成，全部一致"), is_key=True),
    "shippingnote.rechecked": Event(_("全部重新核對"), is_key=True),
    "shippingnote.vehicle_assigned": Event(_("指定車輛與司機"), _vehicle),
    "shippingnote.issued": Event(_("出庫放行"), _vehicle, is_key=True),
    "shippingnote.link_renewed": Event(_("重新產生簽收連結")),
    "shippingnote.loading_differs": Event(_("裝車點數不符"), _differences, is_key=True),
    "shippingnote.loaded": Event(_("司機點數簽收，發車"), _vehicle, is_key=True),
    "shippingnote.arrived": Event(_("到貨")),
    "shippingnote.received": Event(_("客戶核對簽收"), _differences, is_key=True),
    "shippingnote.receipt_recorded": Event(_("登記紙本簽收"), _differences, is_key=True),
    "shippingnote.paper_filed": Event(_("歸檔簽收單"), lambda data: str(data.get("name", ""))),
    "shippingnote.paper_taken": Event(_("簽收單已回"), lambda data: str(data.get("name", ""))),
    "shippingnote.closed": Event(_("結單"), is_key=True),
    "shippingnote.printed": Event(_("列印"), _paper),
}
