"""Addresses of the rule book, county papers, settings and the calendar."""

from django.urls import path

from yumiao.desk.bylaws import calendar_views, code_views, paper_views, rule_views, setting_views

urlpatterns = [
    path("rules/", rule_views.rules, name="rules"),
    path("rules/print/", rule_views.rules_on_paper, name="rules_pdf"),
    path("rules/codes/", code_views.code_tables, name="codes"),
    path("rules/<str:rule_id>/", rule_views.rule, name="rule"),
    path("papers/", paper_views.papers, name="papers"),
    path("papers/new/", paper_views.paper_new, name="paper_new"),
    path("papers/<uuid:uid>/", paper_views.paper, name="paper"),
    path("settings/", setting_views.settings, name="settings"),
    path("settings/<str:key>/", setting_views.setting, name="setting"),
    path("settings/<str:key>/change/", setting_views.setting_change, name="setting_change"),
    path("settings/<str:key>/preview/", setting_views.setting_preview, name="setting_preview"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/days/remove/", calendar_views.days_off_remove, name="days_off_remove"),
    path("calendar/days/", calendar_views.days_off, name="days_off"),
]
