"""The awards document's JSON blocks, field for field, named as Brightspace names them.

Fields the document marks as nullable, and those a response may leave out, have a default.
"""

from awards.schemas.association import (
    Association,
    AssociationCreate,
    AssociationUpdate,
    AwardAssociated,
    ConditionSet,
    MyAssociation,
    ReleaseCondition,
)
from awards.schemas.award import (
    Award,
    AwardCreate,
    AwardUpdate,
    ExpiryCalculation,
    ExpiryNotification,
)
from awards.schemas.configuration import (
    Configuration,
    Permissions,
)
from awards.schemas.enums import (
    AwardType,
    ClasslistSort,
    ExpiryType,
    NotificationType,
    Number,
)
from awards.schemas.files import (
    FileData,
    InputFileInfo,
    LibraryInputFileInfo,
)
from awards.schemas.issued import (
    CreditSummary,
    IssuedAward,
    IssuedAwardCreate,
    IssuedAwardsPage,
    IssuedAwardUpdate,
    Share,
    UserIssuedAwardSummary,
)

__all__ = [
    "Association",
    "AssociationCreate",
    "AssociationUpdate",
    "Award",
    "AwardAssociated",
    "AwardCreate",
    "AwardType",
    "AwardUpdate",
    "ClasslistSort",
    "ConditionSet",
    "Configuration",
    "CreditSummary",
    "ExpiryCalculation",
    "ExpiryNotification",
    "ExpiryType",
    "FileData",
    "InputFileInfo",
    "IssuedAward",
    "IssuedAwardCreate",
    "IssuedAwardUpdate",
    "IssuedAwardsPage",
    "LibraryInputFileInfo",
    "MyAssociation",
    "NotificationType",
    "Number",
    "Permissions",
    "ReleaseCondition",
    "Share",
    "UserIssuedAwardSummary",
]
