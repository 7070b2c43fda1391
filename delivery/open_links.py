"""The open links of a note for its pages: address, QR and expiry, for those who may hand them out."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from aftersales.core import pdf, public_links
from delivery.actions.dispatching import LOAD, MAY_RENEW, OPEN_STATES, RECEIVE
from delivery.models import ShippingNote

URL_NAMES = {LOAD: "public_load", RECEIVE: "public_receive"}
RENEW_NAMES = {LOAD: "shippingnote_renew_load_link", RECEIVE: "shippingnote_renew_receive_link"}
# Who stands at the vehicle with the driver, or follows the delivery.
MAY_SHOW = {
    LOAD: ("delivery.issue_shippingnote", "delivery.dispatch_shippingnote"),
    RECEIVE: ("delivery.record_receipt",),
}


@dataclass(frozen=True)
class Door:
    """A link as components of a page show it; `address` is empty where none is open."""

    purpose: str
    label: str
    hint: str
    address: str
    qr: str
    expires_at: datetime | None
    renew_url_name: str
    may_renew: bool


def of(note: ShippingNote, user, *, now: datetime) -> list[Door]:
    """The link that belongs to where the note stands, for this user; none before and after."""
    return [
        door(note, purpose, user, now=now)
        for purpose, states in OPEN_STATES.items()
        if note.state in states and may_show(note, purpose, user)
    ]


def may_show(note: ShippingNote, purpose: str, user) -> bool:
    """Whether the user hands out this link; goods that the customer fetches have none (3.2.1)."""
    return not note.is_pickup and any(map(user.has_perm, MAY_SHOW[purpose]))


def door(note: ShippingNote, purpose: str, user, *, now: datetime) -> Door:
    labels = {LOAD: _("司機點數簽收"), RECEIVE: _("客戶收貨簽收")}
    hints = {
        LOAD: _("司機用手機掃碼，逐行點數並簽名；有一行不符就不能發車。"),
        RECEIVE: _("到貨時客戶掃碼，逐行核對實收數量並簽名；司機簽收後的頁面也有。"),
    }
    link = public_links.current_link(note, purpose, now=now)
    address = public_links.address_of(link, URL_NAMES[purpose]) if link else ""
    return Door(
        purpose,
        labels[purpose],
        hints[purpose],
        address,
        pdf.qr_svg(address) if address else "",
        link.expires_at if link else None,
        RENEW_NAMES[purpose],
        user.has_perm(MAY_RENEW[purpose]),
    )
