from aftersales.masterdata.models.contacts import Contact
from aftersales.masterdata.models.customers import Customer
from aftersales.masterdata.models.products import Product
from aftersales.masterdata.models.units import Unit

__all__ = ["Contact", "Customer", "Product", "Unit"]
