"""Addresses."""

from django.urls import path

from yumiao.desk.imports import exports, header_pages, results, template_pages, wizard

urlpatterns = [
    path("import/", wizard.imports, name="imports"),
    path("import/templates/", template_pages.templates, name="import_templates"),
    path("import/templates/filled/", template_pages.filled, name="import_filled"),
    path("import/template/", template_pages.template, name="import_template"),
    path("import/headers/", header_pages.header_names, name="header_names"),
    path("import/headers/<uuid:uid>/remove/", header_pages.remove, name="header_name_remove"),
    path("import/<uuid:uid>/", wizard.import_, name="import"),
    path("import/<uuid:uid>/check/", wizard.check, name="import_check"),
    path("import/<uuid:uid>/columns/", wizard.columns, name="import_columns"),
    path("import/<uuid:uid>/take/", wizard.take, name="import_take"),
    path("import/<uuid:uid>/drop/", wizard.drop, name="import_drop"),
    path("import/<uuid:uid>/faults/", wizard.faults, name="import_faults"),
    path("import/<int:seq>/", results.result, name="import_result"),
    path("import/<int:seq>/rows/", results.rows, name="import_rows"),
    path("import/<int:seq>/undo/", results.undo, name="import_undo"),
    path("export/", exports.export, name="export"),
]
