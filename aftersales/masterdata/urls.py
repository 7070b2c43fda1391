from django.urls import path

from aftersales.masterdata.views import contacts, customers, imports, products, units

urlpatterns = [
    path("customers/", customers.customer_list, name="customer_list"),
    path("customers/export/", customers.customer_export, name="customer_export"),
    path("customers/new/", customers.customer_create, name="customer_create"),
    path("customers/import/", imports.customer_import, name="customer_import"),
    path(
        "customers/import/<str:token>/",
        imports.customer_import_preview,
        name="customer_import_preview",
    ),
    path("customers/<int:pk>/", customers.customer_detail, name="customer_detail"),
    path("customers/<int:pk>/edit/", customers.customer_edit, name="customer_edit"),
    path(
        "customers/<int:pk>/deactivate/", customers.customer_deactivate, name="customer_deactivate"
    ),
    path(
        "customers/<int:pk>/reactivate/", customers.customer_reactivate, name="customer_reactivate"
    ),
    path("customers/<int:pk>/contacts/new/", contacts.contact_create, name="contact_create"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact_edit"),
    path("products/", products.product_list, name="product_list"),
    path("products/export/", products.product_export, name="product_export"),
    path("products/new/", products.product_create, name="product_create"),
    path("products/import/", imports.product_import, name="product_import"),
    path(
        "products/import/<str:token>/",
        imports.product_import_preview,
        name="product_import_preview",
    ),
    path("products/<int:pk>/", products.product_detail, name="product_detail"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("products/<int:pk>/deactivate/", products.product_deactivate, name="product_deactivate"),
    path("products/<int:pk>/reactivate/", products.product_reactivate, name="product_reactivate"),
    path("units/", units.unit_list, name="unit_list"),
    path("units/export/", units.unit_export, name="unit_export"),
    path("units/new/", units.unit_create, name="unit_create"),
    path("units/import/", imports.unit_import, name="unit_import"),
    path("units/import/<str:token>/", imports.unit_import_preview, name="unit_import_preview"),
    path("units/<int:pk>/", units.unit_detail, name="unit_detail"),
    path("units/<int:pk>/edit/", units.unit_edit, name="unit_edit"),
]
