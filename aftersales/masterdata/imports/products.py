"""A list of products: its columns, and how its rows meet the products that are kept."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.registers.columns import Column
from aftersales.core.registers.keyed import KeyedRegister
from aftersales.core.registers.register import Order, Planned, Remarks
from aftersales.core.spreadsheets.cells import exact_code, prose, truth
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import fold
from aftersales.masterdata import actions
from aftersales.masterdata.actions.products import PERMISSION
from aftersales.masterdata.actions.registers import create_products
from aftersales.masterdata.imports.cells import months
from aftersales.masterdata.imports.references import References
from aftersales.masterdata.models import Product

_ORIGINS = {
    Product.Origin.OWN: "自製 自产 自產 自制 own make made",
    Product.Origin.BOUGHT_IN: "外購 外購件 採購 采購 外协 外協 buy bought bought-in purchased",
}


def origin(cell: Cell) -> str:
    """自製 or 外購. Raises CellProblem "not_a_choice"."""
    text = fold(prose(cell))
    for value, words in _ORIGINS.items():
        if text in {fold(word) for word in (*words.split(), value)}:
            return value
    message = _t("「%(value)s」不是來源，請寫「自製」或「外購」")
    raise CellProblem("not_a_choice", message % {"value": prose(cell)[:40]})


COLUMNS = (
    Column(
        "part_no", _("料號"),
        "料件編號 物料號 物料編號 物料編碼 物料代碼 品號 產品編號 產品編碼 產品代碼 存貨編碼 貨號 編碼 代碼 item item-no "
        "part partno part-number material material-no product-code sku",
        exact_code,
    ),
    Column(
        "name", _("品名"),
        "名稱 產品名稱 物料名稱 產品 存貨名稱 商品名稱 貨品名稱 product product-name item-name description",
        prose,
    ),
    Column(
        "spec", _("規格型號"),
        "規格 型號 型號規格 產品規格 產品型號 specification model model-no",
        prose,
    ),
    Column("family", _("產品族"), "產品類別 類別 分類 產品分類 產品系列 系列 產品線 category series", prose),
    Column("uom", _("單位"), "計量單位 數量單位 unit units unit-of-measure", prose),
    Column("origin", _("來源"), "自製外購 自製/外購 供應方式 取得方式 make-or-buy", origin),
    Column(
        "warranty_months", _("保修月數"),
        "保修期 保修 保固月數 保固期 保固 質保期 質保 質保月數 保修(月) 保修月 保修期限 warranty warranty-month",
        months,
    ),
    Column("is_serialised", _("逐台序列號"), "序列號管理 序號管理 逐台編號 serialised serialized", truth),
    Column("remark", _("備註"), "備注 說明 附註 remarks note notes memo", prose),
    Column(
        "supplier", _("供應商"), "供貨商 供應商名稱 供應商代號 廠商 vendor vendor-name supplier-name supplier-code",
        prose, longest=120,
    ),
    Column("is_active", _("使用中"), "狀態 status"),
    Column("no", _("序號"), "項次 行號 項目 seq index"),
)  # fmt: skip


class ProductRegister(KeyedRegister):
    """Found by part number; the supplier is one of the master data."""

    name, kind, title, model = "products", "product", _("產品"), Product
    permission = PERMISSION
    columns = COLUMNS
    needs = (("part_no",),)
    refers_to = (_("供應商"),)
    loose = frozenset({"name", "family", "uom", "remark"})

    def __init__(self) -> None:
        self.references = References(self, "supplier")

    def begin(self) -> None:
        self.references.begin()

    def missing(self) -> dict[str, int]:
        return self.references.missing()

    def prepare(self, rows: list[Planned]) -> None:
        numbers = [row.facts["part_no"] for row in rows if "part_no" in row.facts]
        found = Product.objects.filter(part_no__in=numbers).select_related("supplier")
        self.kept = {product.part_no: product for product in found}

    def resolve(self, row: Planned, remarks: Remarks) -> None:
        """What has a supplier is bought in (4.8), even where the list does not say so."""
        if not row.wanted.pop("supplier", None):
            return
        if row.wanted.setdefault("origin", Product.Origin.BOUGHT_IN) == Product.Origin.OWN:
            message = _t("自製產品沒有供應商；請把來源改為外購，或清空供應商（4.8）")
            remarks.error(row, "supplier", "invalid", message)
        elif found := self.references.supplier(row, remarks):
            row.wanted["supplier"] = found

    def key(self, wanted: dict) -> tuple:
        return ("part_no", wanted.get("part_no", ""))

    def find(self, wanted: dict) -> Product | None:
        return self.kept.get(wanted.get("part_no"))

    def name_of(self, row: Planned) -> str:
        name, spec = row.facts.get("name", ""), row.facts.get("spec", "")
        return str(row.existing or Product(name=name, spec=spec))

    def about(self, row: Planned) -> str:
        return row.existing.part_no if row.existing else row.facts.get("part_no", "")

    def before_writing(self, rows: list[Planned], order: Order) -> None:
        if self.create_missing:
            self.references.create(rows, order)

    def create(self, rows: list[Planned], order: Order) -> None:
        create_products([row.wanted for row in rows], actor=order.actor, now=order.now)

    def edit(self, row: Planned, order: Order) -> None:
        actions.edit_product(row.existing, actor=order.actor, now=order.now, **row.wanted)

    def filled_in(self) -> set[str]:
        return {"uom", "origin", "warranty_months", "is_serialised"}
