"""發貨單, 出庫單, 送貨單 and 發貨清單 as PDF (3.1.3, 3.2.2): figures in, bytes out; no query and no request.

Several notes make one file, each with its own page count. The words are those of the language that
is active: the view makes it the company's, whatever the reader's screen speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftersales.core import pdf
from aftersales.core.models import Company
from delivery.figures import Kind, Line, NotePaper, Sign
from delivery.models.states import State
from delivery.quantities import plain

TEMPLATES = {
    Kind.SHIPPING_NOTE: "documents/shipping_note.html",
    Kind.GOODS_ISSUE: "documents/goods_issue.html",
    Kind.DELIVERY_NOTE: "documents/delivery_note.html",
    Kind.PACKING_LIST: "documents/packing_list.html",
}
UNRELEASED = (State.DRAFT, State.SUBMITTED)
VOID = (State.WITHDRAWN, State.REFUSED, State.CANCELLED)


@dataclass(frozen=True)
class Heading:
    """What base_print.html and its letterhead take."""

    title: str
    subtitle: str
    number: str
    revision: int
    date_text: str
    form_ref: str
    copy_text: str = ""  # on a reprint, so that nobody takes it for the original


@dataclass(frozen=True)
class Box:
    """A box to sign, as components/sign_grid.html takes it."""

    role: str
    hint: str
    name: str
    when_text: str
    signature: str


def render(papers: Sequence[NotePaper], *, company: Company) -> bytes:
    """One PDF of the papers, in their order. Raises RuleViolation where PDFs are off."""
    return pdf.render_all([(TEMPLATES[paper.kind], _context(paper, company)) for paper in papers])


def _context(note: NotePaper, company: Company) -> dict:
    return {
        "company": company,
        "paper": _heading(note),
        "qr_svg": pdf.qr_svg(note.address_of_qr),
        "note": note,
        "mark": _mark(note),
        "mark_sentence": _mark_sentence(note),
        "differences": [_difference(line) for line in note.lines if line.differs],
        "boxes": BOXES[note.kind](note),
        "totals": {
            name: note.total(name)
            for name in (
                "ordered", "verified", "loaded", "received", "sound", "damaged", "short", "refused",
            )
        },
    }  # fmt: skip


def _heading(note: NotePaper) -> Heading:
    title, subtitle, form_ref = _titles(note)
    copy = _("副本　第 %(number)d 次列印") % {"number": note.copy_no + 1} if note.copy_no else ""
    return Heading(
        title=title,
        subtitle=subtitle,
        number=note.number,
        revision=note.revision,
        date_text=date_format(note.issued_on, "Y 年 n 月 j 日") if note.issued_on else "",
        form_ref=_("第 %(clause)s 條") % {"clause": form_ref},
        copy_text=copy,
    )


def _titles(note: NotePaper) -> tuple[str, str, str]:
    """Title, what stands below it, and the clause."""
    if note.kind is Kind.SHIPPING_NOTE:
        return (_("成品發貨單"), _("（顧客自提）"), "3.2.1") if note.is_pickup else (
            _("發貨單"), "", "3.1.3"
        )  # fmt: skip
    return {
        Kind.GOODS_ISSUE: (_("出庫單"), _("（倉庫扣賬與裝車點數憑證）"), "3.2.2"),
        Kind.DELIVERY_NOTE: (_("送貨單"), _("（請按實收數量簽字，交司機帶回）"), "3.2.2"),
        Kind.PACKING_LIST: (_("發貨清單"), _("（隨貨同行，供開箱核對）"), "3.2.2"),
    }[note.kind]


def _mark(note: NotePaper) -> str:
    """The word across a paper that nobody may ship by."""
    if note.state in VOID:
        return _("作廢")
    if note.state == State.DRAFT:
        return _("草稿")
    return _("未簽發") if note.state in UNRELEASED else ""


def _mark_sentence(note: NotePaper) -> str:
    if note.state in UNRELEASED:
        return _("尚未簽發，不得憑此發貨（3.1.3）")
    if note.is_blind:
        return _("盲點核對中：點數一致之前，不印應發數量與序列號（3.1.4）")
    if note.state not in VOID:
        return ""
    facts = {"state": note.state_text, "reason": note.reason or "—"}
    return _("作廢（%(state)s），不得憑此發貨。理由：%(reason)s") % facts


def _difference(line: Line) -> str:
    found = [
        f"{word} {plain(quantity)} {line.uom}"
        for word, quantity in (
            (_("短少"), line.short),
            (_("破損"), line.damaged),
            (_("拒收"), line.refused),
        )
        if quantity
    ]
    if line.receipt_remark:
        found.append(line.receipt_remark)
    return _("第 %(line)s 項 %(found)s") % {"line": line.line_no, "found": "、".join(found)}


def _boxes_of_shipping(note: NotePaper) -> list[Box]:
    ours = [
        _box(_("制單"), _("銷售內勤"), note.made),
        _box(_("簽發"), _("分管領導"), note.released),
        _box(_("核對"), _("倉庫保管員"), note.verified),
    ]
    if note.is_pickup:
        clerk, keeper = note.checked
        return [
            *ours,
            _box(_("三方核對"), _("銷售內勤"), clerk),
            _box(_("三方核對"), _("保管員"), keeper),
            _box(_("收貨人"), _("顧客"), note.received),
        ]
    return [
        *ours,
        _box(_("司機"), _("點數"), note.driven),
        _box(_("收貨人"), _("實收簽字"), note.received),
    ]


def _boxes_of_delivery(note: NotePaper) -> list[Box]:
    taker = _("提貨人") if note.is_pickup else _("司機")
    return [
        _box(_("發貨"), _("送貨單位經手人"), note.issued),
        _box(taker, _("點數"), note.driven),
        _box(_("收貨人"), _("收貨單位經手人"), note.received),
        _box(_("收貨單位"), _("蓋章"), Sign()),
    ]


def _box(role: str, hint: str, sign: Sign) -> Box:
    return Box(role, hint, sign.name, sign.when_text, sign.path)


def _boxes_of_issue(note: NotePaper) -> list[Box]:
    taker = _("提貨人") if note.is_pickup else _("司機")
    return [
        _box(_("制單"), _("銷售內勤"), note.made),
        _box(_("核對"), _("倉庫保管員"), note.verified),
        _box(_("放行"), _("發貨人員"), note.issued),
        _box(taker, _("點數"), note.received if note.is_pickup else note.driven),
    ]


def _boxes_of_packing(note: NotePaper) -> list[Box]:
    return [
        _box(_("核對"), _("倉庫保管員"), note.verified),
        _box(_("發貨"), _("發貨人員"), note.issued),
        _box(_("開箱核對"), _("收貨單位"), Sign()),
    ]


BOXES = {
    Kind.SHIPPING_NOTE: _boxes_of_shipping,
    Kind.GOODS_ISSUE: _boxes_of_issue,
    Kind.DELIVERY_NOTE: _boxes_of_delivery,
    Kind.PACKING_LIST: _boxes_of_packing,
}
