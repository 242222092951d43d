"""The configuration of the HTTP client, made from the settings."""

from django.test import override_settings

from portal.brightspace.configuration import Configuration, configuration


@override_settings(
    BRIGHTSPACE_URL="https://learn.example/",
    BRIGHTSPACE_CONNECT_SECONDS=1.5,
    BRIGHTSPACE_READ_SECONDS=7,
    BRIGHTSPACE_CA_BUNDLE="/etc/ca.pem",
    BRIGHTSPACE_PROXY="http://proxy.example:3128",
    BRIGHTSPACE_LP_VERSION="",
    BRIGHTSPACE_LE_VERSION="1.86",
    BRIGHTSPACE_BAS_VERSION="",
)
def test_the_configuration_follows_the_settings() -> None:
    assert configuration() == Configuration(
        url="https://learn.example",
        connect_timeout=1.5,
        read_timeout=7.0,
        ca_bundle="/etc/ca.pem",
        proxy="http://proxy.example:3128",
        versions={"le": "1.86"},
    )
    with override_settings(BRIGHTSPACE_URL="https://other.example"):
        assert configuration().url == "https://other.example"
