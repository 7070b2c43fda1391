"""The verbs of the master data. Each locks, changes, checks, saves and audits."""

from aftersales.masterdata.actions.agreements import (
    create_agreement,
    edit_agreement,
    terminate_agreement,
)
from aftersales.masterdata.actions.carriers import (
    create_carrier,
    deactivate_carrier,
    edit_carrier,
    reactivate_carrier,
)
from aftersales.masterdata.actions.contacts import (
    create_contact,
    edit_contact,
)
from aftersales.masterdata.actions.contracts import (
    create_contract,
    edit_contract,
)
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
from aftersales.masterdata.actions.service_scopes import (
    decide_scope,
)
from aftersales.masterdata.actions.suppliers import (
    create_supplier,
    deactivate_supplier,
    edit_supplier,
    reactivate_supplier,
)
from aftersales.masterdata.actions.units import (
    create_unit,
    edit_unit,
    register_delivered_unit,
    reverse_delivered_unit,
    warranty_end,
)
from aftersales.masterdata.actions.verifications import (
    create_verification,
)
from aftersales.masterdata.actions.warnings import warn_of_expiry

__all__ = [
    "create_agreement",
    "create_carrier",
    "create_contact",
    "create_contract",
    "create_customer",
    "create_product",
    "create_supplier",
    "create_unit",
    "create_verification",
    "deactivate_carrier",
    "deactivate_customer",
    "deactivate_product",
    "deactivate_supplier",
    "decide_scope",
    "edit_agreement",
    "edit_carrier",
    "edit_contact",
    "edit_contract",
    "edit_customer",
    "edit_product",
    "edit_supplier",
    "edit_unit",
    "next_codes",
    "reactivate_carrier",
    "reactivate_customer",
    "reactivate_product",
    "reactivate_supplier",
    "register_delivered_unit",
    "reverse_delivered_unit",
    "terminate_agreement",
    "warn_of_expiry",
    "warranty_end",
]
