"""The Celery application of the worker. Messages carry ids only; what they are about is in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Otherwise threads other than the one that made the app would publish to a default broker.
app.set_default()
app.autodiscover_tasks()
