"""The JSON blocks of Brightspace's content document as typed structs: one module a resource, fields named as there."""

from content.schemas.captions import CaptionsMetadata
from content.schemas.completions import (
    ContentAggregateCompletion,
    ContentLearnerProgress,
    ContentTopicCompletion,
    ContentTopicCompletionUpdate,
    CourseCompletion,
    UserProgressData,
)
from content.schemas.enrolments import OrgUnit, OrgUnitType, UserOrgUnit
from content.schemas.enums import (
    ActivityType,
    CompletionFilter,
    CompletionLevel,
    CompletionType,
    ContentType,
    ExemptionFilter,
    TopicType,
)
from content.schemas.exemptions import ItemExemptionInfo, ItemExemptionInfoFilter
from content.schemas.objects import ContentObject, ModuleData, Overview, RichText, RichTextInput, TopicData, UserAccess
from content.schemas.pacing import ModulePacingData, PacingData, PacingInfo
from content.schemas.scheduled import OverdueItem, ScheduledItem, ScheduledItemCount
from content.schemas.toc import Module, TableOfContents, Topic

__all__ = [
    "ActivityType",
    "CaptionsMetadata",
    "CompletionFilter",
    "CompletionLevel",
    "CompletionType",
    "ContentAggregateCompletion",
    "ContentLearnerProgress",
    "ContentObject",
    "ContentTopicCompletion",
    "ContentTopicCompletionUpdate",
    "ContentType",
    "CourseCompletion",
    "ExemptionFilter",
    "ItemExemptionInfo",
    "ItemExemptionInfoFilter",
    "Module",
    "ModuleData",
    "ModulePacingData",
    "OrgUnit",
    "OrgUnitType",
    "OverdueItem",
    "Overview",
    "PacingData",
    "PacingInfo",
    "RichText",
    "RichTextInput",
    "ScheduledItem",
    "ScheduledItemCount",
    "TableOfContents",
    "Topic",
    "TopicData",
    "TopicType",
    "UserAccess",
    "UserOrgUnit",
    "UserProgressData",
]
