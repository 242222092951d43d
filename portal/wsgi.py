"""The site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from portal.celery import app as celery_app  # needed where tasks are published

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

__all__ = ["application", "celery_app"]
