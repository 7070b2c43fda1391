"""Losses in transit that wait for somebody, each at its owner or the sales manager (3.2.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.work import Task
from delivery.models import TransitLoss, TransitLossLine
from delivery.todo.counting import counted

S = TransitLoss.State
MOST = 100
DAYS_TO_ACT = timedelta(days=3)  # from the opening or a refusal; the agreement may end before
DAYS_TO_ANSWER = timedelta(days=14)  # from the claim; then the carrier is reminded
CLOSE_OF_DAY = time(17, 30)


@dataclass(frozen=True)
class _Turn:
    """What one person has to do about a loss, or whom it waits for."""

    verb: str
    url_name: str
    due_at: datetime | None = None
    waits_for: str = ""


def tasks(user, now: datetime) -> Iterable[Task]:
    """The own losses, those of whom the user stands in for, and those that the manager ends."""
    ends = user.has_perm("delivery.end_transitloss")
    people = [user, *user.absent_principals]
    for loss in _waiting(people, ends)[:MOST]:
        is_owner = loss.owner in people
        turn = (_to_end(loss) if ends else None) or (_of_owner(loss, now) if is_owner else None)
        if turn:
            yield _task(loss, turn, user)


def counting(user, today: date) -> QuerySet:
    """How many losses this user has to do something about, and how many of them wait too long;
    those that wait for the carrier or the manager are not among them."""
    ends = user.has_perm("delivery.end_transitloss")
    rows = _waiting([user, *user.absent_principals], ends)
    to_claim = Q(state=S.OPEN) & (Q(party=TransitLoss.Party.CARRIER) | Q(is_unpriced=True))
    unanswered = Q(state=S.CLAIMED, claimed_on__lte=today - DAYS_TO_ANSWER)
    waits = to_claim | unanswered | Q(state=S.REJECTED)
    if ends:
        waits |= Q(state__in=[S.OPEN, S.ACCEPTED])
    is_late = Q(state=S.OPEN, opened_at__lt=_start_of(today) - DAYS_TO_ACT)
    return counted(rows, waits, waits & is_late)


def claim_due_at(loss: TransitLoss) -> datetime:
    """Until when it is claimed: three days after the opening, or the last day of the agreement."""
    due_at = loss.opened_at + DAYS_TO_ACT
    return min(due_at, _close_of(loss.claim_by)) if loss.claim_by else due_at


def _waiting(people: list, ends: bool):
    unpriced = TransitLossLine.objects.filter(loss=OuterRef("pk"), amount=None)
    mine = Q(owner__in=people)
    if ends:
        # What the manager ends, and what nobody looks after any more.
        mine |= Q(state=S.ACCEPTED) | Q(owner__is_active=False)
        mine |= Q(state=S.OPEN, party=TransitLoss.Party.OWN_FLEET)
    return (
        TransitLoss.objects.open()
        .filter(mine)
        .annotate(is_unpriced=Exists(unpriced))
        .select_related("note__customer", "carrier", "agreement", "owner")
        .order_by("opened_at", "pk")
    )


def _to_end(loss: TransitLoss) -> _Turn | None:
    """What only the sales manager can do."""
    if not loss.owner.is_active:
        return _Turn(_("改派負責人"), "transitloss_hand_on")
    if loss.state == S.ACCEPTED:
        return _Turn(_("了結索賠"), "transitloss_settle")
    if loss.state == S.OPEN and not loss.is_claim:
        return _Turn(_("了結事故"), "transitloss_resolve", claim_due_at(loss))
    return None


def _of_owner(loss: TransitLoss, now: datetime) -> _Turn:
    detail = "transitloss_detail"
    if loss.state == S.OPEN and loss.is_unpriced:
        return _Turn(_("核定損失金額"), "transitloss_assess", claim_due_at(loss))
    if loss.state == S.OPEN and loss.is_claim:
        return _Turn(_("向承運商索賠"), "transitloss_claim", claim_due_at(loss))
    if loss.state == S.CLAIMED:
        remind_at = _close_of(loss.claimed_on + DAYS_TO_ANSWER)
        if now < remind_at:
            return _Turn(_("登記對方答復"), detail, waits_for=_("承運商"))
        return _Turn(_("催承運商答復"), detail, remind_at)
    if loss.state == S.REJECTED:
        return _Turn(_("再次索賠或核銷"), detail, _close_of(loss.replied_on + DAYS_TO_ACT))
    verb = _("了結索賠") if loss.is_claim else _("了結事故")
    return _Turn(verb, detail, waits_for=_("銷售部經理"))


def _task(loss: TransitLoss, turn: _Turn, user) -> Task:
    stands_in = turn.url_name in _ENDING
    on_behalf_of = loss.owner.display_name if loss.owner_id != user.pk else ""
    return Task(
        verb=turn.verb,
        number=loss.number,
        url=reverse(turn.url_name, args=[loss.number]),
        who=loss.carrier.name if loss.carrier else _("公司車隊"),
        about=f"{loss.note.title}　{loss.note.customer.name}",
        clause="3.2.2",
        since=_since(loss),
        due_at=turn.due_at,
        waits_for=turn.waits_for,
        on_behalf_of=user.acting_for("delivery.end_transitloss") if stands_in else on_behalf_of,
    )


_ENDING = {"transitloss_hand_on", "transitloss_settle", "transitloss_resolve"}


def _since(loss: TransitLoss) -> datetime:
    """Since when it waits as it does now."""
    day = {S.CLAIMED: loss.claimed_on, S.ACCEPTED: loss.replied_on, S.REJECTED: loss.replied_on}
    return _start_of(day[loss.state]) if day.get(loss.state) else loss.opened_at


def _close_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, CLOSE_OF_DAY))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
