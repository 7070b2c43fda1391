"""The verbs of the master data. Each locks, changes, checks, saves and audits."""

from aftersales.masterdata.actions.contacts import create_contact, edit_contact
from aftersales.masterdata.actions.customers import create_customer, edit_customer
from aftersales.masterdata.actions.products import create_product, edit_product
from aftersales.masterdata.actions.units import (
    create_unit,
    edit_unit,
    register_delivered_unit,
    warranty_end,
)

__all__ = [
    "create_contact",
    "create_customer",
    "create_product",
    "create_unit",
    "edit_contact",
    "edit_customer",
    "edit_product",
    "edit_unit",
    "register_delivered_unit",
    "warranty_end",
]
