"""The actions of Brightspace's awards document: one service class a resource, one method an action."""

from awards.services.associations import AssociationService
from awards.services.awards import AwardService
from awards.services.certificates import CertificateFileService, CertificateService
from awards.services.classlist import AwardClasslistService
from awards.services.configuration import AwardConfigurationService
from awards.services.credit import AwardCreditService
from awards.services.issued import IssuedAwardService, more_awards_of
from awards.services.library import CertificateTemplateService, IconService
from awards.services.sharing import SharingService

__all__ = [
    "AssociationService",
    "AwardClasslistService",
    "AwardConfigurationService",
    "AwardCreditService",
    "AwardService",
    "CertificateFileService",
    "CertificateService",
    "CertificateTemplateService",
    "IconService",
    "IssuedAwardService",
    "SharingService",
    "more_awards_of",
]
