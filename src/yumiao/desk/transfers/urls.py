"""Addresses."""

from django.urls import path

from yumiao.desk.transfers import views

urlpatterns = [
    path("transfers/", views.transfers, name="transfers"),
    path("transfers/in/", views.transfer_in, name="transfer_in"),
    path("transfers/<uuid:uid>/", views.transfer, name="transfer"),
    path("transfers/<uuid:uid>/letter/", views.transfer_letter, name="transfer_letter"),
    path("transfers/<uuid:uid>/material/", views.transfer_material, name="transfer_material"),
    path("transfers/<uuid:uid>/<slug:step>/", views.transfer_step, name="transfer_step"),
    path("people/<uuid:uid>/transfer/", views.transfer_issue, name="transfer_issue"),
]
