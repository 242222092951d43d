"""The actions of Brightspace's content document: one service class a resource, one method an action."""

from content.services.captions import CaptionsFileService, CaptionsService
from content.services.completions import CompletionService, CourseCompletionService
from content.services.enrolments import EnrolmentService
from content.services.exemptions import ExemptionService
from content.services.files import TopicFileService
from content.services.modules import ModuleService
from content.services.order import OrderService
from content.services.overdue_items import OverdueItemService
from content.services.overview import OverviewService
from content.services.pacing import PacingService
from content.services.scheduled_items import ScheduledItemService
from content.services.table_of_contents import TableOfContentsService
from content.services.topics import TopicService
from content.services.user_progress import UserProgressService

__all__ = [
    "CaptionsFileService",
    "CaptionsService",
    "CompletionService",
    "CourseCompletionService",
    "EnrolmentService",
    "ExemptionService",
    "ModuleService",
    "OrderService",
    "OverdueItemService",
    "OverviewService",
    "PacingService",
    "ScheduledItemService",
    "TableOfContentsService",
    "TopicFileService",
    "TopicService",
    "UserProgressService",
]
