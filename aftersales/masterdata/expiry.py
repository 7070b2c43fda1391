"""Papers that end on a day: agreements and verifications of carriers, contracts, reviews of scopes.

A paper counts until a newer one takes its place: an agreement that lasts longer, a later
verification, a new assessment (2.5, 3.1.2, 3.2.2, 3.3.3).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, Model, QuerySet, Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata.models import (
    CarrierAgreement,
    CarrierVerification,
    Contract,
    ServiceScope,
)
from aftersales.masterdata.warranty import span_in_words

SOON = 30  # days before the end from which a paper waits to be renewed


def _whose_carrier(row: CarrierAgreement | CarrierVerification) -> str:
    return row.carrier.name


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of paper: `rows(on)` are those that count on a day, each with `until`, its last day.

    `permission` is that of whoever renews it, on the page that `renewal(row)` names by its route
    and key; `keeper` that of those who are told that it ends, with `advice` on what to do.
    """

    code: str
    label: str
    clause: str
    model: type[Model]
    rows: Callable[[date], QuerySet]
    related: tuple[str, ...]
    name: Callable[[Model], str] = str
    whose: Callable[[Model], str]
    permission: str
    verb: str
    renewal: Callable[[Model], tuple[str, int]]
    keeper: str
    advice: str
    overdue: str = _("過期 %(span)s")


AGREEMENT = PaperKind(
    code="agreement",
    label=_("承運協議"),
    clause="3.1.2",
    model=CarrierAgreement,
    rows=CarrierAgreement.objects.unreplaced,
    related=("carrier",),
    whose=_whose_carrier,
    permission="masterdata.edit_carrier",
    verb=_("續簽承運協議"),
    renewal=lambda row: ("agreement_create", row.carrier_id),
    keeper="masterdata.edit_carrier",
    advice=_(
        "%(whose)s 的承運協議 %(paper)s 到 %(until)s 為止。沒有有效協議的承運商不能選；請簽新的協議並登記。"
    ),
)
VERIFICATION = PaperKind(
    code="verification",
    label=_("能力驗證"),
    clause="3.2.2",
    model=CarrierVerification,
    rows=CarrierVerification.objects.unreplaced,
    related=("carrier", "verified_by"),
    whose=_whose_carrier,
    permission="masterdata.verify_carrier",
    verb=_("重新驗證承運商"),
    renewal=lambda row: ("verification_create", row.carrier_id),
    keeper="masterdata.edit_carrier",
    advice=_(
        "%(whose)s 的質量保證能力驗證到 %(until)s 為止。驗證過期的承運商不能選；請業務員重新驗證。"
    ),
)
CONTRACT = PaperKind(
    code="contract",
    label=_("合同"),
    clause="3.3.3",
    model=Contract,
    rows=Contract.objects.not_lapsed,
    related=("customer",),
    whose=lambda row: row.customer.name,
    permission="masterdata.edit_contract",
    verb=_("續簽合同"),
    renewal=lambda row: ("contract_edit", row.pk),
    keeper="masterdata.edit_contract",
    advice=_("%(whose)s 的合同 %(paper)s 到 %(until)s 為止。續簽就改到期日或登記新的合同。"),
)
REVIEW = PaperKind(
    code="review",
    label=_("服務範圍評審"),
    clause="2.5",
    model=ServiceScope,
    rows=lambda on: ServiceScope.objects.current().annotate(until=F("review_on")),
    related=("contract__customer", "product", "decided_by"),
    name=lambda row: row.subject_no,
    whose=lambda row: row.about,
    permission="masterdata.decide_scope",
    verb=_("重新評定"),
    renewal=lambda row: (
        ("contract_scope_create", row.contract_id)
        if row.contract_id
        else ("product_scope_create", row.product_id)
    ),
    keeper="masterdata.decide_scope",
    advice=_("%(whose)s 的服務範圍應在 %(until)s 重新評審；請按五項重新評定。"),
    overdue=_("逾期 %(span)s"),
)
KINDS = {kind.code: kind for kind in (AGREEMENT, VERIFICATION, CONTRACT, REVIEW)}


@dataclass(frozen=True)
class Paper:
    """One paper with the last day on which it holds."""

    kind: PaperKind
    row: Model
    until: date

    @property
    def name(self) -> str:
        return self.kind.name(self.row)

    @property
    def whose(self) -> str:
        return self.kind.whose(self.row)

    @property
    def url(self) -> str:
        return self.row.get_absolute_url()

    def days_left(self, on: date) -> int:
        """Negative once it is over; the last day is still within."""
        return (self.until - on).days

    def age(self, on: date) -> str:
        """What is left or gone by, in words."""
        if self.until == on:
            return _t("今天到期")
        if self.until < on:
            return str(self.kind.overdue) % {"span": span_in_words(self.until, on)}
        return _t("剩 %(span)s") % {"span": span_in_words(on, self.until)}

    def tone(self, on: date) -> str:
        left = self.days_left(on)
        if left < 0:
            return "late"
        return "wait" if left <= SOON else "done"


def entries(on: date, codes: Iterable[str] = tuple(KINDS), **until) -> QuerySet:
    """(kind, key, until) of what counts on a day, what is overdue longest first; `until` narrows
    by the last day, such as `lte=day`. `read` makes papers of a page of them."""
    condition = {f"until__{how}": day for how, day in until.items()}
    parts = [
        KINDS[code]
        .rows(on)
        .filter(**condition)
        .order_by()
        .annotate(kind=Value(code, output_field=CharField()))
        .values_list("kind", "pk", "until")
        for code in codes
    ]
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return found.order_by("until", "kind", "pk")


def read(found: Iterable[tuple[str, int, date]]) -> list[Paper]:
    """The papers of some entries, in their order, in one query for each kind."""
    found = list(found)
    rows = {
        code: kind.model.objects.select_related(*kind.related).in_bulk(
            [key for each, key, _until in found if each == code]
        )
        for code, kind in KINDS.items()
        if any(each == code for each, _key, _until in found)
    }
    return [Paper(KINDS[code], rows[code][key], until) for code, key, until in found]
