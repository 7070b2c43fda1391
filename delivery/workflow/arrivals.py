"""What follows a fault found on arrival: our confirmation before unloading or return (3.2.2)."""

from django.utils.translation import gettext_lazy as _

from aftersales.core.workflow import Transition, Workflow
from delivery.models import ArrivalReport

S = ArrivalReport.State

ARRIVAL_WORKFLOW = Workflow(
    Transition(
        "confirm", (S.REPORTED,), S.CONFIRMED, "delivery.confirm_arrival",
        _("確認到貨異常"), "3.2.2", is_primary=True,
        description=_("逐行決定卸貨收下或退回，或整車退回；之後客戶才簽收"),
    ),
    Transition(
        "supersede", (S.REPORTED, S.CONFIRMED), S.SUPERSEDED, None,
        _("重新回報"), "3.2.2", is_hidden=True,
    ),
    Transition(
        "sign", (S.CONFIRMED,), S.SIGNED, None, _("客戶簽收"), "3.2.2", is_hidden=True,
    ),
    model=ArrivalReport, url_prefix="arrival",
)  # fmt: skip
