"""The settings of the CPD feature."""

from django.conf import settings

from cpd.amounts import Unit


def credit_unit() -> Unit:
    """What the organisation counts: minutes, or records."""
    return Unit(settings.PORTAL_CPD_UNIT)
