from aftersales.masterdata.models.carriers import Carrier, CarrierAgreement, CarrierVerification
from aftersales.masterdata.models.contacts import Contact
from aftersales.masterdata.models.contracts import Contract
from aftersales.masterdata.models.customers import Customer
from aftersales.masterdata.models.partners import Supplier
from aftersales.masterdata.models.products import Product
from aftersales.masterdata.models.service_scopes import ServiceScope
from aftersales.masterdata.models.sheet_mappings import SheetMapping
from aftersales.masterdata.models.units import Unit

__all__ = [
    "Carrier",
    "CarrierAgreement",
    "CarrierVerification",
    "Contact",
    "Contract",
    "Customer",
    "Product",
    "ServiceScope",
    "SheetMapping",
    "Supplier",
    "Unit",
]
