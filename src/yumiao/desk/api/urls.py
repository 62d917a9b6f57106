"""Addresses of the API: those of its endpoints, its description, the page about it."""

from django.urls import path

from yumiao.desk.api import views
from yumiao.desk.api.endpoints import ENDPOINTS

urlpatterns = [
    path("api/", views.about, name="api"),
    path("api/openapi.json", views.openapi, name="api_openapi"),
    *(one.url for one in ENDPOINTS),
]
