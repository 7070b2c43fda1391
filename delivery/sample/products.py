"""What the sample company makes and buys in."""

from datetime import datetime
from decimal import Decimal

from aftersales.masterdata import actions
from aftersales.masterdata.models import Product

_OWN, _BOUGHT = Product.Origin.OWN, Product.Origin.BOUGHT_IN
# part number, name, spec, family, unit, origin, warranty months, serialised, price
PRODUCTS = (
    ("P-100-2", "多級離心泵", "CDL32-50", "多級泵", "台", _OWN, 18, True, "8650"),
    ("P-100-3", "多級離心泵", "CDL32-30 7.5 kW 304", "多級泵", "台", _OWN, 18, True, "7280"),
    ("P-160-1", "多級離心泵", "CDL16-80", "多級泵", "台", _OWN, 18, True, "6940"),
    ("P-650-1", "多級離心泵", "CDL65-30", "多級泵", "台", _OWN, 18, True, "15800"),
    ("P-200-1", "單級循環泵", "TD80-22", "循環泵", "台", _OWN, 18, True, "3980"),
    ("P-200-2", "單級循環泵", "TD100-32", "循環泵", "台", _OWN, 18, True, "5260"),
    ("P-300-1", "潛水排污泵", "WQ15-10-1.5", "排污泵", "台", _OWN, 12, True, "1290"),
    ("P-300-2", "潛水排污泵", "WQ50-20-7.5", "排污泵", "台", _OWN, 12, True, "4350"),
    ("M-055-1", "電機", "YE4-160M 7.5kW", "電機", "台", _BOUGHT, 12, False, "3120"),
    ("M-110-1", "電機", "YE4-160M 11kW", "電機", "台", _BOUGHT, 12, False, "3860"),
    ("M-055-2", "電機", "YE4-132S 5.5kW", "電機", "台", _BOUGHT, 12, False, "2280"),
    ("S-210", "機械密封", "φ22 SiC/SiC", "密封", "套", _BOUGHT, 6, False, "146.5"),
    ("S-320", "機械密封", "M7N-32 碳化矽／氟橡膠", "密封", "套", _BOUGHT, 6, False, "268"),
    ("S-108", "機械密封", "108-30", "密封", "套", _BOUGHT, 6, False, "96"),
    ("G-001", "墊片", "DN50 EPDM", "密封", "片", _BOUGHT, 6, False, "3.5"),
    ("G-002", "墊片", "DN80 EPDM", "密封", "片", _BOUGHT, 6, False, "4.8"),
    ("L-042", "聯軸器", "CDL32 鑄鋼 Ø42", "傳動", "套", _OWN, 12, False, "320"),
    ("B-6309", "軸承", "6309-2RS1", "傳動", "只", _BOUGHT, 6, False, "118"),
    ("B-6311", "軸承", "6311-2Z", "傳動", "只", _BOUGHT, 6, False, "165"),
    ("D-600", "泵底座", "600×450 熱鍍鋅", "附件", "件", _OWN, 12, False, "410"),
    ("F-065", "配對法蘭", "DN65 PN16 304", "附件", "片", _BOUGHT, 12, False, "88"),
    ("F-080", "配對法蘭", "DN80 PN16 304", "附件", "片", _BOUGHT, 12, False, "112"),
    ("C-011", "變頻控制櫃", "一控四 11 kW 含壓力傳感器", "控制", "台", _OWN, 12, True, "12600"),
    ("C-002", "控制櫃", "KX-2 一用一備", "控制", "台", _OWN, 12, True, "4200"),
    ("Y-015", "葉輪", "WQ15", "水力件", "件", _OWN, 12, False, "213"),
    ("Y-032", "葉輪", "CDL32 304", "水力件", "件", _OWN, 12, False, "186"),
    ("V-080", "止回閥", "DN80 PN16 球墨鑄鐵", "閥門", "只", _BOUGHT, 12, False, "540"),
    ("T-016", "壓力傳感器", "0–1.6 MPa 4–20 mA", "控制", "只", _BOUGHT, 12, False, "265"),
    ("Q-300", "氣壓罐", "300 L PN10", "附件", "台", _BOUGHT, 12, False, "1980"),
    ("Z-001", "隨機配件包", "CDL32 密封圈、螺栓、扳手", "附件", "套", _OWN, 0, False, "0"),
    ("Z-002", "隨機文件", "合格證、說明書、裝箱單", "附件", "份", _OWN, 0, False, "0"),
)  # fmt: skip
PRICES = {row[0]: Decimal(row[8]) for row in PRODUCTS}


def register(people, now: datetime, suppliers) -> dict[str, Product]:
    """Products, entered by the sales clerk; by part number. `suppliers` by family."""
    return {
        part_no: actions.create_product(
            actor=people["clerk"], now=now, part_no=part_no, name=name, spec=spec, family=family,
            uom=uom, origin=origin, warranty_months=months, is_serialised=is_serialised,
            supplier=suppliers.get(family) if origin == _BOUGHT else None,
        )
        for part_no, name, spec, family, uom, origin, months, is_serialised, _price in PRODUCTS
    }  # fmt: skip
