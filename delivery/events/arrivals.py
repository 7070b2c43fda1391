"""Events of a fault on arrival, on the timeline of its note."""

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
    attempt = _t("第 %(attempt)s 次回報") % {"attempt": data.get("attempt", "")}
    principal = data.get("decided_for", "")
    deputy = _t("代 %(principal)s") % {"principal": principal} if principal else ""
    words = ["　".join(filter(None, [attempt, deputy, data.get("answer", "")]))]
    return "\n".join([*words, *data.get("differences", [])])


EVENTS = {
    "shippingnote.arrival_reported": Event(_("到貨異常回報"), _reported, is_key=True),
    "shippingnote.arrival_confirmed": Event(_("確認到貨異常"), _confirmed, is_key=True),
}
