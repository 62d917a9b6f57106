"""The peer: Django's admin with django-import-export, as their handbooks say."""
