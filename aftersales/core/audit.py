"""The audit trail: who did what to which document, when and by which clause; append-only.

`record` writes inside the action's own transaction. The entries of a document form a hash chain;
`seal` chains the heads of all documents that changed, so that a tail cut off is found too.
`verify` (manage.py verify_audit) names the first broken row.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max, Model

from aftersales.core.batches import in_batches
from aftersales.core.models import AuditEntry, AuditSeal, AuditSealHead


def record(
    subject,
    event: str,
    *,
    actor,
    now: datetime,
    step=None,
    clause: str = "",
    on_behalf_of: str | None = None,
    **data,
) -> AuditEntry:
    """Append one event to the subject's chain.

    The caller holds the lock on the subject's row. `actor` is a User, or a name (str) for
    somebody outside; `step` is the workflow.Transition just applied and gives the clause; a
    deputy's act is marked with the name of the absent person, which the caller gives where a
    rule leaves only one of several. Times are aware.
    """
    person = None if isinstance(actor, str) else actor
    if on_behalf_of is None:
        on_behalf_of = person.acting_for(step.permission) if person and step else ""
    content_type = ContentType.objects.get_for_model(subject)
    chain = AuditEntry.objects.filter(content_type=content_type, object_id=subject.pk)
    last = chain.order_by("-sequence").values_list("sequence", "hash")[:1]
    sequence, previous_hash = next(iter(last), (0, ""))
    entry = AuditEntry(
        content_type=content_type,
        object_id=subject.pk,
        sequence=sequence + 1,
        event=event,
        clause=clause or (step.clause if step else ""),
        at=now,
        actor=person,
        actor_name=actor if person is None else person.display_name,
        on_behalf_of=on_behalf_of,
        data=_plain(data),
        previous_hash=previous_hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def record_many(
    subjects: Iterable[tuple[Model, dict]],
    event: str,
    *,
    actor,
    now: datetime,
    clause: str = "",
    are_new: bool = False,
) -> int:
    """Append one event to the chain of each subject, with its own data; returns how many.

    For work on hundreds of rows at once, all of one model and each there once: a query for the
    heads of all their chains (none where the rows `are_new`), a few for the entries. The caller
    holds the locks.
    """
    subjects = list(subjects)
    if not subjects:
        return 0
    content_type = ContentType.objects.get_for_model(subjects[0][0])
    heads = {} if are_new else _heads(content_type.pk, [row.pk for row, _data in subjects])
    entries = []
    for subject, data in subjects:
        last = heads.get(subject.pk)
        entry = AuditEntry(
            content_type=content_type, object_id=subject.pk, event=event, clause=clause, at=now,
            sequence=last.sequence + 1 if last else 1, previous_hash=last.hash if last else "",
            actor=actor, actor_name=actor.display_name, data=_plain(data),
        )  # fmt: skip
        entry.hash = hash_of(entry)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    return len(entries)


def _heads(content_type_id: int, keys: Iterable[int]) -> dict[int, AuditEntry]:
    """The last entry of each chain that there is, a few hundred chains at a time."""
    heads = {}
    for some in in_batches(keys):
        found = AuditEntry.objects.filter(content_type=content_type_id, object_id__in=some)
        heads |= {entry.object_id: entry for entry in found.order_by("object_id", "sequence")}
    return heads


def _plain(data: dict) -> dict:
    """The data as JSON keeps it, so that the hash is that of what is read back."""
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False))


def timeline(subject) -> list[AuditEntry]:
    """All events of a document, the newest first, with their actors."""
    return list(
        AuditEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
        ).order_by("-sequence")
    )


def is_intact(subject) -> bool:
    """True while every entry of this document's chain fits the one before."""
    previous_hash = ""
    for sequence, entry in enumerate(reversed(timeline(subject)), start=1):
        if (entry.sequence, entry.previous_hash) != (sequence, previous_hash):
            return False
        if entry.hash != hash_of(entry):
            return False
        previous_hash = entry.hash
    return True


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over everything that the row says and the hash of the row before."""
    return _digest(
        entry.content_type_id,
        entry.object_id,
        entry.sequence,
        entry.event,
        entry.clause,
        entry.at.timestamp(),
        entry.actor_id,
        entry.actor_name,
        entry.on_behalf_of,
        entry.data,
        entry.previous_hash,
    )


@transaction.atomic
def seal(*, now: datetime) -> AuditSeal | None:
    """Seal the heads of all chains that grew since the last seal; None where none did."""
    previous = AuditSeal.objects.select_for_update().order_by("-pk").first()
    # Entries get their id when inserted and become visible when committed, so an entry with a
    # smaller id may appear later; sealing the head that is seen is right all the same, because
    # a head covers its whole chain.
    newest = AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    already = previous.last_entry_id if previous else 0
    if newest <= already:
        return None
    grown = AuditEntry.objects.filter(pk__gt=already).values_list("content_type", "object_id")
    chains = grown.distinct().order_by("content_type", "object_id")
    heads: list[AuditEntry] = []
    for content_type, group in groupby(chains, key=lambda chain: chain[0]):
        keys = [key for _content_type, key in group]
        last = _heads(content_type, keys)
        heads += [last[key] for key in keys]
    sealed = AuditSeal(
        at=now, last_entry_id=newest, previous_hash=previous.hash if previous else ""
    )
    sealed.hash = _seal_hash(sealed, heads)
    sealed.save(force_insert=True)
    AuditSealHead.objects.bulk_create(
        AuditSealHead(
            seal=sealed,
            content_type_id=head.content_type_id,
            object_id=head.object_id,
            sequence=head.sequence,
            hash=head.hash,
        )
        for head in heads
    )
    return sealed


@dataclass(frozen=True)
class Verdict:
    """What verify found. `broken` names the first broken row, empty where all holds."""

    entries: int
    chains: int
    seals: int
    broken: str = ""


def verify() -> Verdict:
    """Read every chain and every seal; stops at the first broken row."""
    counts = {"entries": 0, "chains": 0}
    for problem in _broken_entries(counts):
        return Verdict(counts["entries"], counts["chains"], 0, problem)
    seals = 0
    previous_hash = ""
    for sealed in AuditSeal.objects.order_by("pk").iterator(chunk_size=500):
        heads = list(sealed.heads.order_by("content_type", "object_id"))
        if sealed.previous_hash != previous_hash or sealed.hash != _seal_hash(sealed, heads):
            return Verdict(counts["entries"], counts["chains"], seals, f"seal {sealed.pk}")
        for head in heads:
            if not AuditEntry.objects.filter(
                content_type=head.content_type_id,
                object_id=head.object_id,
                sequence=head.sequence,
                hash=head.hash,
            ).exists():
                where = f"seal {sealed.pk}: entry {head.content_type}/{head.object_id}"
                return Verdict(
                    counts["entries"], counts["chains"], seals, f"{where} #{head.sequence} is gone"
                )
        previous_hash = sealed.hash
        seals += 1
    return Verdict(counts["entries"], counts["chains"], seals)


def _broken_entries(counts: dict[str, int]) -> Iterator[str]:
    chain, sequence, previous_hash = None, 0, ""
    entries = AuditEntry.objects.order_by("content_type", "object_id", "sequence")
    for entry in entries.iterator(chunk_size=2000):
        if (entry.content_type_id, entry.object_id) != chain:
            chain, sequence, previous_hash = (entry.content_type_id, entry.object_id), 0, ""
            counts["chains"] += 1
        sequence += 1
        counts["entries"] += 1
        if (
            entry.sequence != sequence
            or entry.previous_hash != previous_hash
            or entry.hash != hash_of(entry)
        ):
            yield f"entry {entry.pk}: {entry.content_type} {entry.object_id} #{entry.sequence}"
        previous_hash = entry.hash


def _seal_hash(sealed: AuditSeal, heads) -> str:
    return _digest(
        sealed.at.timestamp(),
        sealed.last_entry_id,
        sealed.previous_hash,
        [[head.content_type_id, head.object_id, head.sequence, head.hash] for head in heads],
    )


def _digest(*parts) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
