"""Addresses of this room."""

from django.urls import path

from yumiao.desk.rectification import figure_views, views

urlpatterns = [
    path("oversight/", figure_views.oversight, name="oversight"),
    path("oversight/cases/", figure_views.oversight_cases, name="oversight_cases"),
    path("referrals/", figure_views.referrals, name="referrals"),
    path("referrals/new/<uuid:uid>/", figure_views.referral_new, name="referral_new"),
    path("referrals/<uuid:uid>/close/", figure_views.referral_close, name="referral_close"),
    path("orders/<uuid:uid>/print/<slug:what>/", views.order_print, name="order_print"),
    path("findings/", views.findings, name="findings"),
    path("orders/", views.orders, name="orders"),
    path("orders/new/", views.order_new, name="order_new"),
    path("orders/<uuid:uid>/", views.order, name="order"),
    path("orders/<uuid:uid>/follow/", views.order_follow, name="order_follow"),
    path("orders/<uuid:uid>/paper/", views.order_paper, name="order_paper"),
    path("orders/<uuid:uid>/papers/<int:number>/", views.order_paper_file, name="order_paper_file"),
    path("orders/<uuid:uid>/extend/", views.order_extend, name="order_extend"),
    path("orders/<uuid:uid>/withdraw/", views.order_withdraw, name="order_withdraw"),
]
