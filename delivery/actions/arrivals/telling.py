"""Who hears of a fault on arrival, of our decision, and of what comes back for its quality."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core.models import AuditEntry
from delivery import arrivals
from delivery.actions.telling import dispatchers, sales_side, tell
from delivery.models import ArrivalReport, ShippingNote


def tell_report(
    report: ArrivalReport, entry: AuditEntry, found: list[str], *, now: datetime
) -> None:
    """At once to who decides and to the issuer: the driver waits, the goods are still loaded."""
    note = report.note
    facts = {
        "note": note.title,
        "customer": note.customer,
        "name": report.reporter,
        "phone": report.phone,
    }
    tell(
        _once([*arrivals.responsible(note), *sales_side(note)]),
        note,
        entry,
        lambda: _("到貨異常，請確認卸貨或退回：%(note)s") % facts,
        body=lambda: "\n".join(
            [_("%(customer)s，%(name)s 回報，電話 %(phone)s。司機在等。") % facts, *found]
        ),
        url=reverse("arrival_confirm", args=[note.reference]),
        now=now,
        is_urgent=True,
    )


def tell_decision(
    report: ArrivalReport, entry: AuditEntry, outcome: list[str], *, now: datetime
) -> None:
    """To the issuer, the salesperson and those who talk to the driver."""
    note = report.note
    facts = {"note": note.title, "who": report.decided_by, "answer": report.answer}
    tell(
        _once([*sales_side(note), *dispatchers()]),
        note,
        entry,
        lambda: _("到貨異常已確認，等客戶簽收：%(note)s") % facts,
        body=lambda: "\n".join([_("%(who)s：%(answer)s") % facts, *outcome]),
        now=now,
    )


def tell_quality(
    note: ShippingNote, entry: AuditEntry, refused: list[str], *, now: datetime
) -> None:
    """To Quality, whose matter it is (2.2): what was refused for its quality waits for 3.5."""
    facts = {"note": note.title, "customer": note.customer}
    tell(
        list(User.objects.with_role("quality_engineer", "quality_manager")),
        note,
        entry,
        lambda: _("客戶因質量拒收：%(note)s") % facts,
        body=lambda: "\n".join(
            [_("%(customer)s。貨品隨車退回，等退貨程序處理。") % facts, *refused]
        ),
        url=reverse("refused_goods_list"),
        now=now,
    )


def _once(people: list[User]) -> list[User]:
    return list({person.pk: person for person in people}.values())
