"""Customers, products and units of the sample company."""

from datetime import date, datetime, timedelta

from aftersales.core.models import Company
from aftersales.masterdata import actions
from aftersales.masterdata.models import Contact, Customer, Product, Unit

# code, name, short name, region, address, phone, key account, salesperson, contacts
CUSTOMERS = (
    ("K0001", "寧波海曙水務設備有限公司", "海曙水務", "浙江寧波",
     "浙江省寧波市海曙區望春工業園區雲林中路 99 號", "0574-8730 2216", True, "salesperson",
     (("王志明", "倉庫主管", "139 5743 2208"), ("方立新", "設備科長", "0574-8730 2216"))),
    ("K0002", "台中精工股份有限公司", "台中精工", "台灣台中",
     "台中市西屯區工業區三十二路 18 號", "04-2359 6601", True, "salesperson2",
     (("陳冠宇", "採購課長", "0912-345 678"),)),
    ("K0003", "蘇州吳江給排水工程有限公司", "吳江給排水", "江蘇蘇州",
     "江蘇省蘇州市吳江區松陵鎮中山南路 1208 號", "0512-6342 8817", True, "salesperson",
     (("顧建平", "項目經理", "138 6213 8817"),)),
    ("K0004", "杭州蕭山環保工程有限公司", "蕭山環保", "浙江杭州",
     "浙江省杭州市蕭山區寧圍街道市心北路 777 號", "0571-8286 5510", False, "salesperson",
     (("沈國平", "工程部", "137 0571 5510"),)),
    ("K0005", "高雄港都水處理股份有限公司", "港都水處理", "台灣高雄",
     "高雄市前鎮區新衙路 286 之 8 號", "07-821 7733", False, "salesperson2",
     (("林宗翰", "廠務", "0933-221 045"),)),
    ("K0006", "嘉興南湖泵業銷售有限公司", "南湖泵業", "浙江嘉興",
     "浙江省嘉興市南湖區由拳路 309 號", "0573-8205 3021", False, "salesperson",
     (("陸曉峰", "經理", "135 0573 3021"),)),
    ("K0007", "無錫惠山化工設備有限公司", "惠山化工", "江蘇無錫",
     "江蘇省無錫市惠山區洛社鎮人民南路 15 號", "0510-8331 4470", False, "salesperson2",
     (("秦志剛", "設備部", "139 0510 4470"),)),
    ("K0008", "上海松江暖通機電有限公司", "松江暖通", "上海",
     "上海市松江區新橋鎮新飛路 1500 弄 66 號", "021-5768 3390", False, "salesperson",
     (("朱麗萍", "採購", "136 0176 3390"),)),
    ("K0009", "紹興柯橋印染集團有限公司", "柯橋印染", "浙江紹興",
     "浙江省紹興市柯橋區濱海工業區興濱路 2188 號", "0575-8559 6612", True, "salesperson",
     (("徐永康", "動力科", "138 5755 6612"),)),
    ("K0010", "南京江寧熱力有限公司", "江寧熱力", "江蘇南京",
     "江蘇省南京市江寧區東山街道金箔路 680 號", "025-5228 7719", False, "salesperson2",
     (("許文濤", "運行部", "139 5166 7719"),)),
    ("K0011", "溫州甌海供水有限公司", "甌海供水", "浙江溫州",
     "浙江省溫州市甌海區婁橋街道古岸路 120 號", "0577-8852 4406", False, "salesperson",
     (("潘建敏", "水廠廠長", "137 0577 4406"),)),
    ("K0012", "常州武進製冷設備有限公司", "武進製冷", "江蘇常州",
     "江蘇省常州市武進區湖塘鎮延政中路 16 號", "0519-8655 2083", False, "salesperson2",
     (("蔣海濤", "生產部", "136 0519 2083"),)),
    ("K0013", "桃園華亞廠務工程股份有限公司", "華亞廠務", "台灣桃園",
     "桃園市龜山區華亞一路 39 號", "03-397 5528", False, "salesperson2",
     (("曾柏勳", "專案經理", "0921-775 528"),)),
    ("K0014", "合肥濱湖建設安裝工程有限公司", "濱湖建設", "安徽合肥",
     "安徽省合肥市包河區雲谷路 2588 號", "0551-6287 9934", False, "salesperson2",
     (("胡曉軍", "項目部", "138 5519 9934"),)),
    ("K0015", "金華義烏城投水務有限公司", "義烏水務", "浙江金華",
     "浙江省義烏市稠江街道四海大道 300 號", "0579-8533 1187", False, "salesperson",
     (("駱志偉", "泵站科", "139 5799 1187"),)),
    ("K0016", "南通海門船舶配套有限公司", "海門船配", "江蘇南通",
     "江蘇省南通市海門區濱江街道廣州路 990 號", "0513-8226 4415", False, "salesperson2",
     (("施建華", "採購部", "137 0513 4415"),)),
    ("K0017", "台州黃岩污水處理有限公司", "黃岩污水", "浙江台州",
     "浙江省台州市黃岩區江口街道開發大道 88 號", "0576-8422 3059", False, "salesperson",
     (("章偉民", "設備主管", "135 8686 3059"),)),
)  # fmt: skip

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
    ("Z-001", "隨機配件包", "CDL32 密封圈、螺栓、扳手", "附件", "套", _OWN, 0, False, "0"),
    ("Z-002", "隨機文件", "合格證、說明書、裝箱單", "附件", "份", _OWN, 0, False, "0"),
)  # fmt: skip


