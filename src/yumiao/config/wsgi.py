"""The WSGI application, for a server of somebody's own choice.

It starts only where `yumiao serve` would: a place without data, half restored, or of an older structure stops the server with the reason.
A database that does not answer yet stops nothing: until it does, pages say that the system cannot be used for the moment.
"""

import logging
import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def _started() -> WSGIHandler:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yumiao.config.settings.production")
    django.setup()
    from django.db import OperationalError, connection

    from yumiao.config.installation import data_folder, opened
    from yumiao.config.static_files import collect_static

    try:
        opened()
    except OperationalError as error:
        logging.getLogger("yumiao").warning("the database does not answer yet: %s", type(error).__name__)
    connection.close()  # a server that makes its workers after this must not share it among them
    collect_static(data_folder())
    return get_wsgi_application()


application = _started()
