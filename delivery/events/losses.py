"""Events of a loss in transit, on its own timeline and on that of its note."""

from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.timeline import Event, reason
from delivery.models import TransitLoss
from delivery.quantities import plain


def _opened(data: dict) -> str:
    party = dict(TransitLoss.Party.choices).get(data.get("party"), "")
    head = [data.get("number") or data.get("note") or "", str(party), data.get("agreement", "")]
    owner = _t("負責人 %(owner)s") % {"owner": data.get("owner", "")}
    return "\n".join(["　".join([*filter(None, head), owner]), *data.get("lost", [])])


def _amount(data: dict) -> str:
    """As it was recorded: a text with two places."""
    return _t("%(amount)s 元") % {"amount": plain(Decimal(data.get("amount") or 0))}


def _assessed(data: dict) -> str:
    lines = [
        _t("第 %(line)s 行 %(kind)s：%(amount)s 元")
        % {"line": line, "kind": kind, "amount": amount}
        for line, kind, amount in data.get("amounts", [])
    ]
    return "\n".join([_t("合計 %(amount)s") % {"amount": _amount(data)}, *lines])


def _claimed(data: dict) -> str:
    return "　".join([_amount(data), data.get("carrier", ""), data.get("agreement", "")])


def _accepted(data: dict) -> str:
    return "　".join([_amount(data), str(data.get("replied_on", "")), data.get("reply", "")])


def _rejected(data: dict) -> str:
    return "　".join([str(data.get("replied_on", "")), data.get("reply", "")])


def _settled(data: dict) -> str:
    return "　".join(filter(None, [_amount(data), data.get("ref", ""), reason(data)]))


def _resolved(data: dict) -> str:
    return _t("原因：%(cause)s\n措施：%(measure)s") % {
        "cause": data.get("cause", ""),
        "measure": data.get("measure", ""),
    }


def _handed_on(data: dict) -> str:
    return f"{data.get('before', '')} → {data.get('owner', '')}"


EVENTS = {
    "transitloss.opened": Event(_("登記途損"), _opened, is_key=True),
    "transitloss.assessed": Event(_("核定損失金額"), _assessed),
    "transitloss.claimed": Event(_("向承運商索賠"), _claimed, is_key=True),
    "transitloss.accepted": Event(_("對方接受"), _accepted, is_key=True),
    "transitloss.rejected": Event(_("對方拒絕"), _rejected, is_key=True),
    "transitloss.settled": Event(_("了結索賠"), _settled, is_key=True),
    "transitloss.resolved": Event(_("了結事故"), _resolved, is_key=True),
    "transitloss.written_off": Event(_("核銷"), is_key=True),
    "transitloss.handed_on": Event(_("改派負責人"), _handed_on),
    "transitloss.printed": Event(_("列印")),
}
