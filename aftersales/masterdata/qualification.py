"""Whether an outside carrier may carry our goods on a day, and what it lacks since when (3.1.2, 3.2.2)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from aftersales.masterdata.models import Carrier, CarrierAgreement, CarrierVerification


@dataclass(frozen=True)
class Standing:
    """How a carrier stands on a day: the papers that count, and what is missing in sentences."""

    agreement: CarrierAgreement | None
    verification: CarrierVerification | None
    lacks: tuple[str, ...]

    @property
    def is_qualified(self) -> bool:
        return not self.lacks


def standing(carrier: Carrier, on: date) -> Standing:
    """The agreement in force that lasts longest and the last verification on a local day."""
    agreement = carrier.agreements.in_force(on).order_by("-valid_until", "-pk").first()
    verification = (
        carrier.verifications.filter(verified_on__lte=on).order_by("-verified_on", "-pk").first()
    )
    lacks = []
    if not carrier.is_active:
        lacks.append(_("已停用"))
    if agreement is None:
        lacks.append(_without_agreement(carrier, on))
    if message := _unverified(verification, on):
        lacks.append(message)
    return Standing(agreement, verification, tuple(lacks))


def refusal(carrier: Carrier, on: date) -> str:
    """Why the carrier cannot be chosen for this local day; empty where it can."""
    lacks = standing(carrier, on).lacks
    if not lacks:
        return ""
    facts = {"carrier": carrier.name, "on": on, "lacks": "；".join(lacks)}
    return (
        _("%(carrier)s 在 %(on)s 不能承運：%(lacks)s。請先補齊，或改選其他承運商（3.1.2）") % facts
    )


def _without_agreement(carrier: Carrier, on: date) -> str:
    """What became of the last agreement, and since when."""
    last = carrier.agreements.filter(valid_from__lte=on).order_by("-valid_until", "-pk").first()
    if last is None:
        coming = carrier.agreements.filter(valid_from__gt=on).order_by("valid_from").first()
        if coming:
            return _("承運協議 %(number)s 自 %(on)s 才生效") % {
                "number": coming.number,
                "on": coming.valid_from,
            }
        return _("沒有登記承運協議")
    if last.terminated_on and last.terminated_on <= min(on, last.valid_until):
        return _("承運協議 %(number)s 已於 %(on)s 提前終止，至今 %(days)d 天") % {
            "number": last.number,
            "on": last.terminated_on,
            "days": (on - last.terminated_on).days,
        }
    return _("承運協議 %(number)s 已於 %(on)s 到期，過期 %(days)d 天") % {
        "number": last.number,
        "on": last.valid_until,
        "days": (on - last.valid_until).days,
    }


def _unverified(last: CarrierVerification | None, on: date) -> str:
    if last is None:
        return _("沒有運輸質量保證能力的驗證")
    if last.verdict != CarrierVerification.Verdict.ABLE:
        return _("%(on)s 的能力驗證結論為不合格") % {"on": last.verified_on}
    if last.expires_on < on:
        return _("能力驗證已於 %(on)s 到期，過期 %(days)d 天") % {
            "on": last.expires_on,
            "days": (on - last.expires_on).days,
        }
    return ""
