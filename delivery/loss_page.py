"""What the page of a loss in transit shows beside its row: pure reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from aftersales.core.models import Attachment
from delivery import arrivals
from delivery.models import TransitLoss, TransitLossLine

S = TransitLoss.State
_WAYS = {
    TransitLoss.Party.CARRIER: (S.OPEN, S.CLAIMED, S.ACCEPTED, S.SETTLED),
    TransitLoss.Party.OWN_FLEET: (S.OPEN, S.SETTLED),
}
SOON = 3  # days before the agreement's last day to claim


@dataclass(frozen=True)
class Station:
    """A stop of the way that the page draws (components/state_path.html)."""

    label: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Row:
    """What of one line was lost, with the pictures that were taken of it on arrival."""

    lost: TransitLossLine
    pictures: Sequence[Attachment]


def path_of(loss: TransitLoss) -> list[Station]:
    """The way up to its end; what was refused or written off leaves it at the end."""
    way = _WAYS[loss.party]
    if loss.state in way:
        at = way.index(loss.state)
        is_over = loss.state in TransitLoss.ENDED
        return [
            Station(str(S(state).label), index < at or (is_over and index == at), index == at)
            for index, state in enumerate(way)
        ]
    came = [S.OPEN]
    if loss.claimed_on:
        came.append(S.CLAIMED)
    if loss.agreed_amount is not None:
        came.append(S.ACCEPTED)
    stations = [Station(str(S(state).label), True, False) for state in came]
    return [*stations, Station(str(loss.get_state_display()), False, True)]


def waits_for(loss: TransitLoss) -> str:
    """Whose turn it is; empty where the loss has ended."""
    if loss.state == S.CLAIMED:
        return _("承運商 %(carrier)s") % {"carrier": loss.carrier}
    if loss.state == S.ACCEPTED:
        return _("銷售部經理")
    if loss.state in TransitLoss.ENDED:
        return ""
    return _("負責人 %(owner)s") % {"owner": loss.owner}


def rows_of(loss: TransitLoss) -> tuple[list[Row], list[Attachment]]:
    """Each line with its pictures, and the pictures of the whole load."""
    pictures = arrivals.photos(loss.note)
    rows = [Row(row, pictures.get(row.line.line_no, ())) for row in loss.lines.all()]
    return rows, pictures.get(0, [])


def deadline_words(loss: TransitLoss, today: date) -> tuple[str, str]:
    """Until when the agreement lets us claim, in words, and the tone of them; empty without one.

    A claim that has been made keeps to it or not for good.
    """
    if loss.claim_by is None:
        return "", ""
    facts = {"day": loss.claim_by, "days": abs((loss.claim_by - (loss.claimed_on or today)).days)}
    if loss.claimed_on:
        if loss.claimed_on <= loss.claim_by:
            return _("%(day)s，已在期限內索賠") % facts, "done"
        return _("%(day)s，索賠時已過 %(days)d 天") % facts, "late-met"
    if loss.state in TransitLoss.ENDED:
        return _("%(day)s，沒有索賠") % facts, ""
    if today > loss.claim_by:
        return _("%(day)s，已過 %(days)d 天") % facts, "late"
    tone = "late" if facts["days"] <= SOON else "wait"
    return _("%(day)s，還有 %(days)d 天") % facts, tone
