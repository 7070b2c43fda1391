"""The way of a reversal: drafted, approved by another (3.2.2)."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.workflow import Guard, Transition, Workflow
from delivery.models import Reversal

S = Reversal.State


def _not_void(reversal) -> str:
    return _t("%(number)s 已作廢") % {"number": reversal} if reversal.is_void else ""


def _not_the_drafter(reversal, actor) -> str:
    if reversal.drafted_by_id == actor.pk:
        return _t("核准人不能是制單人，請由另一位分管領導或其代理人核准")
    return ""


NOT_THE_DRAFTER = Guard("not_the_drafter", _("核准人不是制單人"), _not_the_drafter, "3.2.2")

REVERSAL_WORKFLOW = Workflow(
    Transition(
        "approve", (S.DRAFT,), S.APPROVED, "delivery.approve_reversal",
        _("核准沖銷"), "3.2.2", guards=(NOT_THE_DRAFTER,), is_primary=True, concerns=_not_void,
        description=_("核准後數量沖回，序列號可以再發"),
    ),
    Transition(
        "void", (S.DRAFT,), None, "delivery.draft_reversal",
        _("作廢沖銷單"), "3.2.2", is_danger=True, concerns=_not_void,
        description=_("單號保留，寫明理由"),
    ),
    Transition(
        "refuse", (S.DRAFT,), None, "delivery.approve_reversal",
        _("不予核准"), "3.2.2", guards=(NOT_THE_DRAFTER,), is_danger=True, concerns=_not_void,
        description=_("寫明理由，沖銷單就此作廢"),
    ),
    model=Reversal, url_prefix="reversal",
)  # fmt: skip
