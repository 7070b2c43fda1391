"""Carriers: the list with how each stands today, one carrier with its papers, and keeping them."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from aftersales.accounts.roles import PERMISSIONS, holders_of
from aftersales.core import timeline
from aftersales.core.forms import AttachmentForm
from aftersales.core.spreadsheets.writing import DATE, Column
from aftersales.core.text import listed
from aftersales.masterdata import actions, citations, qualification
from aftersales.masterdata.expiry import VERIFICATION, Paper
from aftersales.masterdata.filters import CarrierFilter
from aftersales.masterdata.forms import CarrierForm
from aftersales.masterdata.models import Carrier, CarrierVerification
from aftersales.masterdata.views import partners
from aftersales.masterdata.views.files import give_files
from aftersales.masterdata.views.kinds import SEE, Kind, Verbs
from aftersales.masterdata.warranty import SOON, span_in_words, term_of

# What is done with a carrier, in the order of the procedure.
DUTIES = (
    "masterdata.edit_carrier",
    "masterdata.verify_carrier",
    "delivery.schedule_shippingnote",
)


@dataclass(frozen=True)
class Shown:
    """How a carrier or a paper stands today, as its badge reads: tone, word, the time that is
    left; and what is lacking since when."""

    tone: str
    label: str
    span: str
    lacks: str = ""
    since: str = ""

    @property
    def is_qualified(self) -> bool:
        return not self.lacks


@require_safe
@permission_required(SEE, raise_exception=True)
def carrier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One carrier: whether it may carry today and what it lacks since when (3.1.2, 3.2.2), its
    agreements and verifications with their files, who may do what, and what was changed."""
    carrier, user = CARRIER.find(request, pk), request.user
    found = _standing_papers(carrier)
    context = {
        "kind": CARRIER,
        "carrier": carrier,
        "stands": _shown(carrier),
        **found,
        "duties": [
            (PERMISSIONS[code], listed(str(role.label) for role in holders_of(code)))
            for code in DUTIES
        ],
        "attachments": carrier.files,
        "upload_form": AttachmentForm(),
        "may_keep": user.has_perm(CARRIER.permission),
        "may_verify": user.has_perm("masterdata.verify_carrier"),
        "lines": timeline.lines_of(carrier),
    }
    return render(request, "masterdata/carrier_detail.html", context)


def _standing_papers(carrier: Carrier) -> dict:
    """The agreements and verifications, each with its files and how it stands today."""
    today = timezone.localdate()
    agreements, verifications = carrier.agreements.all(), carrier.verifications.all()
    give_files([carrier, *agreements, *verifications])
    cited = citations.cited(agreements)
    for agreement in agreements:
        agreement.term = term_of(agreement.valid_from, agreement.last_day, today)
        agreement.is_cited = agreement.pk in cited
        agreement.may_end = not agreement.terminated_on and agreement.valid_until >= today
    for number, verification in enumerate(verifications):
        verification.stands = _verdict(verification, is_last=number == 0, today=today)
    return {"agreements": agreements, "verifications": verifications}


def _verdict(verification: CarrierVerification, *, is_last: bool, today: date) -> Shown:
    label = str(verification.get_verdict_display())
    if not is_last:
        return Shown("draft", label, _("已有新的驗證"))
    if verification.verdict != CarrierVerification.Verdict.ABLE:
        return Shown("late", label, "")
    paper = Paper(VERIFICATION, verification, verification.expires_on)
    return Shown(paper.tone(today), label, paper.age(today))


def _shown(carrier: Carrier) -> Shown:
    today = timezone.localdate()
    found = qualification.standing(carrier, today)
    if not found.is_qualified:
        since = ""
        if found.since:
            words = _("自 %(since)s 起 %(days)d 天")
            since = words % {"since": found.since, "days": (today - found.since).days + 1}
        return Shown("late", _("不能承運"), "", "；".join(found.lacks), since)
    if found.until == today:
        return Shown("wait", _("可以承運"), _("今天到期"))
    tone = "wait" if (found.until - today).days <= SOON else "done"
    span = _("剩 %(span)s") % {"span": span_in_words(today, found.until)}
    return Shown(tone, _("可以承運"), span)


def _fetched(rows: QuerySet[Carrier]) -> QuerySet[Carrier]:
    verifications = CarrierVerification.objects.select_related("verified_by")
    return rows.prefetch_related("agreements", Prefetch("verifications", verifications))


def _dressed(carriers: list[Carrier]) -> list[Carrier]:
    for carrier in carriers:
        carrier.stands = _shown(carrier)
    return carriers


def _columns() -> list[Column]:
    return [
        *partners.columns(),
        Column(_("今天"), 12),
        Column(_("缺什麼"), 44),
        Column(_("文件有效至"), 12, DATE),
    ]


def _cells(carrier: Carrier) -> tuple:
    found = qualification.standing(carrier, timezone.localdate())
    return (
        *partners.cells(carrier),
        _("可以承運") if found.is_qualified else _("不能承運"),
        "；".join(found.lacks),
        found.until,
    )


CARRIER = Kind(
    slug="carrier",
    model=Carrier,
    title=pgettext_lazy("list", "承運商"),
    adding=gettext_lazy("新增承運商"),
    permission="masterdata.edit_carrier",
    filter=CarrierFilter,
    form=CarrierForm,
    orders={"code": "code", "name": "name"},
    order="code",
    columns=_columns,
    cells=_cells,
    fetched=_fetched,
    dressed=_dressed,
    verbs=Verbs(
        actions.create_carrier,
        actions.edit_carrier,
        actions.deactivate_carrier,
        actions.reactivate_carrier,
        gettext_lazy(
            "停用後新單據不能再選這家承運商；在途的單據與協議、驗證都保留，之後可以恢復。"
        ),
        gettext_lazy("恢復後，協議與能力驗證都有效時又能選這家承運商。"),
    ),
)
