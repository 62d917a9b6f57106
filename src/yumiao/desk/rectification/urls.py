"""Addresses of this room."""

from django.urls import path

from yumiao.desk.rectification import views

urlpatterns = [
    path("findings/", views.findings, name="findings"),
    path("orders/", views.orders, name="orders"),
    path("orders/new/", views.order_new, name="order_new"),
    path("orders/<uuid:uid>/", views.order, name="order"),
    path("orders/<uuid:uid>/follow/", views.order_follow, name="order_follow"),
    path("orders/<uuid:uid>/extend/", views.order_extend, name="order_extend"),
    path("orders/<uuid:uid>/withdraw/", views.order_withdraw, name="order_withdraw"),
]
