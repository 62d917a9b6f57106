"""The WSGI application, for a server of somebody's own choice; `yumiao serve` uses it too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yumiao.config.settings.production")
application = get_wsgi_application()
