"""Brightspace's REST API: what the features import to say what they ask and to read what comes back.

Further doors: `gateway` carries reads and writes out as one person, `errors` names what can go wrong, and
`endpoints.validators` checks what is about to be sent. Everything else in here is internal. Imports no models, so
that it can be used while Django is still loading the apps.
"""

from portal.brightspace.codec.fields import MAX_ID, Block, Id, InvalidArgument, UtcDateTime, d2l_id
from portal.brightspace.endpoints.endpoint import Endpoint, Origin
from portal.brightspace.endpoints.reads import Query, Read
from portal.brightspace.endpoints.routes import Route
from portal.brightspace.endpoints.service import Service, delete, get, post, put
from portal.brightspace.endpoints.writes import FileRead, FileUpload, Write
from portal.brightspace.flows import ReadFlow
from portal.brightspace.http.pages import Page, cursor_of
from portal.brightspace.http.urls import MAX_IDS_IN_LIST
from portal.brightspace.results import Answer

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
