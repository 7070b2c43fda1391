"""The way of a loss in transit: a claim on the carrier, or an incident of the own fleet (3.2.2)."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import listed
from aftersales.core.workflow import Guard, Transition, Workflow
from delivery.models import TransitLoss

S = TransitLoss.State


def _of_a_carrier(loss) -> str:
    return "" if loss.is_claim else _t("這是公司車隊的內部事故，沒有索賠的對象")


def _of_the_fleet(loss) -> str:
    return _t("這是對承運商的索賠，請按索賠的步驟辦理") if loss.is_claim else ""


def _priced(loss, actor) -> str:
    open_lines = [str(line.line.line_no) for line in loss.lines.all() if line.amount is None]
    if open_lines:
        return _t("第 %(lines)s 行還沒有損失金額，請先核定") % {"lines": listed(open_lines)}
    return "" if loss.lost_amount else _t("損失金額合計是 0，沒有可索賠的金額，請先核定")


PRICED = Guard("priced", _("損失金額已核定"), _priced, "3.2.2", "transitloss_assess")

LOSS_WORKFLOW = Workflow(
    Transition(
        "assess", (S.OPEN, S.REJECTED), None, "delivery.handle_transitloss",
        _("核定損失金額"), "3.2.2", description=_("逐行的損失金額"),
    ),
    Transition(
        "claim", (S.OPEN, S.REJECTED), S.CLAIMED, "delivery.handle_transitloss",
        _("向承運商索賠"), "3.2.2", guards=(PRICED,), is_primary=True, concerns=_of_a_carrier,
        description=_("依承運協議發出索賠函"),
    ),
    Transition(
        "accept", (S.CLAIMED,), S.ACCEPTED, "delivery.handle_transitloss",
        _("登記對方接受"), "3.2.2", is_primary=True, concerns=_of_a_carrier,
        description=_("對方同意賠償的金額"),
    ),
    Transition(
        "reject", (S.CLAIMED,), S.REJECTED, "delivery.handle_transitloss",
        _("登記對方拒絕"), "3.2.2", concerns=_of_a_carrier, description=_("對方拒絕的理由"),
    ),
    Transition(
        "settle", (S.ACCEPTED,), S.SETTLED, "delivery.end_transitloss",
        _("了結索賠"), "3.2.2", is_primary=True, concerns=_of_a_carrier,
        description=_("實收金額與憑證"),
    ),
    Transition(
        "resolve", (S.OPEN,), S.SETTLED, "delivery.end_transitloss",
        _("了結事故"), "3.2.2", is_primary=True, concerns=_of_the_fleet,
        description=_("原因與改進措施"),
    ),
    Transition(
        "hand_on", (S.OPEN, S.CLAIMED, S.ACCEPTED, S.REJECTED), None, "delivery.end_transitloss",
        _("改派負責人"), "3.2.2", description=_("每筆途損都有一位負責人"),
    ),
    Transition(
        "write_off", (S.OPEN, S.CLAIMED, S.ACCEPTED, S.REJECTED), S.WRITTEN_OFF,
        "delivery.end_transitloss", _("核銷"), "3.2.2", is_danger=True,
        description=_("不再追償，寫明理由"),
    ),
    model=TransitLoss, url_prefix="transitloss",
)  # fmt: skip
