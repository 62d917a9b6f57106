"""The pages under load, beside what an engineer would otherwise take: Django's admin with django-import-export, on the same rows."""
