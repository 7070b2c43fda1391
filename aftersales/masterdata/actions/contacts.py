"""Contacts: persons at a customer's. Their history is the customer's."""

from datetime import datetime

from django.db import transaction

from aftersales.core import audit, changes
from aftersales.core.errors import StaleEdit
from aftersales.masterdata.actions import rows
from aftersales.masterdata.actions.customers import PERMISSION
from aftersales.masterdata.models import Contact, Customer

FIELDS = ("name", "title", "phone", "email", "is_active")


@transaction.atomic
def create_contact(customer: Customer, *, actor, now: datetime, **facts) -> Contact:
    """新增聯絡人 (3.4)."""
    rows.check_permission(actor, PERMISSION)
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    contact = Contact(customer=customer, **facts)
    contact.full_clean()
    contact.save()
    audit.record(customer, "contact.created", actor=actor, now=now, name=contact.name)
    return contact


@transaction.atomic
def edit_contact(
    contact: Contact, *, actor, now: datetime, version: int | None = None, **facts
) -> Contact:
    """修改聯絡人; somebody who has left is marked, not deleted. Raises StaleEdit."""
    rows.check_permission(actor, PERMISSION)
    customer = Customer.objects.select_for_update().get(pk=contact.customer_id)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if version is not None and version != contact.version:
        raise StaleEdit(contact)
    before = Contact.objects.get(pk=contact.pk)
    for field, value in facts.items():
        setattr(contact, field, value)
    contact.version += 1
    contact.full_clean()
    contact.save()
    audit.record(
        customer, "contact.edited", actor=actor, now=now, name=contact.name,
        changes=changes.between(before, contact, facts),
    )  # fmt: skip
    return contact
