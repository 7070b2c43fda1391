"""The customers of the sample company, with the people there."""

from datetime import datetime

from aftersales.masterdata import actions
from aftersales.masterdata.models import Customer

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
    ("K0018", "廈門集美淨水科技有限公司", "集美淨水", "福建廈門",
     "福建省廈門市集美區後溪鎮金嶺路 1 號", "0592-606 2271", False, "salesperson2",
     (("蘇志鵬", "採購經理", "138 5920 2271"), ("葉明輝", "倉庫", "0592-606 2275"))),
)  # fmt: skip


def register(people, now: datetime) -> dict[str, Customer]:
    """Customers with their contacts, entered by the sales clerk; by code."""
    clerk = people["clerk"]
    customers: dict[str, Customer] = {}
    for code, name, short, region, address, phone, is_key, salesperson, contacts in CUSTOMERS:
        customer = actions.create_customer(
            actor=clerk, now=now, code=code, name=name, short_name=short, region=region,
            address=address, phone=phone, is_key_account=is_key,
            salesperson=people[salesperson],
        )  # fmt: skip
        for person, title, number in contacts:
            actions.create_contact(
                customer, actor=clerk, now=now, name=person, title=title, phone=number
            )
        customers[code] = customer
    return customers
