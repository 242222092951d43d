"""Access to Brightspace's REST API: the names that features import to describe calls and to read their answers.

Features may import three further modules: `gateway`, which carries out calls as one person; `errors`; and
`endpoints.validators`, which checks values before they are sent. All other modules are internal. This package imports
no models, so that it can be used while Django is loading the apps.
"""

from portal.brightspace.codec.fields import MAX_ID, Block, Id, InvalidArgument, Page, UtcDateTime, d2l_id
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.endpoints.routes import Endpoint, Origin, Query, Route
from portal.brightspace.endpoints.service import Service, delete, get, post, put
from portal.brightspace.endpoints.writes import FileRead, FileUpload, Write
from portal.brightspace.flows import ReadFlow
from portal.brightspace.http.pages import cursor_of
from portal.brightspace.http.urls import MAX_IDS_IN_LIST
from portal.brightspace.outcomes import Answer

__all__ = [
    "MAX_ID",
    "MAX_IDS_IN_LIST",
    "Answer",
    "Block",
    "Endpoint",
    "FileRead",
    "FileUpload",
    "Id",
    "InvalidArgument",
    "Origin",
    "Page",
    "Query",
    "Read",
    "ReadFlow",
    "Route",
    "Service",
    "UtcDateTime",
    "Write",
    "cursor_of",
    "d2l_id",
    "delete",
    "get",
    "post",
    "put",
]
