"""The report that counts, seen under the lock of its note."""

from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from delivery import arrivals
from delivery.models import ArrivalReport, ShippingNote

CLAUSE = "3.2.2"


class ReportChanged(RuleViolation):
    """Somebody else has reported, decided or signed since the page was opened."""

    def __init__(self, report: ArrivalReport | None):
        super().__init__(_changed(report), clause=CLAUSE)
        self.report = report


def current_report(note: ShippingNote, seen: str | None) -> ArrivalReport | None:
    """The current report of a locked note.

    `seen` is the stamp of what the person had before the eyes (delivery.arrivals.stamp), None
    where nothing was shown. Raises ReportChanged where it is another by now.
    """
    report = arrivals.current(note)
    if report is not None:
        report.note = note  # the locked row, not a second copy of it
    if seen is not None and seen != arrivals.stamp(report):
        raise ReportChanged(report)
    return report


def _changed(report: ArrivalReport | None) -> str:
    if report is None:
        return _("到貨異常已經撤銷，請重新整理後再看")
    facts = {"attempt": report.attempt, "who": report.decided_by or "", "name": report.reporter}
    if report.state == ArrivalReport.State.REPORTED:
        words = _("%(name)s 剛才已回報（第 %(attempt)d 次），等業務員確認，請先看過再處理")
    elif report.state == ArrivalReport.State.CONFIRMED:
        words = _(
            "%(who)s 剛才已確認第 %(attempt)d 次回報，請先看過處理決定，再簽收、更改或重新回報"
        )
    else:
        words = _("第 %(attempt)d 次回報已經簽收，不能再改")
    return words % facts
