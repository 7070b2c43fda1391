"""What the audit trail of customers, products and units is called on a page."""

from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event, changes, file_name


def _contact(data: dict) -> str:
    """The person, and below what was changed of him or her."""
    return "\n".join(filter(None, [file_name(data), changes(data)]))


def _note(data: dict) -> str:
    """The number and line of the shipping note."""
    return str(data.get("note") or "")


EVENTS = {
    "customer.created": Event(_("建檔"), is_key=True),
    "customer.edited": Event(_("修改"), changes),
    "customer.deactivated": Event(_("停用"), is_key=True),
    "customer.reactivated": Event(_("恢復往來"), is_key=True),
    "contact.created": Event(_("新增聯絡人"), _contact),
    "contact.edited": Event(_("修改聯絡人"), _contact),
    "product.created": Event(_("建檔"), is_key=True),
    "product.edited": Event(_("修改"), changes),
    "product.deactivated": Event(_("停用"), is_key=True),
    "product.reactivated": Event(_("恢復使用"), is_key=True),
    "unit.created": Event(_("建檔"), is_key=True),
    "unit.edited": Event(_("修改"), changes),
    "unit.reversed": Event(_("交付已沖銷"), _note, is_key=True),
    "unit.delivered": Event(_("交付客戶，保修開始"), _note, is_key=True),
}
