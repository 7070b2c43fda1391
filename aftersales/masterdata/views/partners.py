"""The workbook of suppliers, and the beginning of that of carriers."""

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.writing import Column
from aftersales.masterdata.models.partners import Partner


def columns() -> list[Column]:
    return [
        Column(_("代號"), 12),
        Column(_("名稱"), 34),
        Column(_("簡體名稱"), 34),
        Column(_("簡稱"), 14),
        Column(_("聯絡人"), 14),
        Column(_("電話"), 20),
        Column(_("電子郵件"), 24),
        Column(_("地址"), 42),
        Column(_("往來中"), 10),
        Column(_("備註"), 30),
    ]


def cells(partner: Partner) -> tuple:
    return (
        partner.code,
        partner.name,
        partner.name_simplified,
        partner.short_name,
        partner.contact,
        partner.phone,
        partner.email,
        partner.address,
        partner.is_active,
        partner.remark,
    )
