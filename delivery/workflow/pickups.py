"""What follows a difference found at pick-up: cause, consent, confirmation, repacking (3.2.1)."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.workflow import Guard, Transition, Workflow
from delivery.models import PickupCheck, PickupDifference

S = PickupDifference.State


def last_check(note) -> PickupCheck | None:
    """The last check of the three since the goods were issued; those before a recheck are over.

    A page that has read the checks before leaves them at the note as `checks_read`.
    """
    read = getattr(note, "checks_read", None)
    checks = [
        check
        for check in (note.pickup_checks.all() if read is None else read)
        if not note.issued_at or check.checked_at >= note.issued_at
    ]
    return max(checks, key=lambda check: check.attempt, default=None)


def _is_current(difference) -> str:
    note = difference.check_made.note
    if note.state == note.State.ISSUED and last_check(note) == difference.check_made:
        return ""
    return _t("這次核對已是舊記錄，只供查詢；請看最後一次三方核對")


def _by_another(difference, actor) -> str:
    """Neither in person nor in the place of an absent manager who has stated the cause."""
    if actor.acts_apart_from(difference.caused_by_id, "delivery.consent_pickup"):
        return ""
    return _t("原因是您自己查的，請由另一位銷售部經理或其代理人同意")


BY_ANOTHER = Guard("by_another", _("同意的人不是查原因的人"), _by_another, "3.2.1")

PICKUP_WORKFLOW = Workflow(
    Transition(
        "state_cause", (S.FOUND,), S.CAUSED, "delivery.state_pickup_cause",
        _("查明原因"), "3.2.1", is_primary=True, concerns=_is_current,
        description=_("單貨不符的原因，與打算怎樣改正"),
    ),
    Transition(
        "consent", (S.CAUSED,), S.CONSENTED, "delivery.consent_pickup",
        _("同意改正"), "3.2.1", guards=(BY_ANOTHER,), is_primary=True, concerns=_is_current,
        description=_("同意後由顧客再次確認"),
    ),
    Transition(
        "decline", (S.CAUSED,), S.FOUND, "delivery.consent_pickup",
        _("不同意，重查原因"), "3.2.1", is_danger=True, concerns=_is_current,
        description=_("寫明理由，退回銷售內勤"),
    ),
    Transition(
        "confirm", (S.CONSENTED,), S.CONFIRMED, "delivery.state_pickup_cause",
        _("登記顧客確認"), "3.2.1", is_primary=True, concerns=_is_current,
        description=_("顧客的哪一位、怎樣確認"),
    ),
    Transition(
        "repack", (S.CONFIRMED,), S.REPACKED, "delivery.verify_shippingnote",
        _("重新包裝完成"), "3.2.1", is_primary=True, concerns=_is_current,
        description=_("之後三方重新核對"),
    ),
    model=PickupDifference, url_prefix="pickup",
)  # fmt: skip
