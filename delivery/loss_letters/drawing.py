"""索賠函 and 內部事故報告 as PDF: figures in, bytes out; no query and no request (3.2.2).

The words are those of the language that is active: the view makes it the company's.
"""

from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from aftersales.core import pdf
from aftersales.core.capitals import in_capitals
from aftersales.core.models import Company
from delivery.loss_letters.reading import LossPaper, S
from delivery.papers import Box, Heading
from delivery.quantities import plain

CLAIM, INCIDENT = "documents/claim_letter.html", "documents/incident_report.html"
DAYS_TO_ANSWER = 14


def render_letter(paper: LossPaper, *, company: Company) -> bytes:
    """The PDF. Raises RuleViolation where PDFs are off."""
    return pdf.render(CLAIM if paper.is_claim else INCIDENT, _context(paper, company))


def _context(paper: LossPaper, company: Company) -> dict:
    return {
        "company": company,
        "paper": _heading(paper),
        "qr_svg": pdf.qr_svg(paper.address_of_qr),
        "loss": paper,
        "mark": _mark(paper),
        "mark_sentence": _mark_sentence(paper),
        "rows": [(line, _price(line.unit_price)) for line in paper.lines],
        "total": "" if paper.total is None else f"¥ {_money(paper.total)}",
        "capitals": _capitals(paper.total),
        "opening": _opening(paper),
        "closing": _closing(paper),
        "boxes": _boxes_of_claim() if paper.is_claim else _boxes_of_incident(paper),
    }


def _heading(paper: LossPaper) -> Heading:
    subtitle = _("（公司車隊途中損失）")
    if paper.is_claim:
        subtitle = _("（依承運協議 %(agreement)s）") % {"agreement": paper.agreement_no}
    return Heading(
        title=_("索賠函") if paper.is_claim else _("內部事故報告"),
        subtitle=subtitle,
        number=paper.number,
        revision=0,
        date_text=date_format(paper.dated, "Y 年 n 月 j 日") if paper.dated else "",
        form_ref=_("第 %(clause)s 條") % {"clause": "3.2.2"},
    )


def _mark(paper: LossPaper) -> str:
    if paper.state == S.WRITTEN_OFF:
        return paper.state_text
    is_open = paper.is_draft if paper.is_claim else paper.state == S.OPEN
    return _("草稿") if is_open else ""


def _mark_sentence(paper: LossPaper) -> str:
    if paper.state == S.WRITTEN_OFF:
        return _("已由銷售部經理核銷，不再追償（3.2.2）")
    if paper.is_claim and paper.is_draft:
        return _("尚未索賠，不得寄出（3.2.2）")
    return ""


def _opening(paper: LossPaper) -> str:
    signed_on = paper.agreement_signed_on
    facts = {
        "carrier": paper.carrier,
        "agreement": paper.agreement_no,
        "on": date_format(signed_on, "Y 年 n 月 j 日") if signed_on else "",
        "note": paper.note,
    }
    return (
        _(
            "貴司承運的我方 %(note)s 號發貨單貨物，到貨時經收貨人開箱核對，有下列短少或損壞。依雙方 %(on)s"
            "簽訂的承運協議 %(agreement)s，途中的短少、受潮、損壞等損失由承運方負責。現向貴司索賠如下："
        )
        % facts
    )


def _closing(paper: LossPaper) -> str:
    facts = {
        "days": paper.claim_within_days,
        "arrived_on": paper.arrived_on,
        "until": paper.claim_by,
        "answer": DAYS_TO_ANSWER,
    }
    limit = _("承運協議沒有約定索賠期限。")
    if paper.claim_by:
        limit = _("依承運協議，索賠期限為到貨日 %(arrived_on)s 起 %(days)d 天，即 %(until)s 止。")
    answer = _("請於收到本函後 %(answer)d 天內書面答復，並支付上列賠償金額。")
    return limit % facts + answer % facts


def _price(unit_price: Decimal | None) -> str:
    """With two places, or as many as it has: 3,200.00 and 0.0125."""
    if unit_price is None:
        return ""
    places = max(2, len(plain(unit_price).partition(".")[2]))
    return number_format(unit_price, places, use_l10n=True, force_grouping=True)


def _money(amount: Decimal) -> str:
    return number_format(amount, 2, use_l10n=True, force_grouping=True)


def _capitals(total: Decimal | None) -> str:
    """人民幣 and the numerals that nobody can change with a stroke; empty where it is not known."""
    return "" if total is None else f"人民幣{in_capitals(total)}"


def _boxes_of_claim() -> list[Box]:
    return [
        Box(_("經辦"), _("負責人"), "", "", ""),
        Box(_("審核"), _("銷售部經理"), "", "", ""),
        Box(_("索賠方"), _("蓋章"), "", "", ""),
        Box(_("承運方"), _("簽收、日期"), "", "", ""),
    ]


def _boxes_of_incident(paper: LossPaper) -> list[Box]:
    when = f"{paper.ended_on:%Y-%m-%d}" if paper.ended_on else ""
    return [
        Box(_("司機"), _("確認"), "", "", ""),
        Box(_("車隊"), _("物流員"), "", "", ""),
        Box(_("經辦"), _("負責人"), "", "", ""),
        Box(_("了結"), _("銷售部經理"), paper.ended_by, when, ""),
    ]
