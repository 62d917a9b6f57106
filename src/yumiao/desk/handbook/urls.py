"""Addresses of the handbook."""

from django.urls import path

from yumiao.desk.handbook import views

urlpatterns = [
    path("handbook/", views.handbook, name="handbook"),
    path("handbook/pictures/<slug:name>.png", views.picture, name="handbook_picture"),
    path("handbook/<slug:name>/", views.chapter, name="chapter"),
]
