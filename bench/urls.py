"""The site's routes and the bare control's."""

from django.urls import include, path

from bench import views

urlpatterns = [
    path("bench/list/", views.bare_list),
    path("bench/notes/<int:pk>/", views.bare_detail),
    path("", include("aftersales.urls")),
]
