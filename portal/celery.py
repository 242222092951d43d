"""The worker's application. Messages carry ids only and are hints: the database is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Without this a thread that did not make the app publishes to a default broker instead of ours.
app.set_default()
app.autodiscover_tasks()
