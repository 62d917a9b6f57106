"""Addresses."""

from django.urls import path

from yumiao.desk.home.views import home
from yumiao.desk.people.search import search

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
]
