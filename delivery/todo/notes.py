"""The shipping notes that wait for a person.

One table says for each verb which notes wait for it; the tasks of the home page, the count in
the navigation and its red figure (delivery/navigation.py) all read this table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import listed
from aftersales.core.work import Task
from delivery import pickup
from delivery.models import ShippingNote, ShippingNoteLine
from delivery.models.states import ENDED
from delivery.todo.counting import counted
from delivery.workflow import S

OPEN = [state for state in S.values if state not in ENDED]
MOST = 200
CLOSE_OF_DAY = time(17, 30)
SHOWN_ITEMS = 2
_UNSCHEDULED = Q(scheduled_at=None)
_TO_MEND = ~Q(reason="") | Q(revision__gt=1)  # sent back, or a revision of a withdrawn note
_PICKUP = Q(delivery_mode=ShippingNote.DeliveryMode.PICKUP)  # no vehicle of ours
_OPEN_DRAFT = Q(state__in=[S.DRAFT, S.SUBMITTED])
RELEASE = "delivery.release_shippingnote"


@dataclass(frozen=True)
class Duty:
    """A verb that somebody has to do next: for whom, on which notes, where.

    `notes(user)` is the condition on the notes, which depends on nothing but `user.standing` (see
    `navigation.count`); `others` names who else has to act first, and makes of it a task that waits.
    """

    name: str
    permission: str
    verb: str
    clause: str
    url_name: str
    notes: Callable[[object], Q]
    others: str = ""
    is_due: bool = True  # by the close of the day of shipping


def _people(user) -> list:
    """The user and those absent whose deputy the user is."""
    return [user, *user.absent_principals]


def _own(user) -> Q:
    return Q(issuer__in=_people(user))


def _issued_by_releaser(user) -> Q:
    """The issuer does not release (3.1.3), neither in person nor through a deputy."""
    people = [user, *user.principals_for(RELEASE)]
    return Q(issuer__in=[one for one in people if not user.acts_apart_from(one.pk, RELEASE)])


def _ready() -> Q:
    """A draft that lacks nothing which its columns can show."""
    inspected = ~Q(final_inspection_no="")
    return inspected & Q(ship_on__isnull=False) & ~Q(consignee="") & ~Q(address="") & ~Q(phone="")


def _to_arrange(user) -> Q:
    """A salesperson arranges for the own customers, the manager where nobody is named."""
    mine = Q(salesperson__in=_people(user)) | Q(
        salesperson=None, customer__salesperson__in=_people(user)
    )
    if user.role_codes & {"sales_manager"}:
        mine |= Q(salesperson=None, customer__salesperson=None)
    return _OPEN_DRAFT & _UNSCHEDULED & mine


def _to_inspect(user) -> Q:
    """Drafts without a passed inspection; a clerk completes the own ones as a whole."""
    if "delivery.edit_shippingnote" in user.own_permissions:
        return Q(pk__in=[])
    return Q(state=S.DRAFT, final_inspection_no="")


DUTIES = (
    Duty(
        "mend", "delivery.edit_shippingnote", _("修改後再提交"), "3.1.3", "shippingnote_edit",
        lambda user: _own(user) & Q(state=S.DRAFT) & _TO_MEND,
    ),
    Duty(
        "complete", "delivery.edit_shippingnote", _("補齊草稿"), "3.1.3", "shippingnote_detail",
        lambda user: _own(user) & Q(state=S.DRAFT) & ~_TO_MEND & ~_ready(),
    ),
    Duty(
        "submit", "delivery.submit_shippingnote", _("提交簽發"), "3.1.3", "shippingnote_submit",
        lambda user: _own(user) & Q(state=S.DRAFT) & ~_TO_MEND & _ready(),
    ),
    Duty(
        "inspect", "delivery.record_inspection", _("登記終檢合格"), "3.1.1",
        "shippingnote_record_inspection",
        _to_inspect,
    ),
    Duty(
        "schedule", "delivery.schedule_shippingnote", _("安排交付"), "3.1.2",
        "shippingnote_schedule", _to_arrange,
    ),
    Duty(
        "acknowledge", "delivery.acknowledge_shippingnote", _("確認備貨通知"), "3.1.2",
        "shippingnote_acknowledge",
        lambda user: Q(state__in=[S.DRAFT, S.SUBMITTED, S.RELEASED], acknowledged_at=None)
        & ~_UNSCHEDULED,
    ),
    Duty(
        "release", RELEASE, _("簽發"), "3.1.3", "shippingnote_release",
        lambda user: Q(state=S.SUBMITTED) & ~_UNSCHEDULED & ~_issued_by_releaser(user),
    ),
    Duty(
        "verify", "delivery.verify_shippingnote", _("開始核對"), "3.1.4",
        "shippingnote_start_verification",
        lambda user: Q(state=S.RELEASED, acknowledged_at__isnull=False),
    ),
    Duty(
        "count", "delivery.verify_shippingnote", _("繼續核對"), "3.1.4", "shippingnote_verify",
        lambda user: Q(state=S.VERIFYING),
    ),
    Duty(
        "adjust", "delivery.verify_shippingnote", _("調整差異"), "3.1.4", "shippingnote_verify",
        lambda user: Q(state=S.ADJUSTING),
    ),
    Duty(
        "assign", "delivery.dispatch_shippingnote", _("指定車輛與司機"), "3.2.2",
        "shippingnote_assign_vehicle",
        lambda user: Q(state__in=[S.RELEASED, S.VERIFYING, S.ADJUSTING, S.VERIFIED], vehicle_no="")
        & ~_PICKUP,
    ),
    Duty(
        "issue", "delivery.issue_shippingnote", _("出庫放行"), "3.2.2", "shippingnote_issue",
        lambda user: Q(state=S.VERIFIED) & (~Q(vehicle_no="") | _PICKUP),
    ),
    Duty(
        "file", "delivery.file_paper", _("歸檔簽收單"), "3.2.2", "shippingnote_file_paper",
        lambda user: Q(state=S.SIGNED), is_due=False,
    ),
    # What the own notes wait for at somebody else's.
    Duty(
        "wait_schedule", "delivery.edit_shippingnote", _("安排交付"), "3.1.2",
        "shippingnote_detail",
        lambda user: _own(user) & Q(state=S.SUBMITTED) & _UNSCHEDULED, _("業務員"),
    ),
    Duty(
        "wait_release", "delivery.edit_shippingnote", _("簽發"), "3.1.3", "shippingnote_detail",
        lambda user: _own(user) & Q(state=S.SUBMITTED) & ~_UNSCHEDULED, _("分管領導"),
    ),
    Duty(
        "wait_receipt", "delivery.record_receipt", _("客戶簽收"), "3.2.2", "shippingnote_detail",
        lambda user: Q(state__in=[S.IN_TRANSIT, S.DELIVERED])
        & (_own(user) | Q(salesperson__in=_people(user))), _("司機與客戶"),
    ),
)  # fmt: skip


def tasks(user, now: datetime) -> Iterable[Task]:
    """The shipping notes whose next step this user may take, and the own ones at others'."""
    duties = [duty for duty in DUTIES if user.has_perm(duty.permission)]
    if not duties:
        return
    conditions = {f"is_{duty.name}": duty.notes(user) for duty in duties}
    marks = {
        name: ExpressionWrapper(condition, output_field=BooleanField())
        for name, condition in conditions.items()
    }
    rows = _waiting(user, conditions.values()).annotate(**marks).select_related("customer")
    lines = ShippingNoteLine.objects.only("note_id", "name", "spec", "line_no")
    rows = rows.prefetch_related(Prefetch("lines", lines.order_by("line_no")))
    for note in rows.order_by("ship_on", "pk")[:MOST]:
        for duty in duties:
            if getattr(note, f"is_{duty.name}"):
                yield _task(note, duty, user)


