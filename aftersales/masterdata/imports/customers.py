"""A list of customers: its columns, and how its rows meet the customers that are kept."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from aftersales.core.spreadsheets.cells import exact_code, prose, truth
from aftersales.core.text import fold
from aftersales.masterdata import actions
from aftersales.masterdata.actions.customers import simplified
from aftersales.masterdata.imports.columns import Column
from aftersales.masterdata.imports.registers import Planned, Register
from aftersales.masterdata.models import Contact, Customer

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
        prose,
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


class CustomerRegister(Register):
    """Found by code, without a code by the exact name in either script; new ones without a code
    get the next of the form K0001."""

    kind, title, model = "customer", _("客戶"), Customer
    columns = COLUMNS
    needs = (("code", "name"),)
    loose = frozenset({"name", "short_name", "region", "address", "remark"})
    not_fields = frozenset({"contact"})

    def prepare(self, rows: list[Planned]) -> None:
        kept = list(Customer.objects.all())
        self.by_code = {customer.code: customer for customer in kept}
        self.by_name: dict[str, list[Customer]] = {}
        for customer in kept:
            for name in {fold(customer.name), fold(customer.name_simplified)} - {""}:
                self.by_name.setdefault(name, []).append(customer)
        self.contacts = set(Contact.objects.values_list("customer_id", "name"))

    def key(self, facts: dict) -> tuple:
        return ("code", facts["code"]) if "code" in facts else ("name", fold(facts.get("name", "")))

    def find(self, facts: dict) -> Customer | None:
        if "code" in facts:
            return self.by_code.get(facts["code"])
        named = self.by_name.get(fold(facts.get("name", "")), [])
        return named[0] if len(named) == 1 else None

    def refusals(self, row: Planned) -> list[tuple[str, str, str]]:
        named = self.by_name.get(fold(row.facts.get("name", "")), [])
        if "code" in row.facts or row.existing or len(named) < 2:
            return []
        codes = "、".join(customer.code for customer in named)
        return [
            ("name", "ambiguous", _("這個名稱有 %(codes)s 幾家，請填客戶代號") % {"codes": codes})
        ]

    def doubts(self, row: Planned) -> list[tuple[str, str, str]]:
        named = self.by_name.get(fold(row.facts.get("name", "")), [])
        if row.existing or not named:
            return []
        words = _("主檔裡 %(code)s 已是同名的客戶；確認後會另建 %(new)s")
        new = row.facts.get("code", "")
        return [("name", "same_name", words % {"code": named[0].code, "new": new})]

    def compare(self, row: Planned) -> None:
        if row.existing and "code" not in row.facts:
            row.facts.pop("name", None)  # found by it
        super().compare(row)
        if row.existing is None:
            return
        if "name" in row.facts and "name_simplified" not in row.facts:
            row.facts["name_simplified"] = simplified(row.facts["name"])
        contact = row.facts.get("contact")
        if contact and (row.existing.pk, contact) in self.contacts:
            del row.facts["contact"]
        elif contact:
            row.changes[str(_("聯絡人"))] = ["", contact]

    def name(self, row: Planned) -> str:
        return row.existing.name if row.existing else row.facts.get("name", "")

    def about(self, row: Planned) -> str:
        code = row.existing.code if row.existing else row.facts.get("code", "")
        return code or str(_("自動編號"))

    def create(self, facts: dict, *, actor, now) -> Customer:
        facts = {**facts}
        contact = facts.pop("contact", None)
        facts.setdefault("code", "")
        facts["code"] = facts["code"] or next(self._codes)
        customer = actions.create_customer(actor=actor, now=now, **facts)
        self._add_contact(customer, contact, facts.get("phone", ""), actor=actor, now=now)
        return customer

    def edit(self, row: Planned, *, actor, now) -> Customer:
        facts = {**row.facts}
        contact = facts.pop("contact", None)
        customer = row.existing
        if facts:
            customer = actions.edit_customer(customer, actor=actor, now=now, **facts)
        self._add_contact(customer, contact, customer.phone, actor=actor, now=now)
        return customer

    def _add_contact(self, customer: Customer, name: str | None, phone: str, *, actor, now) -> None:
        if name:
            actions.create_contact(customer, actor=actor, now=now, name=name, phone=phone)

    @cached_property
    def _codes(self):
        return actions.next_codes()

    def _filled_in(self) -> set[str]:
        return {"code"}
