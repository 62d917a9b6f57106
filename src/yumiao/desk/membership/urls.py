"""Addresses."""

from django.urls import path

from yumiao.desk.membership.register import changes
from yumiao.desk.membership.views import change_undo, status_change, status_changes

urlpatterns = [
    path("people/<uuid:uid>/changes/", status_changes, name="status_changes"),
    path("people/<uuid:uid>/changes/<str:change>/", status_change, name="status_change"),
    path("changes/", changes, name="changes"),
    path("changes/<int:seq>/undo/", change_undo, name="change_undo"),
]
