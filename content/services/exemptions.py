"""Exemptions of people from topics."""

from collections.abc import Iterable

from content.schemas import ItemExemptionInfo, ItemExemptionInfoFilter
from content.validators import validate_exemption_filter, validate_exemptions
from portal.brightspace import Service, Write, post


class ExemptionService(Service):
    """Exemptions of people from topics. Every action may raise NotPermitted, NotFound and Refused."""

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"
    scope = "content:exemptions:write"

    @post("/(orgUnitId)/content/exemptions/users/(userId)/byList/")
    def exempt(self, org_unit_id: int, person_id: int, topic_ids: Iterable[int]) -> Write[ItemExemptionInfo]:
        """Exempts a person from these topics. Answers with those that were not exempt before."""
        body = validate_exemptions(topic_ids)
        return self.write(ItemExemptionInfo, body=body, orgUnitId=org_unit_id, userId=person_id)

    @post("/(orgUnitId)/content/exemptions/users/(userId)/byFilter/")
    def exempt_by_filter(
        self, org_unit_id: int, person_id: int, topics: ItemExemptionInfoFilter
    ) -> Write[ItemExemptionInfo]:
        """Exempts a person from the topics that the filter lets through; an empty filter means every topic.

        Answers with those that were not exempt before.
        """
        body = validate_exemption_filter(topics)
        return self.write(ItemExemptionInfo, body=body, orgUnitId=org_unit_id, userId=person_id)

    @post("/(orgUnitId)/content/exemptions/users/(userId)/byList/delete/", scope="content:exemptions:delete")
    def end(self, org_unit_id: int, person_id: int, topic_ids: Iterable[int]) -> Write[ItemExemptionInfo]:
        """Ends a person's exemptions from these topics. Answers with those that were exempt before."""
        body = validate_exemptions(topic_ids)
        return self.write(ItemExemptionInfo, body=body, orgUnitId=org_unit_id, userId=person_id)
