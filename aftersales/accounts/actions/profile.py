from datetime import datetime

from django.db import transaction

from aftersales.accounts.models import User
from aftersales.core import audit, changes
from aftersales.core.errors import StaleEdit

FACTS = ("phone", "language", "wants_mail")


@transaction.atomic
def edit_profile(user: User, *, now: datetime, version: int, **facts) -> User:
    """What people keep up to date themselves (FACTS). Raises StaleEdit."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.version != version:
        raise StaleEdit(user)
    before = User.objects.get(pk=user.pk)
    for field in FACTS:
        setattr(user, field, facts[field])
    user.version += 1
    user.full_clean()
    user.save()
    changed = changes.between(before, user, FACTS)
    audit.record(user, "user.profile_edited", actor=user, now=now, changes=changed)
    return user
