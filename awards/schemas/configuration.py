"""How the awards tool is set up for the caller."""

from portal.brightspace import Block


class Permissions(Block, frozen=True, kw_only=True):
    """What the caller may do with awards in an org unit."""

    see_awards: bool = False
    earn_awards: bool = False
    associate_awards: bool = False
    issue_awards: bool = False
    revoke_issued_awards: bool = False
    manage_my_awards: bool = False
    manage_all_awards: bool = False
    see_badges: bool = False
    associate_badges: bool = False
    earn_badges: bool = False
    issue_badges: bool = False
    revoke_issued_badges: bool = False
    manage_my_badges: bool = False
    manage_all_badges: bool = False
    see_certificates: bool = False
    associate_certificates: bool = False
    earn_certificates: bool = False
    issue_certificates: bool = False
    revoke_issued_certificates: bool = False
    manage_my_certificates: bool = False
    manage_all_certificates: bool = False
    manage_library_icons: bool = False
    manage_library_certificate_templates: bool = False
    download_other_users_certificates: bool = False


class Configuration(Block, frozen=True, kw_only=True):
    """``Awards.Configuration``: the caller's permissions, and the organisation's defaults."""

    permissions: Permissions = Permissions()
    default_issuer_name: str | None = None
    default_issuer_url: str | None = None
    default_issuer_contact: str | None = None
    d2l_profile_integration_enabled: bool = False
    icon_creation_url: str | None = None
    default_classlist_sort_field: str | None = None
    default_classlist_sort_ascending: bool = True
    user_timezone: str | None = None