def letterhead() -> Company:
    """The company's own facts."""
    company = Company(
        pk=1,
        name="浙江盛邦泵業有限公司",
        short_name="盛邦泵業",
        english_name="ZHEJIANG SHENGBANG PUMP CO., LTD.",
        address="浙江省溫嶺市大溪鎮科技路 168 號",
        postcode="317525",
        phone="0576-8600 0000",
        fax="0576-8600 0008",
        tax_no="91330000MA2SAMPLE0",
    )
    company.save()
    return company


def stock(people, now: datetime) -> tuple[dict[str, Customer], dict[str, Product]]:
    """Customers with contacts by code, products by part number."""
    clerk = people["clerk"]
    customers = {}
    for code, name, short, region, address, phone, is_key, salesperson, contacts in CUSTOMERS:
        customer = actions.create_customer(
            actor=clerk, now=now, code=code, name=name, short_name=short, region=region,
            address=address, phone=phone, is_key_account=is_key,
            salesperson=people[salesperson],
        )  # fmt: skip
        for person, title, number in contacts:
            Contact.objects.create(customer=customer, name=person, title=title, phone=number)
        customers[code] = customer
    products = {}
    for part_no, name, spec, family, uom, origin, months, is_serialised, _price in PRODUCTS:
        products[part_no] = actions.create_product(
            actor=clerk, now=now, part_no=part_no, name=name, spec=spec, family=family, uom=uom,
            origin=origin, warranty_months=months, is_serialised=is_serialised,
        )  # fmt: skip
    return customers, products


def earlier_units(customers, products, today: date) -> None:
    """Units from before the site: two to three a customer, some out of warranty by now."""
    serialised = [product for product in products.values() if product.is_serialised]
    units = []
    for index in range(48):
        product = serialised[index % len(serialised)]
        customer = list(customers.values())[index % len(customers)]
        delivered_on = today - timedelta(days=120 + index * 19)
        units.append(
            Unit(
                serial_no=f"{product.part_no[0]}{delivered_on:%y%m}-{index + 101:04d}",
                product=product,
                customer=customer,
                source=Unit.Source.IMPORTED,
                delivered_on=delivered_on,
                warranty_from=delivered_on,
                warranty_until=actions.warranty_end(delivered_on, product.warranty_months),
            )
        )
    Unit.objects.bulk_create(units)


PRICES = {row[0]: row[8] for row in PRODUCTS}
