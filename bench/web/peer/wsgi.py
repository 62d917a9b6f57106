"""The peer behind the same server as ours."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.web.peer.settings")
application = get_wsgi_application()
