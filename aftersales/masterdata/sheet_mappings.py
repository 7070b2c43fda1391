"""What the columns of somebody's spreadsheets hold, remembered for the next file like it.

A file is known by its headings. Of several mappings for the same headings that of the customer
goes before that of the office, and that before the one last used.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.text import fold, tidy
from aftersales.masterdata.models import Customer, SheetMapping

Pairs = Sequence[tuple[str, str]]  # target and heading
_OFFICE = re.compile(r"^[^\d\-/#]*[^\W\d_](?=[\s\d\-/#])")
LONGEST_NAME = SheetMapping._meta.get_field("name").max_length


def candidates(
    kind: str, headings: Iterable[str], *, customer: Customer | None = None, office: str = ""
) -> list[SheetMapping]:
    """The mappings that fit a file with these headings, the likeliest first."""
    _words, digest = _known_by(headings)
    rows = SheetMapping.objects.filter(kind=kind, headings_hash=digest).select_related("customer")
    return sorted(
        rows.order_by(F("used_at").desc(nulls_last=True), "-pk"),
        key=lambda each: (
            not (customer and each.customer_id == customer.pk),
            not (office and fold(each.office) == fold(office)),
        ),
    )


@transaction.atomic
def remember(
    kind: str,
    name: str,
    columns: Pairs,
    headings: Iterable[str],
    *,
    actor,
    now: datetime,
    customer: Customer | None = None,
    office: str = "",
) -> SheetMapping:
    """Keep a mapping under a name; one of the same kind and name is replaced.

    Raises RuleViolation at `mapping_name` for an empty or too long name.
    """
    name = tidy(name or "")
    if not name or len(name) > LONGEST_NAME:
        message = _("請給這個欄位對應一個名稱，最多 %(most)d 個字") % {"most": LONGEST_NAME}
        raise RuleViolation(message, field="mapping_name")
    words, digest = _known_by(headings)
    mapping, _is_new = SheetMapping.objects.update_or_create(
        kind=kind,
        name=name,
        defaults={
            "customer": customer,
            "office": tidy(office)[:60],
            "columns": [list(pair) for pair in columns],
            "headings": words,
            "headings_hash": digest,
            "made_by": actor,
            "made_at": now,
            "used_at": now,
        },
    )
    return mapping


def note_use(mapping: SheetMapping, *, now: datetime) -> None:
    """It has served a file that was imported."""
    rows = SheetMapping.objects.filter(pk=mapping.pk)
    rows.update(used_at=now, times_used=F("times_used") + 1)


def rename(mapping: SheetMapping, name: str) -> SheetMapping:
    """Raises RuleViolation where the name is empty, too long or taken."""
    mapping.name = tidy(name or "")
    if not mapping.name or len(mapping.name) > LONGEST_NAME:
        message = _("請填名稱，最多 %(most)d 個字") % {"most": LONGEST_NAME}
        raise RuleViolation(message, field="name")
    try:
        with transaction.atomic():
            mapping.save(update_fields=["name"])
    except IntegrityError as taken:
        message = _("「%(name)s」這個名稱已經用過，請換一個") % {"name": mapping.name}
        raise RuleViolation(message, field="name") from taken
    return mapping


def office_of(number: str) -> str:
    """The office that a number begins with: 嘉兴办 of 嘉兴办 26-1-16-01; empty for plain numbers."""
    found = _OFFICE.match(tidy(number))
    return found.group().strip() if found and len(found.group().strip()) > 1 else ""


def _known_by(headings: Iterable[str]) -> tuple[list[str], str]:
    """The folded headings, sorted, and their hash: the order of columns does not matter."""
    words = sorted(fold(heading) for heading in headings if heading)
    text = json.dumps(words, ensure_ascii=False)
    return words, hashlib.sha256(text.encode()).hexdigest()