def counting(user, today: date) -> QuerySet | None:
    """How many notes wait for this user, and of how many the day has passed; None for whom
    nothing can wait."""
    duties = [duty for duty in DUTIES if user.has_perm(duty.permission) and not duty.others]
    if not duties:
        return None
    waits = any_of(duty.notes(user) for duty in duties)
    is_late = Q(ship_on__lt=today) & any_of(duty.notes(user) for duty in duties if duty.is_due)
    return counted(open_notes(user), waits, is_late)


def waits_for(note: ShippingNote) -> str:
    """Whose turn it is; empty where the note has ended."""
    if note.state == S.ISSUED and note.is_pickup:
        return pickup.waits_for(note)
    if note.state == S.SUBMITTED and not note.scheduled_at:
        return _t("業務員")
    return str(_TURNS.get(note.state, ""))


_TURNS = {
    S.DRAFT: _("銷售內勤"),
    S.SUBMITTED: _("分管領導"),
    S.RELEASED: _("倉庫保管員"),
    S.VERIFYING: _("倉庫保管員"),
    S.ADJUSTING: _("倉庫保管員"),
    S.VERIFIED: _("發貨人員"),
    S.ISSUED: _("司機"),
    S.IN_TRANSIT: _("司機"),
    S.DELIVERED: _("客戶"),
    S.SIGNED: _("銷售內勤"),
}


def any_of(conditions: Iterable[Q]) -> Q:
    """One of them holds; of none, never."""
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def open_notes(user):
    """Those within reach that have not ended, by the index of states: few among years of closed."""
    return ShippingNote.objects.visible_to(user).filter(state__in=OPEN)


def _waiting(user, conditions: Iterable[Q]):
    """The open notes that meet one of the conditions.

    As a CASE, which no index answers: left to itself a database looks up all notes that a clerk
    has ever issued, for the conditions that begin with the issuer.
    """
    waits = Case(When(any_of(conditions), then=Value(True)), default=Value(False))
    return open_notes(user).alias(waits=waits).filter(waits=True)


def _task(note: ShippingNote, duty: Duty, user) -> Task:
    due_at = None
    if note.ship_on and duty.is_due:
        due_at = timezone.make_aware(datetime.combine(note.ship_on, CLOSE_OF_DAY))
    return Task(
        verb=str(duty.verb),
        number=note.title,
        url=reverse(duty.url_name, args=[note.reference]),
        who=note.customer.name,
        about=_about(note),
        clause=duty.clause,
        since=note.released_at or note.submitted_at or note.scheduled_at or note.created_at,
        due_at=due_at,
        waits_for=str(duty.others),
        on_behalf_of=user.acting_for(
            duty.permission, other_than=note.issuer_id if duty.permission == RELEASE else None
        ),
    )


def _about(note: ShippingNote) -> str:
    """The goods in short, or why it came back; no quantities, since a count may be blind."""
    if note.state == S.DRAFT and note.reason:
        return _t("退回：%(reason)s") % {"reason": note.reason}
    if note.state == S.DRAFT and note.revision > 1:
        return _t("第 %(revision)d 版修訂，原單已撤回") % {"revision": note.revision}
    lines = list(note.lines.all())
    words = listed(f"{line.name} {line.spec}".strip() for line in lines[:SHOWN_ITEMS])
    if len(lines) > SHOWN_ITEMS:
        return _t("%(goods)s 等 %(number)d 項") % {"goods": words, "number": len(lines)}
    return words
