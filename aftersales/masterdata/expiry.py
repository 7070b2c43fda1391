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


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: `rows(on)` are those that count on a day, each with `until`, its last day;
    `permission` is that of whoever renews it, on the page `renewal(row)` names."""

    code: str
    label: str
    clause: str
    permission: str
    model: type[Model]
    rows: Callable[[date], QuerySet]
    related: tuple[str, ...]
    whose: Callable[[Model], str]
    verb: str
    renewal: Callable[[Model], tuple[str, int]]
    overdue: str  # how being past the day is called, with the time
    keeper: str  # the permission of those who are told that it ends
    advice: str  # what to do, with paper, whose, until


def _scope_page(scope: ServiceScope) -> tuple[str, int]:
    if scope.contract_id:
        return "contract_scope_create", scope.contract_id
    return "product_scope_create", scope.product_id


KINDS = {
    kind.code: kind
    for kind in (
        PaperKind(
            "agreement", _("承運協議"), "3.1.2", "masterdata.edit_carrier",
            CarrierAgreement, CarrierAgreement.objects.unreplaced, ("carrier",), lambda row: row.carrier.name,
            _("續簽承運協議"), lambda row: ("agreement_create", row.carrier_id),
            _("過期 %(span)s"), "masterdata.edit_carrier",
            _("%(whose)s 的承運協議 %(paper)s 到 %(until)s 為止。沒有有效協議的承運商不能選；請簽新的協議並登記。"),
        ),
        PaperKind(
            "verification", _("能力驗證"), "3.2.2", "masterdata.verify_carrier",
            CarrierVerification, CarrierVerification.objects.unreplaced, ("carrier", "verified_by"), lambda row: row.carrier.name,
            _("重新驗證承運商"), lambda row: ("verification_create", row.carrier_id),
            _("過期 %(span)s"), "masterdata.edit_carrier",
            _("%(whose)s 的質量保證能力驗證到 %(until)s 為止。驗證過期的承運商不能選；請業務員重新驗證。"),
        ),
        PaperKind(
            "contract", _("合同"), "3.3.3", "masterdata.edit_contract",
            Contract, Contract.objects.not_lapsed, ("customer",), lambda row: row.customer.name,
            _("續簽合同"), lambda row: ("contract_edit", row.pk), _("過期 %(span)s"),
            "masterdata.edit_contract",
            _("%(whose)s 的合同 %(paper)s 到 %(until)s 為止。續簽就改到期日或登記新的合同。"),
        ),
        PaperKind(
            "review", _("服務範圍評審"), "2.5", "masterdata.decide_scope", ServiceScope,
            lambda on: ServiceScope.objects.current().annotate(until=F("review_on")),
            ("contract__customer", "product", "decided_by"), lambda row: row.about, _("重新評定服務範圍"),
            _scope_page, _("逾期 %(span)s"), "masterdata.decide_scope",
            _("%(whose)s 的服務範圍應在 %(until)s 重新評審；請按五項重新評定。"),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One paper with the last day on which it holds."""

    kind: PaperKind
    row: Model
    until: date

    @property
    def name(self) -> str:
        return str(self.row)

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
