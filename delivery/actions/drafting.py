"""3.1.3 the sales clerk draws up the 發貨單: a draft, which alone can be edited."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import audit
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.text import tidy, tidy_lines
from delivery.actions.lines import FIRST, LAST, rows_of
from delivery.actions.locking import locked
from delivery.actions.scheduling import ask_warehouse
from delivery.models import ShippingNote, ShippingNoteLine
from delivery.workflow import BEFORE_LEAVING, S

CLAUSE = "3.1.3"
PERMISSION = "delivery.edit_shippingnote"
EDITABLE = frozenset(
    {
        "customer", "ship_to", "bill_to", "consignee", "phone", "address", "order_no",
        "customer_ref", "external_no", "issued_on", "ship_on", "needs_commissioning", "remark",
        "salesperson",
    }
)  # fmt: skip
# Ended before the goods left, so the customer's number may stand on another note.
NEVER_LEFT = (S.WITHDRAWN, S.REFUSED, S.CANCELLED)
# What a spreadsheet or an earlier note may bring along; the salesperson settles it (3.1.2).
AT_CREATION = EDITABLE | {"delivery_mode", "carrier_name", "waybill_no"}


@transaction.atomic
def create_note(
    *, actor, now: datetime, lines: Iterable[Mapping[str, Any]] = (), **facts
) -> ShippingNote:
    """開單 (3.1.3): a draft, issued by the actor. It takes its number when it is submitted.

    `facts` are fields of the note (AT_CREATION); `customer` is required. What is left out comes
    from the customer: consignee and telephone of its first contact, address, salesperson; the
    day of issue is today. `lines` are described at actions.lines.rows_of. Raises RuleViolation.
    """
    _check_known(facts, AT_CREATION)
    _check_permission(actor)
    note = ShippingNote(issuer=actor, created_at=now)
    _fill(note, facts)
    _fill_from_customer(note, facts)
    note.issued_on = note.issued_on or timezone.localdate(now)
    _check(note)
    _save(note)
    rows = rows_of(note, lines, {})
    ShippingNoteLine.objects.bulk_create(rows)
    audit.record(note, "shippingnote.created", actor=actor, now=now, clause=CLAUSE, lines=len(rows))
    return note


@transaction.atomic
def update_note(
    note: ShippingNote,
    *,
    actor,
    now: datetime,
    version: int,
    lines: Iterable[Mapping[str, Any]],
    **facts,
) -> ShippingNote:
    """修改草稿 (3.1.3): change the given facts and put these lines in the place of the old ones.

    `version` is the version that the form was opened with: raises StaleEdit where somebody has
    changed the draft since, RuleViolation where it is no draft or a rule says no. A line with
    the `pk` of an old one changes it; old lines that are not named are deleted.
    """
    _check_known(facts, EDITABLE)
    _check_permission(actor)
    note = locked(note)
    check_editable(note)
    if version != note.version:
        raise StaleEdit(note)
    _check_ship_on(note, facts)
    existing = {line.pk: line for line in note.lines.select_related("product")}
    before, goods_before = _seen(note), _goods(existing.values())
    _fill(note, facts)
    note.version += 1
    _check(note)
    rows = rows_of(note, lines, existing)
    _replace(existing, rows)
    goods_changed = goods_before != _goods(rows)
    if note.scheduled_at and goods_changed:
        note.acknowledged_at = note.acknowledged_by = None
    _save(note)
    after = _seen(note)
    entry = audit.record(
        note,
        "shippingnote.edited",
        actor=actor,
        now=now,
        clause=CLAUSE,
        changes={
            name: [before[name], after[name]] for name in before if before[name] != after[name]
        },
        lines=len(rows),
        lines_changed=goods_changed,
    )
    if note.scheduled_at and goods_changed:
        ask_warehouse(note, entry, now=now, is_again=True)
    return note


def check_editable(note: ShippingNote) -> None:
    """Raises RuleViolation, with what to do instead, unless the note is a draft."""
    if note.state == S.DRAFT:
        return
    if note.state == S.SUBMITTED:
        words = _("%(note)s 已提交待簽發，不能修改；要改請分管領導先「退回修改」")
    elif note.state in BEFORE_LEAVING:
        words = _("%(note)s 已簽發，不能修改；要改請「撤回並修訂」，修改後重新簽發")
    else:
        words = _("%(note)s 目前是「%(state)s」，不能修改；只有草稿可以修改")
    raise RuleViolation(
        words % {"note": note.title, "state": note.get_state_display()}, clause=CLAUSE
    )


def _check_permission(actor) -> None:
    if not actor.has_perm(PERMISSION):
        raise RuleViolation(_("您的角色沒有開立與修改發貨單草稿的權限"), clause=CLAUSE)


def _check_known(facts: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := set(facts) - known:
        raise TypeError(f"unknown facts of a shipping note: {sorted(unknown)}")


def _check_ship_on(note: ShippingNote, facts: Mapping[str, Any]) -> None:
    """A day that the warehouse has been told is changed by arranging anew (3.1.2)."""
    if note.scheduled_at and "ship_on" in facts and facts["ship_on"] != note.ship_on:
        raise RuleViolation(
            _("已安排 %(day)s 發貨並通知倉庫；改日期請由業務員重新「安排交付」")
            % {"day": note.ship_on},
            clause="3.1.2",
            field="ship_on",
        )


def _fill(note: ShippingNote, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if isinstance(value, str):
            value = tidy_lines(value) if name == "remark" else tidy(value)
        setattr(note, name, value)
    # The same customer named twice says nothing.
    for name in ("ship_to", "bill_to"):
        if getattr(note, f"{name}_id") == note.customer_id:
            setattr(note, name, None)


def _fill_from_customer(note: ShippingNote, facts: Mapping[str, Any]) -> None:
    if note.customer_id is None:
        return
    receiver = note.ship_to or note.customer
    if not note.consignee:
        contact = receiver.contacts.filter(is_active=True).order_by("pk").first()
        if contact:
            note.consignee = contact.name
            note.phone = note.phone or contact.phone
    note.phone = note.phone or receiver.phone
    note.address = note.address or receiver.address
    if "salesperson" not in facts:
        note.salesperson = note.customer.salesperson


def _check(note: ShippingNote) -> None:
    if note.customer_id is None:
        raise RuleViolation(_("請選擇客戶"), clause=CLAUSE, field="customer")
    if taken := _taken_external_no(note):
        raise taken
    note.search_text = note.folded()
    note.clean_fields(exclude={field.name for field in note._meta.fields if field.is_relation})
    for name in ("issued_on", "ship_on"):
        day = getattr(note, name)
        if day and not FIRST <= day <= LAST:
            raise RuleViolation(
                _("日期應在 2000 至 2100 年之間，現在是 %(day)s") % {"day": day},
                clause=CLAUSE,
                field=name,
            )


def _taken_external_no(note: ShippingNote) -> RuleViolation | None:
    if not note.external_no:
        return None
    same = ShippingNote.objects.filter(customer=note.customer_id, external_no=note.external_no)
    other = same.exclude(pk=note.pk).exclude(state__in=NEVER_LEFT).first()
    if other is None:
        return None
    return RuleViolation(
        _("這位客戶的單號 %(external_no)s 已經有 %(other)s（%(state)s），請改用那一張或更正單號")
        % {
            "external_no": note.external_no,
            "other": other.title,
            "state": other.get_state_display(),
        },
        clause=CLAUSE,
        field="external_no",
    )


def _save(note: ShippingNote) -> None:
    """Save; of two drafts with one external number at the same moment the later is refused."""
    try:
        with transaction.atomic():
            note.save()
    except IntegrityError as error:
        raise _taken_external_no(note) or error from error


def _replace(existing: Mapping[int, ShippingNoteLine], rows: list[ShippingNoteLine]) -> None:
    kept = {row.pk for row in rows if row.pk}
    if gone := set(existing) - kept:
        ShippingNoteLine.objects.filter(pk__in=gone).delete()
    fields = [
        f.name for f in ShippingNoteLine._meta.concrete_fields if f.name not in ("id", "note")
    ]
    ShippingNoteLine.objects.bulk_update([row for row in rows if row.pk], fields)
    ShippingNoteLine.objects.bulk_create([row for row in rows if not row.pk])


def _seen(note: ShippingNote) -> dict[str, str]:
    """The editable facts as text, for the trail of what changed."""
    return {name: str(getattr(note, name) or "") for name in sorted(EDITABLE)}


def _goods(rows: Iterable[ShippingNoteLine]) -> list[tuple]:
    """What the warehouse has to prepare; prices and remarks are none of its business."""
    return sorted(
        (row.line_no, row.part_no, row.quantity, tuple(row.planned_serials)) for row in rows
    )
