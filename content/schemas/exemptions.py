"""What a person need not do."""

from portal.brightspace import Block, Id, UtcDateTime


class ItemExemptionInfo(Block, frozen=True, kw_only=True):
    """``Exemptions.ItemExemptionInfo``: ids of content objects."""

    exempt_items: tuple[Id, ...] = ()


class ItemExemptionInfoFilter(Block, frozen=True, kw_only=True):
    """``Exemptions.ItemExemptionInfoFilter``: which topics, by due date and by what they are."""

    exempt_start_date: UtcDateTime | None = None
    exempt_end_date: UtcDateTime | None = None
    exclude_graded_activities: bool | None = None
    exclude_complete_activities: bool | None = None
