"""Events of a 沖銷單, on its own timeline and on that of its note."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event, reason


def _numbered(data: dict) -> str:
    return "　".join(filter(None, [str(data.get("number") or ""), reason(data)]))


def _drafted(data: dict) -> str:
    return "\n".join([_numbered(data), *data.get("lines", [])])


def _approved(data: dict) -> str:
    serials = "、".join(data.get("serial_nos", []))
    freed = _t("序列號釋回：%(serials)s") % {"serials": serials} if serials else ""
    return "\n".join(filter(None, [_numbered(data), freed]))


def _redrawn(data: dict) -> str:
    return f"{data.get('number', '')} → {data.get('note', '')}"


EVENTS = {
    "reversal.drafted": Event(_("開立沖銷單"), _drafted, is_key=True),
    "reversal.approved": Event(_("核准沖銷"), _approved, is_key=True),
    "reversal.refused": Event(_("不予核准"), is_key=True),
    "reversal.voided": Event(_("作廢"), is_key=True),
    "reversal.redrawn": Event(_("重開發貨單"), _redrawn, is_key=True),
    "shippingnote.reversal_drafted": Event(_("開立沖銷單"), _numbered, is_key=True),
    "shippingnote.reversed": Event(_("沖銷已核准"), _approved, is_key=True),
    "shippingnote.reversal_ended": Event(_("沖銷單作廢"), _numbered),
    "shippingnote.redrawn": Event(_("依沖銷重開發貨單"), _redrawn, is_key=True),
}
