"""A list of customers: its columns, and how its rows meet the customers that are kept."""

import re

from django.utils.translation import gettext_lazy as _

from aftersales.core.registers.columns import Column
from aftersales.core.registers.keyed import KeyedRegister
from aftersales.core.registers.register import Order, Planned
from aftersales.core.spreadsheets.cells import exact_code, prose, truth
from aftersales.core.text import fold, listed
from aftersales.masterdata import actions
from aftersales.masterdata.actions.customers import PERMISSION, simplified
from aftersales.masterdata.actions.registers import create_customers
from aftersales.masterdata.models import Contact, Customer

_OUR_CODE = re.compile(r"K([0-9]+)")

COLUMNS = (
    Column(
        "code", _("客戶代號"),
        "代號 客戶編號 客戶編碼 客戶代碼 客戶號 客編 編號 編碼 顧客編號 customer-code customer-no customer-id "
        "customer-number cust-no account-no",
        exact_code,
    ),
    Column(
        "name", _("客戶名稱"),
        "客戶 名稱 公司名稱 單位名稱 客戶全稱 全稱 公司 顧客 顧客名稱 用戶名稱 購貨單位 往來單位 customer customer-name "
        "company company-name client",
        prose,
    ),
    Column("name_simplified", _("簡體名稱"), "簡體 簡體全稱 name-simplified simplified", prose),
    Column("short_name", _("簡稱"), "客戶簡稱 公司簡稱 shortname alias", prose),
    Column("region", _("地區"), "區域 省份 省市 城市 所在地 大區 片區 area province city", prose),
    Column(
        "address", _("地址"),
        "客戶地址 公司地址 收貨地址 送貨地址 聯絡地址 聯繫地址 詳細地址 addr delivery-address shipping-address",
        prose,
    ),
    Column(
        "contact", _("聯絡人"),
        "聯繫人 聯系人 姓名 收貨人 窗口 負責人 contact-person contact-name attn",
        prose, longest=60,
    ),
    Column(
        "phone", _("電話"),
        "聯絡電話 聯繫電話 聯系電話 電話號碼 手機 手機號 手機號碼 聯絡方式 聯繫方式 聯系方式 tel telephone mobile "
        "phone-no contact-phone",
        exact_code,
    ),
    Column("is_key_account", _("重點客戶"), "大客戶 重要客戶 key-account", truth),
    Column("remark", _("備註"), "備注 說明 附註 remarks note notes memo", prose),
    Column(
        "salesperson", _("業務員"), "銷售員 業務 負責業務 業務代表 sales sales-rep",
        note=_("業務員不由檔案匯入，請在客戶頁指定"),
    ),
    Column("is_active", _("往來中"), "狀態 status"),
    Column("no", _("序號"), "項次 行號 項目 seq index"),
)  # fmt: skip


class CustomerRegister(KeyedRegister):
    """Found by code, without a code by the exact name in either script; new ones without a code
    get the next of the form K0001."""

    name, kind, title, model = "customers", "customer", _("客戶"), Customer
    permission = PERMISSION
    columns = COLUMNS
    needs = (("code", "name"),)
    loose = frozenset({"name", "short_name", "region", "address", "remark"})
    not_fields = frozenset({"contact"})
    _highest = 0  # of the codes of our own form that the file gives

    def begin(self) -> None:
        self.named: dict[str, list[tuple[int, str]]] = {}
        names = Customer.objects.values_list("pk", "code", "name", "name_simplified")
        for pk, code, *both in names.iterator(2000):
            for name in {fold(name) for name in both} - {""}:
                self.named.setdefault(name, []).append((pk, code))

    def prepare(self, rows: list[Planned]) -> None:
        codes = {row.facts["code"] for row in rows if "code" in row.facts}
        by_name = {
            each[0][0]
            for row in rows
            if "code" not in row.facts and len(each := self._named(row)) == 1
        }
        self.by_code = {each.code: each for each in Customer.objects.filter(code__in=codes)}
        self.by_pk = Customer.objects.in_bulk(by_name)
        kept = [each.pk for each in (*self.by_code.values(), *self.by_pk.values())]
        contacts = Contact.objects.filter(customer__in=kept)
        self.contacts = set(contacts.values_list("customer_id", "name"))
        for code in codes:
            if found := _OUR_CODE.fullmatch(code):
                self._highest = max(self._highest, int(found[1]))

    def _named(self, row: Planned) -> list[tuple[int, str]]:
        return self.named.get(fold(row.facts.get("name", "")), [])

    def key(self, wanted: dict) -> tuple:
        if "code" in wanted:
            return ("code", wanted["code"])
        return ("name", fold(wanted.get("name", "")))

    def find(self, wanted: dict) -> Customer | None:
        if "code" in wanted:
            return self.by_code.get(wanted["code"])
        named = self.named.get(fold(wanted.get("name", "")), [])
        return self.by_pk.get(named[0][0]) if len(named) == 1 else None

    def refusals(self, row: Planned) -> list[tuple[str, str, str]]:
        named = self._named(row)
        if "code" in row.facts or row.existing or len(named) < 2:
            return []
        codes = listed(code for _pk, code in named)
        return [
            ("name", "ambiguous", _("這個名稱有 %(codes)s 幾家，請填客戶代號") % {"codes": codes})
        ]

    def doubts(self, row: Planned) -> list[tuple[str, str, str]]:
        named = self._named(row)
        if row.existing or not named:
            return []
        words = _("主檔裡 %(code)s 已是同名的客戶；確認後會另建 %(new)s")
        new = row.facts.get("code", "")
        return [("name", "same_name", words % {"code": named[0][1], "new": new})]

    def compare(self, row: Planned) -> None:
        if row.existing and "code" not in row.facts:
            row.wanted.pop("name", None)  # found by it
        super().compare(row)
        if row.existing is None:
            return
        if "name" in row.wanted and "name_simplified" not in row.wanted:
            row.wanted["name_simplified"] = simplified(row.wanted["name"])
        contact = row.wanted.get("contact")
        if contact and (row.existing.pk, contact) in self.contacts:
            del row.wanted["contact"]
        elif contact:
            row.changes[str(_("聯絡人"))] = ["", contact]

    def name_of(self, row: Planned) -> str:
        return row.existing.name if row.existing else row.facts.get("name", "")

    def about(self, row: Planned) -> str:
        code = row.existing.code if row.existing else row.facts.get("code", "")
        return code or str(_("自動編號"))

    def create(self, rows: list[Planned], order: Order) -> None:
        create_customers(
            [row.wanted for row in rows], actor=order.actor, now=order.now, after=self._highest
        )

    def edit(self, row: Planned, order: Order) -> None:
        facts = {**row.wanted}
        contact = facts.pop("contact", None)
        customer, who = row.existing, {"actor": order.actor, "now": order.now}
        if facts:
            customer = actions.edit_customer(customer, **who, **facts)
        if contact:
            actions.create_contact(customer, **who, name=contact, phone=customer.phone)

    def filled_in(self) -> set[str]:
        return {"code"}
