"""All routes. Each app keeps its own; links between wings go by name."""

from django.urls import include, path

urlpatterns = [
    path("", include("aftersales.core.urls")),
    path("accounts/", include("aftersales.accounts.urls")),
    path("masterdata/", include("aftersales.masterdata.urls")),
    path("delivery/", include("delivery.urls")),
]
