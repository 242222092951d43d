"""The overview of a course."""

from content.schemas.objects import RichText
from portal.brightspace import Block


class Overview(Block, frozen=True, kw_only=True):
    """``Overview.Overview``: the text of the overview, and whether a file is attached."""

    description: RichText | None = None
    has_attachment: bool = False
