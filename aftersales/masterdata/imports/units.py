"""A list of units delivered before this site: its columns, and how its rows meet those kept."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.changes import in_words
from aftersales.core.registers.columns import Column
from aftersales.core.registers.keyed import KeyedRegister
from aftersales.core.registers.register import Order, Planned, Remarks
from aftersales.core.spreadsheets.cells import exact_code, prose
from aftersales.masterdata import actions
from aftersales.masterdata.actions.registers import WarrantyMonths, create_units
from aftersales.masterdata.actions.units import PERMISSION, SIGNED, warranty_end
from aftersales.masterdata.imports.references import References
from aftersales.masterdata.models import Unit

COLUMNS = (
    Column(
        "serial_no", _("序列號"),
        "序號 出廠編號 出廠號 機號 機身號 機台號 設備編號 產品序號 產品序列號 編號 s/n sn serial serial-number",
        exact_code,
    ),
    Column(
        "part_no", _("料號"),
        "料件編號 物料號 物料編號 物料編碼 品號 產品編號 產品編碼 產品代碼 item item-no part partno part-number material",
        exact_code, longest=60,
    ),
    Column("customer_code", _("客戶代號"), "客戶編號 客戶編碼 客戶代碼 客編 customer-no customer-id", exact_code, longest=40),
    Column(
        "customer", _("客戶"),
        "客戶名稱 用戶 用戶名稱 使用單位 顧客 購貨單位 單位名稱 customer-name end-user client company",
        prose, longest=120,
    ),
    Column("lot_no", _("批號"), "批次 生產批號 lot batch batch-no", exact_code),
    Column(
        "delivered_on", _("交付日期"),
        "發貨日期 出貨日期 送貨日期 交貨日期 到貨日期 收貨日期 出廠日期 購買日期 日期 delivery-date ship-date delivered",
        is_day=True,
    ),
    Column(
        "delivery_ref", _("發貨單與行次"),
        "發貨單號 出貨單號 送貨單號 單號 原單號 delivery-no delivery-note note-no",
        prose,
    ),
    Column("warranty_from", _("保修起"), "保修起日 保修開始 保修開始日期 保固起 質保起 warranty-start", is_day=True),
    Column(
        "warranty_until", _("保修迄"),
        "保修到期 保修到期日 保修截止 保修至 保固到期 保固到期日 保固至 質保到期 質保期至 保修迄日 保修結束 "
        "warranty-end warranty-expiry",
        is_day=True,
    ),
    Column("product_name", _("品名"), "產品名稱 產品 規格 型號 規格型號 名稱 product model spec name"),
    Column("source", _("來源"), ""),
    Column("no", _("項次"), "行號 項目 seq index"),
)  # fmt: skip


class UnitRegister(KeyedRegister):
    """Found by product and serial number; product and customer are those of the master data."""

    name, kind, title, model = "units", "unit", _("已交付設備"), Unit
    permission = PERMISSION
    columns = COLUMNS
    needs = (("serial_no",), ("part_no",))
    refers_to = (_("客戶"), _("產品"))

    def __init__(self) -> None:
        self.references = References(self, "customer", "part")
        self.months = WarrantyMonths()

    def begin(self) -> None:
        self.references.begin()

    def missing(self) -> dict[str, int]:
        return self.references.missing()

    def before_writing(self, rows: list[Planned], order: Order) -> None:
        if self.create_missing:
            self.references.create(rows, order)

    def prepare(self, rows: list[Planned]) -> None:
        serials = [row.facts["serial_no"] for row in rows if "serial_no" in row.facts]
        found = Unit.objects.delivered().filter(serial_no__in=serials)
        found = found.select_related("product", "customer")
        self.kept = {(unit.product_id, unit.serial_no): unit for unit in found}

    def resolve(self, row: Planned, remarks: Remarks) -> None:
        row.wanted.pop("part_no", None)
        row.wanted.pop("customer_code", None)
        row.wanted.pop("customer", None)
        if product := self.references.part(row, remarks):
            row.wanted["product"] = product
        if customer := self.references.customer(row, remarks):
            row.wanted["customer"] = customer

    def key(self, wanted: dict) -> tuple:
        product = wanted["product"]
        return (product.pk or product.part_no, wanted.get("serial_no", ""))

    def find(self, wanted: dict) -> Unit | None:
        return self.kept.get(self.key(wanted))

    def refusals(self, row: Planned) -> list[tuple[str, str, str]]:
        unit, facts, said = row.existing, row.wanted, []
        if unit is None:
            said = self._missing(row)
            if "delivered_on" not in facts:
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
        starts_on, ends_on = self._warranty(row)
        if ends_on < starts_on:
            words = _t("保修迄日 %(end)s 早於保修起日 %(start)s，請更正其中一個")
            said.append(
                ("warranty_until", "not_in_order", words % {"end": ends_on, "start": starts_on})
            )
        return said

    def _missing(self, row: Planned) -> list[tuple[str, str, str]]:
        """What a new unit cannot do without; what could not be read has been told."""
        wanted = {"customer": _t("客戶"), "delivered_on": _t("交付日期")}
        words = _t("請填%(field)s")
        return [
            (name, "required", words % {"field": label})
            for name, label in wanted.items()
            if name not in row.wanted and not (name == "customer" and "customer_code" in row.failed)
        ]

    def name_of(self, row: Planned) -> str:
        return row.existing.serial_no if row.existing else row.facts.get("serial_no", "")

    def about(self, row: Planned) -> str:
        product = row.existing.product if row.existing else row.wanted.get("product")
        words = str(product or "")
        if row.existing is None and product and "delivered_on" in row.wanted:
            ends_on = self._warranty(row)[1]
            words = _t("%(product)s，保修至 %(day)s") % {"product": words, "day": ends_on}
        return words

    def _warranty(self, row: Planned) -> tuple:
        """The first and the last day as they would be stored."""
        facts, unit = row.wanted, row.existing
        if unit:
            return (
                facts.get("warranty_from", unit.warranty_from),
                facts.get("warranty_until", unit.warranty_until),
            )
        starts_on = facts.get("warranty_from") or facts["delivered_on"]
        ends_on = facts.get("warranty_until")
        return starts_on, ends_on or warranty_end(starts_on, self.months.of(facts["product"]))

    def create(self, rows: list[Planned], order: Order) -> None:
        made = [Unit(**row.wanted) for row in rows]
        create_units(made, actor=order.actor, now=order.now, months=self.months)

    def edit(self, row: Planned, order: Order) -> None:
        actions.edit_unit(row.existing, actor=order.actor, now=order.now, **row.wanted)

    def filled_in(self) -> set[str]:
        return {"delivered_on", "warranty_from", "warranty_until"}
