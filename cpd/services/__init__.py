"""The actions of Brightspace's CPD document: one service class a resource, one method an action."""

from cpd.services.fields import FieldService
from cpd.services.records import RecordService
from cpd.services.targets import TargetService

__all__ = ["FieldService", "RecordService", "TargetService"]
