"""The ASGI entry point, for whoever serves Lindero with an asynchronous server; `./lindero` uses wsgi."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")
application = get_asgi_application()
