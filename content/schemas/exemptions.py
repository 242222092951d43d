"""Exemptions of a person from topics."""

from portal.brightspace import Block, Id, UtcDateTime


class ItemExemptionInfo(Block, frozen=True, kw_only=True):
    """``Exemptions.ItemExemptionInfo``: ids of topics."""

    exempt_items: tuple[Id, ...] = ()


class ItemExemptionInfoFilter(Block, frozen=True, kw_only=True):
    """``Exemptions.ItemExemptionInfoFilter``: topics by due date, perhaps without graded or completed ones."""

    exempt_start_date: UtcDateTime | None = None
    exempt_end_date: UtcDateTime | None = None
    exclude_graded_activities: bool | None = None
    exclude_complete_activities: bool | None = None
