"""What a register of shipments holds, and how its figures are read."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.registers.columns import Column
from aftersales.core.spreadsheets.cells import exact_code, number, plain_number, prose
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem

_STEP, _PRICE_STEP = Decimal("0.001"), Decimal("0.0001")
_MOST_QUANTITY, _MOST_PRICE = Decimal(10**9), Decimal(10**10)


def quantity(cell: Cell) -> Decimal:
    """More than nothing, to the thousandth. Raises CellProblem."""
    value = number(cell)[0]
    shown = {"value": plain_number(value)}
    if value <= 0:
        message = _t("數量是 %(value)s，要大於 0；退回的貨請走退貨單")
        raise CellProblem("not_positive", message % shown)
    if value >= _MOST_QUANTITY or value != value.quantize(_STEP):
        message = _t("數量 %(value)s 超出範圍：最多三位小數，小於十億")
        raise CellProblem("out_of_range", message % shown)
    return value


def price(cell: Cell) -> Decimal:
    """Nothing or more, to the hundredth of a cent. Raises CellProblem."""
    value = number(cell)[0]
    shown = {"value": plain_number(value)}
    if value < 0:
        message = _t("%(value)s 不能小於 0；折讓請另開單據")
        raise CellProblem("not_positive", message % shown)
    if value >= _MOST_PRICE:
        raise CellProblem("out_of_range", _t("%(value)s 超出範圍") % shown)
    return value.quantize(_PRICE_STEP, ROUND_HALF_UP)


def serials(cell: Cell) -> str:
    """One serial number or several, as they stand there. Raises CellProblem "lost_digits"."""
    return prose(cell) if isinstance(cell.value, str) else exact_code(cell)


COLUMNS = (
    Column(
        "external_no", _("單號"),
        "發貨單號 出貨單號 送貨單號 出庫單號 銷貨單號 單據號 單據編號 單據號碼 發貨單 送貨單 出庫單 原單號 external-no "
        "delivery-no delivery-note note-no shipment-no document-no doc-no",
        exact_code, longest=60,
    ),
    Column(
        "date", _("發貨日期"),
        "出貨日期 出貨日 發貨日 出庫日期 送貨日期 交貨日期 日期 單據日期 開單日期 ship-date shipping-date delivery-date "
        "posting-date",
        is_day=True,
    ),
    Column(
        "customer_code", _("客戶代號"),
        "客戶編號 客戶編碼 客戶代碼 客編 購貨單位編碼 customer-code customer-no customer-id", exact_code, longest=40,
    ),
    Column(
        "customer", _("客戶"),
        "客戶名稱 顧客 顧客名稱 購貨單位 收貨單位 往來單位 單位名稱 用戶 用戶名稱 customer-name client company",
        prose, longest=120,
    ),
    Column(
        "part_no", _("料號"),
        "料件編號 物料號 物料編號 物料編碼 物料代碼 品號 產品編號 產品編碼 產品代碼 存貨編碼 貨號 item item-no part partno "
        "part-number material material-no product-code sku",
        exact_code, longest=60,
    ),
    Column(
        "name", _("品名"),
        "名稱 產品名稱 物料名稱 產品 存貨名稱 商品名稱 貨品名稱 品名規格 product product-name item-name description",
        prose, longest=120,
    ),
    Column("spec", _("規格型號"), "規格 型號 型號規格 產品規格 產品型號 specification model", prose, longest=160),
    Column(
        "family", _("產品族"), "產品類別 類別 分類 產品分類 產品系列 系列 產品線 category series", prose, longest=60
    ),
    Column("uom", _("單位"), "計量單位 unit units unit-of-measure", prose, longest=20),
    Column(
        "quantity", _("數量"),
        "實發數量 實發數 發貨數量 出貨數量 出庫數量 送貨數量 實收數量 數量 台數 件數 quantity-shipped shipped qty",
        quantity, is_summed=True,
    ),
    Column(
        "unit_price", _("單價"), "含稅單價 不含稅單價 銷售單價 price unit-price price-each", price
    ),
    Column(
        "serial_no", _("序列號"),
        "序號 出廠編號 出廠號 機號 機身號 產品序號 產品序列號 s/n sn serial serial-number serial-nos", serials,
    ),
    Column("lot_no", _("批號"), "批次 生產批號 lot batch batch-no", exact_code, longest=60),
    Column("remark", _("備註"), "備注 說明 附註 摘要 remarks note notes memo", prose, longest=300),
    Column(
        "amount", _("金額"), "價稅合計 總金額 含稅金額 銷售金額 amount total-amount",
        note=_("金額由數量與單價算出，沒有匯入"),
    ),
    Column("line_no", _("行號"), "項次 項目 行次 no. seq index line"),
)  # fmt: skip
