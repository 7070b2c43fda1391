"""The verbs of the master data. Each locks, changes, checks, saves and audits."""

from aftersales.masterdata.actions.contacts import create_contact, edit_contact
from aftersales.masterdata.actions.customers import (
    create_customer,
    deactivate_customer,
    edit_customer,
    next_codes,
    reactivate_customer,
)
from aftersales.masterdata.actions.products import (
    create_product,
    deactivate_product,
    edit_product,
    reactivate_product,
)
from aftersales.masterdata.actions.units import (
    create_unit,
    edit_unit,
    register_delivered_unit,
    reverse_delivered_unit,
    warranty_end,
)

__all__ = [
    "create_contact",
    "create_customer",
    "create_product",
    "create_unit",
    "deactivate_customer",
    "deactivate_product",
    "edit_contact",
    "edit_customer",
    "edit_product",
    "edit_unit",
    "next_codes",
    "reactivate_customer",
    "reactivate_product",
    "register_delivered_unit",
    "reverse_delivered_unit",
    "warranty_end",
]
