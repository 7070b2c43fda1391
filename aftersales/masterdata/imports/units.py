"""A list of units delivered before this site: its columns, and how its rows meet those kept."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.changes import in_words
from aftersales.core.spreadsheets.cells import exact_code, prose
from aftersales.core.text import fold
from aftersales.masterdata import actions
from aftersales.masterdata.actions.units import SIGNED, warranty_end
from aftersales.masterdata.imports.cells import day
from aftersales.masterdata.imports.columns import Column
from aftersales.masterdata.imports.registers import Planned, Register
from aftersales.masterdata.models import Customer, Product, Unit

COLUMNS = (
    Column(
        "serial_no", _("序列號"),
        "序號 出廠編號 出廠號 機號 機身號 機台號 設備編號 產品序號 產品序列號 編號 s/n sn serial serial-number",
        exact_code,
    ),
    Column(
        "part_no", _("料號"),
        "料件編號 物料號 物料編號 物料編碼 品號 產品編號 產品編碼 產品代碼 item item-no part partno part-number material",
        exact_code,
    ),
    Column("customer_code", _("客戶代號"), "客戶編號 客戶編碼 客戶代碼 客編 customer-no customer-id", exact_code),
    Column(
        "customer", _("客戶"),
        "客戶名稱 用戶 用戶名稱 使用單位 顧客 購貨單位 單位名稱 customer-name end-user client company",
        prose,
    ),
    Column("lot_no", _("批號"), "批次 生產批號 lot batch batch-no", exact_code),
    Column(
        "delivered_on", _("交付日期"),
        "發貨日期 出貨日期 送貨日期 交貨日期 到貨日期 收貨日期 出廠日期 購買日期 日期 delivery-date ship-date delivered",
        day,
    ),
    Column(
        "delivery_ref", _("發貨單與行次"),
        "發貨單號 出貨單號 送貨單號 單號 原單號 delivery-no delivery-note note-no",
        prose,
    ),
    Column("warranty_from", _("保修起"), "保修起日 保修開始 保修開始日期 保固起 質保起 warranty-start", day),
    Column(
        "warranty_until", _("保修迄"),
        "保修到期 保修到期日 保修截止 保修至 保固到期 保固到期日 保固至 質保到期 質保期至 保修迄日 保修結束 "
        "warranty-end warranty-expiry",
        day,
    ),
    Column("product_name", _("品名"), "產品名稱 產品 規格 型號 規格型號 名稱 product model spec name"),
    Column("source", _("來源"), ""),
    Column("no", _("項次"), "行號 項目 seq index"),
)  # fmt: skip


class UnitRegister(Register):
    """Found by product and serial number; product and customer are those of the master data."""

    kind, title, model = "unit", _("已交付設備"), Unit
    columns = COLUMNS
    needs = (("serial_no",), ("part_no",))

    def prepare(self, rows: list[Planned]) -> None:
        self.products = {product.part_no: product for product in Product.objects.all()}
        folded: dict[str, list[Product]] = {}
        for product in self.products.values():
            folded.setdefault(fold(product.part_no), []).append(product)
        self.alike = {text: found[0] for text, found in folded.items() if len(found) == 1}
        self.customers: dict[str, set[Customer]] = {}
        for customer in Customer.objects.all():
            names = (customer.code, customer.name, customer.name_simplified, customer.short_name)
            for name in {fold(name) for name in names if name}:
                self.customers.setdefault(name, set()).add(customer)
        serials = [row.facts["serial_no"] for row in rows if "serial_no" in row.facts]
        self.kept = {(unit.product_id, unit.serial_no): unit for unit in _kept(serials)}

    def resolve(self, facts: dict, say) -> None:
        if part_no := facts.pop("part_no", None):
            product = self.products.get(part_no) or self.alike.get(fold(part_no))
            if product:
                facts["product"] = product
            else:
                words = _t("產品主檔裡沒有料號「%(text)s」，請更正，或先匯入產品")
                say("part_no", "unknown_part", words % {"text": part_no[:40]})
        found = [
            (name, self._customer(name, facts.pop(name), say))
            for name in ("customer_code", "customer")
            if name in facts
        ]
        found = [(name, customer) for name, customer in found if customer]
        if len({customer.pk for _name, customer in found}) > 1:
            words = _t("代號是 %(code)s %(coded)s，與這一欄的 %(named)s 不是同一家")
            coded, named = found[0][1], found[1][1]
            say("customer", "mixed_customer", words % {
                "code": coded.code, "coded": coded.name, "named": named.name
            })  # fmt: skip
        elif found:
            facts["customer"] = found[0][1]

    def _customer(self, name: str, text: str, say) -> Customer | None:
        found = self.customers.get(fold(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            codes = "、".join(sorted(customer.code for customer in found))
            words = _t("「%(text)s」有 %(codes)s 幾家，請填客戶代號")
            say(name, "ambiguous_customer", words % {"text": text[:40], "codes": codes})
        else:
            words = _t("客戶主檔裡沒有「%(text)s」，請更正，或先匯入客戶")
            say(name, "unknown_customer", words % {"text": text[:40]})
        return None

    def key(self, facts: dict) -> tuple:
        product = facts.get("product")
        return (product.pk if product else None, facts.get("serial_no", ""))

    def find(self, facts: dict) -> Unit | None:
        return self.kept.get(self.key(facts))

    def refusals(self, row: Planned) -> list[tuple[str, str, str]]:
        unit, facts, said = row.existing, row.facts, []
        if unit is None:
            wanted = {"customer": _t("客戶"), "delivered_on": _t("交付日期")}
            missing = [name for name in wanted if name not in facts]
            words = _t("請填%(field)s")
            said = [
                (name, "required", words % {"field": wanted[name]})
                for name in missing
                if name != "customer" or "customer_code" not in row.failed
            ]
            if "delivered_on" in missing:
                return said
        elif unit.is_from_a_note:
            words = _t("發貨單 %(ref)s 已交付這台，客戶簽收的是 %(value)s，不能改")
            return [
                (name, "signed", words % {
                    "ref": unit.delivery_ref, "value": in_words(unit, name) or "—"
                })
                for name in SIGNED
                if name in facts
            ]  # fmt: skip
        starts_on, ends_on = _warranty(row)
        if ends_on < starts_on:
            words = _t("保修迄日 %(end)s 早於保修起日 %(start)s，請更正其中一個")
            said.append(
                ("warranty_until", "not_in_order", words % {"end": ends_on, "start": starts_on})
            )
        return said

    def name(self, row: Planned) -> str:
        return row.existing.serial_no if row.existing else row.facts.get("serial_no", "")

    def about(self, row: Planned) -> str:
        product = row.existing.product if row.existing else row.facts.get("product")
        words = str(product or "")
        if row.existing is None and product and "delivered_on" in row.facts:
            words = _t("%(product)s，保修至 %(day)s") % {"product": words, "day": _warranty(row)[1]}
        return words

    def create(self, facts: dict, *, actor, now) -> Unit:
        return actions.create_unit(actor=actor, now=now, **facts)

    def edit(self, row: Planned, *, actor, now) -> Unit:
        return actions.edit_unit(row.existing, actor=actor, now=now, **row.facts)

    def _filled_in(self) -> set[str]:
        return {"delivered_on", "warranty_from", "warranty_until"}


def _warranty(row: Planned) -> tuple:
    """The first and the last day as they would be stored."""
    facts, unit = row.facts, row.existing
    if unit:
        return (
            facts.get("warranty_from", unit.warranty_from),
            facts.get("warranty_until", unit.warranty_until),
        )
    starts_on = facts.get("warranty_from") or facts["delivered_on"]
    months = facts["product"].warranty_months if "product" in facts else 0
    return starts_on, facts.get("warranty_until") or warranty_end(starts_on, months)


def _kept(serials: list[str]):
    """The units with these serial numbers, a few hundred at a time."""
    rows = Unit.objects.select_related("product", "customer")
    for start in range(0, len(serials), 500):
        yield from rows.filter(serial_no__in=serials[start : start + 500])
