"""What a course says about itself."""

from content.schemas.objects import RichText
from portal.brightspace import Block


class Overview(Block, frozen=True, kw_only=True):
    """``Overview.Overview``."""

    description: RichText | None = None
    has_attachment: bool = False
