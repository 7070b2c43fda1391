"""What the audit trail of the master data is called on a page."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event, changes, file_name


def _named(data: dict) -> str:
    """The person or the paper, and below what was changed of it."""
    return "\n".join(filter(None, [file_name(data), changes(data)]))


def _note(data: dict) -> str:
    """The number and line of the shipping note."""
    return str(data.get("note") or "")


def _termination(data: dict) -> str:
    """The agreement, the day from which it binds no more, and why."""
    words = _t("%(number)s 自 %(on)s 起：%(reason)s")
    facts = {"number": data.get("name"), "on": data.get("terminated_on")}
    return words % {**facts, "reason": data.get("reason")}


def _verification(data: dict) -> str:
    """The verdict, and until when it holds; one of not able holds until the next."""
    if not data.get("expires_on"):
        return str(data.get("verdict") or "")
    words = _t("%(verdict)s，有效至 %(until)s")
    return words % {"verdict": data.get("verdict"), "until": data.get("expires_on")}


def _assessment(data: dict) -> str:
    """Of the contract or the product: the how manieth it is, and the decision."""
    if "number" not in data:
        return ""
    words = _t("第 %(number)s 次評定：%(decision)s")
    return words % {"number": data["number"], "decision": data.get("decision", "")}


EVENTS = {
    "customer.created": Event(_("建檔"), is_key=True),
    "customer.edited": Event(_("修改"), changes),
    "customer.deactivated": Event(_("停用"), is_key=True),
    "customer.reactivated": Event(_("恢復往來"), is_key=True),
    "contact.created": Event(_("新增聯絡人"), _named),
    "contact.edited": Event(_("修改聯絡人"), _named),
    "product.created": Event(_("建檔"), is_key=True),
    "product.edited": Event(_("修改"), changes),
    "product.deactivated": Event(_("停用"), is_key=True),
    "product.reactivated": Event(_("恢復使用"), is_key=True),
    "supplier.created": Event(_("建檔"), is_key=True),
    "supplier.edited": Event(_("修改"), changes),
    "supplier.deactivated": Event(_("停用"), is_key=True),
    "supplier.reactivated": Event(_("恢復往來"), is_key=True),
    "carrier.created": Event(_("建檔"), is_key=True),
    "carrier.edited": Event(_("修改"), changes),
    "carrier.deactivated": Event(_("停用"), is_key=True),
    "carrier.reactivated": Event(_("恢復往來"), is_key=True),
    "carrier.verified": Event(_("驗證質量保證能力"), _verification, is_key=True),
    "agreement.created": Event(_("登記承運協議"), _named, is_key=True),
    "agreement.edited": Event(_("修改承運協議"), _named),
    "agreement.terminated": Event(_("提前終止承運協議"), _termination, is_key=True),
    "contract.created": Event(_("登記合同"), is_key=True),
    "contract.edited": Event(_("修改"), changes),
    "servicescope.decided": Event(_("評定服務範圍"), _assessment, is_key=True),
    "servicescope.superseded": Event(_("由新的評定取代"), is_key=True),
    "unit.created": Event(_("建檔"), is_key=True),
    "unit.edited": Event(_("修改"), changes),
    "unit.reversed": Event(_("交付已沖銷"), _note, is_key=True),
    "unit.delivered": Event(_("交付客戶，保修開始"), _note, is_key=True),
}
