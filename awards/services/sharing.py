"""Sharing of the caller's own awards."""

from portal.brightspace import Service, Write, delete, put


class SharingService(Service):
    """The caller's own awards on their Brightspace profile.

    Every action may raise NotPermitted, also where profiles are not in use, and NotFound for an award of somebody else.
    """

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @put("/issued/(issuedId)/sharing/profile")
    def share_on_profile(self, issued_id: int) -> Write[None]:
        """Shows an award on the profile. Raises Refused (shared already, or revoked)."""
        return self.write(issuedId=issued_id)

    @delete("/issued/(issuedId)/sharing/profile")
    def remove_from_profile(self, issued_id: int) -> Write[None]:
        """Takes an award off the profile. Raises Refused (not shared)."""
        return self.write(issuedId=issued_id)
