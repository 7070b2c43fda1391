"""Events of a fault on arrival, on the timeline of its note."""

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event
from delivery.models import ArrivalReport


def _reported(data: dict) -> str:
    means = dict(ArrivalReport.Means.choices).get(data.get("means"), "")
    who = [str(means), data.get("reporter", ""), data.get("phone", "")]
    attempt = _t("第 %(attempt)s 次回報") % {"attempt": data.get("attempt", "")}
    return "\n".join(["　".join(filter(None, [attempt, *who])), *data.get("differences", [])])


def _confirmed(data: dict) -> str:
    """Off paper it was another who confirmed, earlier, on the telephone."""
    attempt = _t("第 %(attempt)s 次回報") % {"attempt": data.get("attempt", "")}
    who = []
    if data.get("means") == ArrivalReport.Means.PAPER:
        at, absent = parse_datetime(data.get("decided_at", "")), data.get("decided_for", "")
        who = [
            data.get("decided_by", ""),
            _t("代 %(principal)s") % {"principal": absent} if absent else "",
            date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else "",
        ]
    words = ["　".join(filter(None, [attempt, *who, data.get("answer", "")]))]
    return "\n".join([*words, *data.get("differences", [])])


EVENTS = {
    "shippingnote.arrival_reported": Event(_("到貨異常回報"), _reported, is_key=True),
    "shippingnote.arrival_confirmed": Event(_("確認到貨異常"), _confirmed, is_key=True),
}
