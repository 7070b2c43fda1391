from django.urls import path

from aftersales.masterdata.views import (
    carrier_papers,
    carriers,
    contacts,
    contracts,
    customers,
    expiring,
    imports,
    products,
    service_scopes,
    suppliers,
    units,
)
from aftersales.masterdata.views.kinds import routes

# `routes` makes <slug>_list, _export, _create, _edit, _deactivate and _reactivate of a kind.
urlpatterns = [
    *routes("customers", customers.CUSTOMER),
    path("customers/import/", imports.customer_import, name="customer_import"),
    path(
        "customers/import/<str:token>/",
        imports.customer_import_preview,
        name="customer_import_preview",
    ),
    path("customers/<int:pk>/", customers.customer_detail, name="customer_detail"),
    path("customers/<int:pk>/contacts/new/", contacts.contact_create, name="contact_create"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact_edit"),
    *routes("products", products.PRODUCT),
    path("products/import/", imports.product_import, name="product_import"),
    path(
        "products/import/<str:token>/",
        imports.product_import_preview,
        name="product_import_preview",
    ),
    path("products/<int:pk>/", products.product_detail, name="product_detail"),
    path(
        "products/<int:pk>/scopes/new/",
        service_scopes.product_scope_create,
        name="product_scope_create",
    ),
    *routes("units", units.UNIT),
    path("units/import/", imports.unit_import, name="unit_import"),
    path("units/import/<str:token>/", imports.unit_import_preview, name="unit_import_preview"),
    path("units/<int:pk>/", units.unit_detail, name="unit_detail"),
    *routes("suppliers", suppliers.SUPPLIER),
    path("suppliers/<int:pk>/", suppliers.supplier_detail, name="supplier_detail"),
    *routes("carriers", carriers.CARRIER),
    path("carriers/<int:pk>/", carriers.carrier_detail, name="carrier_detail"),
    path(
        "carriers/<int:pk>/agreements/new/",
        carrier_papers.agreement_create,
        name="agreement_create",
    ),
    path("agreements/<int:pk>/edit/", carrier_papers.agreement_edit, name="agreement_edit"),
    path(
        "agreements/<int:pk>/terminate/",
        carrier_papers.agreement_terminate,
        name="agreement_terminate",
    ),
    path(
        "carriers/<int:pk>/verifications/new/",
        carrier_papers.verification_create,
        name="verification_create",
    ),
    *routes("contracts", contracts.CONTRACT),
    path("contracts/<int:pk>/", contracts.contract_detail, name="contract_detail"),
    path(
        "contracts/<int:pk>/scopes/new/",
        service_scopes.contract_scope_create,
        name="contract_scope_create",
    ),
    *routes("scopes", service_scopes.SERVICE_SCOPE),
    path("scopes/<int:pk>/", service_scopes.service_scope_detail, name="service_scope_detail"),
    path("expiry/", expiring.expiry_list, name="expiry_list"),
]
