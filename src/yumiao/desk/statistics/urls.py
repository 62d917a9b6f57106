"""Addresses."""

from django.urls import path

from yumiao.desk.statistics import views

urlpatterns = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/workbook/", views.workbook, name="statistics_xlsx"),
    path("statistics/people/", views.people, name="statistics_people"),
    path("statistics/units/", views.units, name="statistics_units"),
]
