"""Addresses."""

from django.urls import path

from yumiao.desk.accounts.views import invite_member

urlpatterns = [path("people/<uuid:uid>/invite/", invite_member, name="invite_member")]
