"""A spreadsheet that shows how a file of shipping notes may look, to be filled in."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.writing import DATE, MONEY, NUMBER, Column, Sheet, write_workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sample_layout() -> HttpResponse:
    """One line of the sheet is one line of a note; lines with the same number are one note."""
    columns = [
        Column(_("單號"), 16),
        Column(_("客戶"), 30),
        Column(_("收貨人"), 12),
        Column(_("電話"), 18),
        Column(_("收貨地址"), 36),
        Column(_("合同號"), 16),
        Column(_("發貨日期"), 12, DATE),
        Column(_("料號"), 14),
        Column(_("品名"), 20),
        Column(_("規格型號"), 20),
        Column(_("單位"), 6),
        Column(_("數量"), 8, NUMBER),
        Column(_("單價"), 12, MONEY),
        Column(_("序列號"), 24),
        Column(_("批號"), 12),
        Column(_("備註"), 20),
    ]
    head = (
        "S26-0001",
        _("某某水務設備有限公司"),
        _("陳先生"),
        "0574-0000 0000",
        _("某市某路 1 號"),
    )
    order, day = "HT-2026-0001", date(2026, 12, 1)
    rows = [
        (*head, order, day, "P-100-2", _("多級離心泵"), "CDL32-50", _("台"), 2, 8650, "26120001, 26120002", "", ""),
        (*head, order, day, "S-210", _("機械密封"), "φ22", _("套"), 6, 146.5, "", "MS-2612", ""),
    ]  # fmt: skip
    response = HttpResponse(
        write_workbook([Sheet(_("發貨單"), columns, rows)]), content_type=MEDIA_TYPE
    )
    response["Content-Disposition"] = 'attachment; filename="shipping-notes.xlsx"'
    return response
