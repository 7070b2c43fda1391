"""The states of a shipping note, and how it is handed over."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The way of a shipping note from draft to closed (3.1, 3.2)."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待簽發")
    RELEASED = "released", _("已簽發")
    VERIFYING = "verifying", _("核對中")
    ADJUSTING = "adjusting", _("調整中")
    VERIFIED = "verified", _("核對一致")
    ISSUED = "issued", _("已出庫")
    IN_TRANSIT = "in_transit", _("運送中")
    DELIVERED = "delivered", _("已到貨")
    SIGNED = "signed", _("已簽收")
    CLOSED = "closed", _("已結單")
    WITHDRAWN = "withdrawn", _("已撤回")
    REFUSED = "refused", _("不予簽發")
    CANCELLED = "cancelled", _("作廢")


# Tone of the badge: draft, run, wait, late, done.
TONES = {
    State.DRAFT: "draft",
    State.SUBMITTED: "wait",
    State.ADJUSTING: "wait",
    State.DELIVERED: "wait",
    State.CLOSED: "done",
    State.WITHDRAWN: "draft",
    State.REFUSED: "draft",
    State.CANCELLED: "draft",
}
ENDED = (State.CLOSED, State.WITHDRAWN, State.REFUSED, State.CANCELLED)


class DeliveryMode(models.TextChoices):
    """交付方式 (3.2): chosen by feasibility and cost."""

    PICKUP = "pickup", _("顧客自提")
    OWN_FLEET = "own_fleet", _("公司車隊")
    CARRIER = "carrier", _("委託外部運輸")


class PickupBasis(models.TextChoices):
    """自提依據 (3.2.1): by contract or by agreement."""

    CONTRACT = "contract", _("合同約定")
    AGREEMENT = "agreement", _("雙方商定")


class Source(models.TextChoices):
    """Written here, or taken over from a register kept before this site."""

    WRITTEN = "written", _("本系統開立")
    REGISTER = "register", _("登記簿匯入")
