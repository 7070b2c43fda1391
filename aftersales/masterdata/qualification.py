"""Whether an outside carrier may carry our goods on a day, and what it lacks since when (3.1.2, 3.2.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from aftersales.masterdata.models import Carrier, CarrierAgreement, CarrierVerification

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lack:
    """What a carrier lacks, as a sentence, and the first day of it where one can be told."""

    sentence: str
    since: date | None = None


@dataclass(frozen=True)
class Standing:
    """How a carrier stands on a day: the papers that count, what is missing in sentences, the
    first day of that, and, where nothing is, the last day on which its papers allow it."""

    agreement: CarrierAgreement | None
    verification: CarrierVerification | None
    lacks: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    @property
    def is_qualified(self) -> bool:
        return not self.lacks


def standing(carrier: Carrier, on: date) -> Standing:
    """The agreement in force that lasts longest and the last verification on a local day.

    Reads `agreements` and `verifications` whole, so that a list can prefetch them.
    """
    agreements = list(carrier.agreements.all())
    agreement = max(
        (each for each in agreements if _binds(each, on)),
        key=lambda each: (each.valid_until, each.pk),
        default=None,
    )
    verification = max(
        (each for each in carrier.verifications.all() if each.verified_on <= on),
        key=lambda each: (each.verified_on, each.pk),
        default=None,
    )
    lacks = [] if carrier.is_active else [Lack(_("已停用"))]
    if agreement is None:
        lacks.append(_without_agreement(agreements, on))
    if lack := _unverified(verification, on):
        lacks.append(lack)
    known = [lack.since for lack in lacks if lack.since]
    return Standing(
        agreement,
        verification,
        tuple(lack.sentence for lack in lacks),
        since=min(known) if known and len(known) == len(lacks) else None,
        until=None if lacks else min(_covered_until(agreements, on), verification.expires_on),
    )


def refusal(carrier: Carrier, on: date) -> str:
    """Why the carrier cannot be chosen for this local day; empty where it can."""
    lacks = standing(carrier, on).lacks
    if not lacks:
        return ""
    facts = {"carrier": carrier.name, "on": on, "lacks": "；".join(lacks)}
    return (
        _("%(carrier)s 在 %(on)s 不能承運：%(lacks)s。請先補齊，或改選其他承運商（3.1.2）") % facts
    )


def _binds(agreement: CarrierAgreement, on: date) -> bool:
    return agreement.valid_from <= on <= agreement.last_day


def _covered_until(agreements: Iterable[CarrierAgreement], on: date) -> date:
    """The last day that the agreements of a carrier cover without a gap, beginning with this."""
    covered = on
    for agreement in sorted(agreements, key=lambda each: each.valid_from):
        if agreement.valid_from <= covered + DAY:
            covered = max(covered, agreement.last_day)
    return covered


def _without_agreement(agreements: Iterable[CarrierAgreement], on: date) -> Lack:
    """What became of the last agreement, and since when."""
    last = max(
        (each for each in agreements if each.valid_from <= on),
        key=lambda each: (each.last_day, each.pk),
        default=None,
    )
    if last is None:
        coming = min(agreements, key=lambda each: each.valid_from, default=None)
        if coming is None:
            return Lack(_("沒有登記承運協議"))
        facts = {"number": coming.number, "on": coming.valid_from}
        return Lack(_("承運協議 %(number)s 自 %(on)s 才生效") % facts)
    if last.last_day < last.valid_until:
        words, ended_on = (
            _("承運協議 %(number)s 已於 %(on)s 提前終止，至今 %(days)d 天"),
            last.terminated_on,
        )
    else:
        words, ended_on = (
            _("承運協議 %(number)s 已於 %(on)s 到期，過期 %(days)d 天"),
            last.valid_until,
        )
    facts = {"number": last.number, "on": ended_on, "days": (on - ended_on).days}
    return Lack(words % facts, last.last_day + DAY)


def _unverified(last: CarrierVerification | None, on: date) -> Lack | None:
    if last is None:
        return Lack(_("沒有運輸質量保證能力的驗證"))
    if last.verdict != CarrierVerification.Verdict.ABLE:
        words = _("%(on)s 的能力驗證結論為不合格") % {"on": last.verified_on}
        return Lack(words, last.verified_on)
    if last.expires_on < on:
        words = _("能力驗證已於 %(on)s 到期，過期 %(days)d 天")
        facts = {"on": last.expires_on, "days": (on - last.expires_on).days}
        return Lack(words % facts, last.expires_on + DAY)
    return None
