"""Ids and names from the sandbox's seeds that the tests of awards use."""

from tests.sandbox.seeds import organisation as org

FIRE = org.FIRE  # the course of most tests; Ines leads it

# Associations in FIRE.
FIRE_WARDEN_IN_FIRE, KINDNESS_IN_FIRE = 4001, 4013

# Issued awards, and the id printed on the certificate of one of them.
HYGIENE_OF_ANA, WARDEN_OF_JUN, KINDNESS_OF_LINNEA, CHAMPION_OF_PRIYA = 5_201_600, 5_207_002, 5_203_602, 5_204_603
CERTIFICATE_OF_JUN = "D161-5F22-004F73DA"
REVOKED_OF_ROSA, REVOKED_CERTIFICATE = 5_206_600, "A78A-D499-004F7248"

# A certificate template that an award uses.
USED_TEMPLATE = "Certificate1_Sample_Template.pdf"
