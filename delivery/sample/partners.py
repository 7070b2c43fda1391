"""With whom the sample company works: suppliers, carriers with their papers, contracts, and what
service was decided upon for them."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from aftersales.masterdata import actions
from aftersales.masterdata.models import Carrier, Contract, Customer, Product, Supplier

# code, name, short name, contact, phone, families of bought-in products
SUPPLIERS = (
    ("GY01", "台州東崎電機有限公司", "東崎電機", "梁永昌", "0576-8233 6610", ("電機",)),
    ("GY02", "寧波甬密密封件有限公司", "甬密密封", "戴曉明", "0574-8812 4037", ("密封",)),
    ("GY03", "杭州軸銷機電有限公司", "軸銷機電", "程建軍", "0571-8511 2290", ("傳動",)),
    ("GY04", "溫州永嘉閥門管件廠", "永嘉閥門", "谷建華", "0577-6731 5508", ("附件", "閥門", "控制")),
)  # fmt: skip
# code, name, short name, contact, phone, address
CARRIERS = (
    ("CY01", "德邦物流股份有限公司台州分公司", "德邦", "葛志明", "0576-8850 9100",
     "浙江省台州市路橋區桐嶼街道物流園 12 號"),
    ("CY02", "順豐速運台州有限公司", "順豐", "丁曉燕", "0576-8898 3300",
     "浙江省台州市椒江區機場路 268 號"),
    ("CY03", "安能聚創供應鏈台州網點", "安能", "彭建國", "0576-8241 7726",
     "浙江省台州市路橋區金清鎮黃琅路 5 號"),
    ("CY04", "台州順達貨運代理部", "順達", "盧阿強", "138 5765 0912",
     "浙江省台州市黃岩區北城街道貨運站 7 號門"),
)  # fmt: skip
LIABILITY = (
    "一、貨物自裝車簽收起至收貨人簽收止，短少、受潮、破損及其他損失由承運方負責，不可抗力除外。\n"
    "二、按發貨單價賠償；可修復的按實際修理費與往返運費賠償。\n"
    "三、精密設備須全程防雨苫蓋、直立綁紮，不得倒置、不得與腐蝕品混裝。"
)
EVIDENCE = "廂式貨車 12 輛，氣囊懸掛與雨布齊全；貨運險每車 50 萬元；近一年承運 86 票，貨損 0.3 %。"


def suppliers(people, now: datetime) -> dict[str, Supplier]:
    """Suppliers, entered by Purchasing; by the family of what they supply."""
    found = {}
    for code, name, short_name, contact, phone, families in SUPPLIERS:
        supplier = actions.create_supplier(
            actor=people["purchasing"], now=now, code=code, name=name, short_name=short_name,
            contact=contact, phone=phone,
        )  # fmt: skip
        found |= dict.fromkeys(families, supplier)
    return found


def carriers(people, founded: datetime, *, now: datetime) -> dict[str, Carrier]:
    """Carriers by code: one in good standing, one whose agreement ends soon, one whose ended, and
    one that was found not able to keep quality in transport."""
    found = {
        code: actions.create_carrier(
            actor=people["logistics"], now=founded, code=code, name=name, short_name=short_name,
            contact=contact, phone=phone, address=address,
        )
        for code, name, short_name, contact, phone, address in CARRIERS
    }  # fmt: skip
    first, today = timezone.localdate(founded), timezone.localdate(now)
    ends = {
        "CY01": first + timedelta(days=364),
        "CY02": today + timedelta(days=24),
        "CY03": today - timedelta(days=12),
        "CY04": first + timedelta(days=364),
    }
    for code, until in ends.items():
        actions.create_agreement(
            found[code], actor=people["contract"], now=founded,
            number=f"CYXY-{first:%Y}-{code[2:]}", liability_terms=LIABILITY, claim_within_days=15,
            signed_on=first, valid_from=first, valid_until=until,
        )  # fmt: skip
        is_able = code != "CY04"
        actions.create_verification(
            found[code], actor=people["salesperson"], now=founded, verified_on=first,
            verdict="able" if is_able else "not_able",
            evidence=EVIDENCE if is_able else "兩輛平板車，無雨布；去年代運兩票均有受潮。",
            expires_on=first + timedelta(days=364) if is_able else None,
        )  # fmt: skip
    return found


def contracts(people, customers: dict[str, Customer], founded: datetime, *, now: datetime):
    """Contracts by number: a pump house with commissioning, a dealer who fetches, one that ends."""
    day, today = timezone.localdate(founded), timezone.localdate(now)
    facts = (
        {
            "number": f"HT-{day:%Y}-031", "customer": customers["K0001"],
            "title": "海曙二號泵房成套設備", "valid_until": None,
            "delivery_terms": "供方送貨至望春園區 2 號庫，卸貨由需方備叉車；分三批交付。",
            "warranty_months": 24, "warranty_terms": "自到貨簽收之日起 24 個月，易損件 6 個月。",
            "technical_agreement": f"JS-{day:%Y}-031", "has_commissioning": True,
            "arrival_hours": 48,
        },
        {
            "number": f"HT-{day:%Y}-044", "customer": customers["K0006"],
            "title": "年度經銷框架合同", "valid_until": day + timedelta(days=364),
            "delivery_terms": "每批以訂單為準。", "allows_pickup": True,
            "pickup_terms": "需方憑提貨委託書到廠自提，當場三方核對並簽收，離廠後數量差異不受理。",
        },
        {
            "number": f"HT-{day:%Y}-018", "customer": customers["K0009"],
            "title": "循環水系統備件供應", "valid_until": today + timedelta(days=20),
            "delivery_terms": "供方代辦運輸，運費另計。", "arrival_hours": 72,
        },
    )  # fmt: skip
    return {
        each["number"]: actions.create_contract(
            actor=people["contract"], now=founded, signed_on=day, valid_from=day, **each
        )
        for each in facts
    }


def scopes(people, contracts, products: dict[str, Product], founded: datetime, *, now: datetime):
    """What was weighed and decided for the pump house, and for a pump that is due for review."""
    day = timezone.localdate(founded)
    pump_house: Contract = next(iter(contracts.values()))
    _decide(
        people["salesmanager"], pump_house, founded, day, day + timedelta(days=364),
        legal="生活飲用水設備，涉水材料須有衛生許可批件。",
        harm="停機將使兩個街道斷水，屬重大影響。",
        nature="連續運行，設計壽命 15 年；機械密封與軸承為易損件。",
        requirements="需方要求 12 小時內答復、48 小時內到場，並留備機一台。",
        feedback="一號泵房三年內兩次密封滲漏，均在保修期內處理。",
        decision="保修 24 個月，12 小時答復，48 小時到場；常備密封件兩套。",
        warranty_months=24, answer_hours=12, arrival_hours=48,
    )  # fmt: skip
    _decide(
        people["qualitymanager"], products["P-300-2"], founded, day,
        timezone.localdate(now) - timedelta(days=9),
        legal="潛水電泵須符合防爆與漏電保護要求。",
        harm="進水燒毀電機，可能漏電傷人。",
        nature="間歇運行，介質含砂，設計壽命 8 年；葉輪與機封磨損快。",
        requirements="多數用戶自行吊裝，要求電話指導。",
        feedback="近一年 3 起電纜接口進水。",
        decision="保修 12 個月；電話先行指導，需要時到場。",
    )  # fmt: skip


def _decide(actor, subject, now: datetime, on: date, review_on: date, **facts) -> None:
    actions.decide_scope(subject, actor=actor, now=now, decided_on=on, review_on=review_on, **facts)
