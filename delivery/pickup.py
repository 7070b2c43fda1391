"""How a pick-up stands (3.2.1): checks, what was done about differences, whose turn it is.

Reads only. The trail of the note holds every word of it; these are the rows as they stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import Leave, User
from aftersales.core.workflow import Step
from delivery.history import Checked
from delivery.models import PickupCheck, PickupDifference, ShippingNote
from delivery.workflow import PICKUP_WORKFLOW, S, last_check

D = PickupDifference.State
# The way of the difference, in order, as the path of the page draws it.
_MENDING = (
    (D.FOUND, _("查明原因")),
    (D.CAUSED, _("經理同意")),
    (D.CONSENTED, _("顧客確認")),
    (D.CONFIRMED, _("重新包裝")),
    (D.REPACKED, _("再次核對")),
)
_TURNS = {
    D.FOUND: _("銷售內勤"),
    D.CAUSED: _("銷售部經理"),
    D.CONSENTED: _("銷售內勤"),
    D.CONFIRMED: _("倉庫保管員"),
}


@dataclass(frozen=True)
class Station:
    """A stop of the way that the page draws (components/state_path.html)."""

    label: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Deed:
    """A step that was taken about a difference."""

    label: str
    who: str
    at: datetime | None
    text: str = ""


@dataclass(frozen=True)
class Attempt:
    """A check with what differed and what was done; `is_over` before a recheck of all goods."""

    check: PickupCheck
    deeds: list[Deed]
    is_over: bool

    @property
    def differing(self) -> list:
        return [line for line in self.check.lines.all() if line.differs]


def checks_of(note: ShippingNote) -> list[PickupCheck]:
    """Every check with its lines, people and difference, the newest first."""
    people = ("caused_by", "consented_by", "confirmation_recorded_by", "repacked_by")
    rows = note.pickup_checks.select_related(
        "clerk", "keeper", "difference", *(f"difference__{name}" for name in people)
    )
    checks = list(rows.prefetch_related("lines__line").order_by("-attempt"))
    for check in checks:
        check.note = note
    note.checks_read = checks
    return checks


def hang_checks(note: ShippingNote, found: Iterable[Checked]) -> None:
    """Leave what the note's page has read with its history for the guards, which then ask no more."""
    if not note.is_pickup:
        return
    note.checks_read = []
    for each in found:
        check = PickupCheck(
            pk=each.pk, note=note, attempt=each.attempt, checked_at=each.at, is_match=each.is_match
        )
        if not each.is_match:
            PickupDifference(check_made=check, state=each.state, caused_by_id=each.caused_by)
        note.checks_read.append(check)


def attempts_of(note: ShippingNote, checks: Iterable[PickupCheck]) -> list[Attempt]:
    return [Attempt(check, list(_deeds(check)), _is_over(note, check)) for check in checks]


def _is_over(note: ShippingNote, check: PickupCheck) -> bool:
    return note.issued_at is None or check.checked_at < note.issued_at


def _deeds(check: PickupCheck) -> Iterable[Deed]:
    if check.is_match:
        return
    each = check.difference
    if each.cause:
        words = _t("原因：%(cause)s\n改正：%(measure)s")
        facts = {"cause": each.cause, "measure": each.measure}
        yield Deed(_t("查明原因"), _name(each.caused_by), each.caused_at, words % facts)
    if each.decline_reason:
        yield Deed(_t("經理不同意"), "", None, each.decline_reason)
    if each.consented_at:
        yield Deed(_t("經理同意"), _in_place_of(each), each.consented_at)
    if each.confirmed_at:
        words = f"{each.confirmed_person}　{each.get_confirmed_means_display()}"
        recorder = _name(each.confirmation_recorded_by)
        yield Deed(_t("顧客確認"), recorder, each.confirmed_at, words)
    if each.repacked_at:
        yield Deed(_t("重新包裝"), _name(each.repacked_by), each.repacked_at, each.repack_remark)


def _name(person: User | None) -> str:
    return person.display_name if person else ""


def _in_place_of(difference: PickupDifference) -> str:
    name = _name(difference.consented_by)
    if not difference.consented_for:
        return name
    return _t("%(name)s（代 %(absent)s）") % {"name": name, "absent": difference.consented_for}


def difference_of(note: ShippingNote) -> PickupDifference | None:
    """The difference of the last check since the goods were issued; none where that agreed."""
    last = last_check(note)
    return None if last is None or last.is_match else last.difference


def steps_of_difference(note: ShippingNote, user) -> list[Step]:
    """What this user may do about the open difference."""
    difference = difference_of(note) if note.is_pickup and note.state == S.ISSUED else None
    return PICKUP_WORKFLOW.available(difference, user) if difference else []


def waits_for(note: ShippingNote) -> str:
    """Whose turn it is at an issued note that the customer fetches."""
    difference = difference_of(note)
    turn = _TURNS.get(difference.state) if difference else None
    return str(turn) if turn else _t("來提貨的顧客")


def path_of(note: ShippingNote) -> list[Station]:
    """From the goods issue to the closed note, by way of a difference where there is one."""
    last, difference = last_check(note), difference_of(note)
    labels = [_t("出庫放行"), _t("三方核對")]
    if difference:
        labels += [str(label) for _state, label in _MENDING]
    labels += [_t("提貨簽收"), _t("結單")]
    if note.state == S.CLOSED:
        position = len(labels)
    elif note.state != S.ISSUED:
        position = 0
    elif difference:
        position = 2 + [state for state, _label in _MENDING].index(difference.state)
    else:
        position = 1 if last is None else 2
    return [
        Station(label, index < position, index == position) for index, label in enumerate(labels)
    ]


def people_with(permission: str, now: datetime):
    """Those who hold a post by their own roles, and the deputies of those on leave."""
    holders = User.objects.with_permission(permission)
    leaves = Leave.objects.at(now).filter(user__in=holders.values("pk"))
    mine = Q(pk__in=holders.values("pk")) | Q(pk__in=leaves.values("deputy"))
    return User.objects.active().filter(mine).order_by("employee_no")
