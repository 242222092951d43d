"""Path converters: how ids are written in the addresses of this site."""

from django.urls import register_converter

from portal.brightspace import InvalidArgument, d2l_id


class D2LId:
    """An id of Brightspace's, 1 to 2**53; an address with any other number does not exist."""

    regex = "[1-9][0-9]{0,15}"

    def to_python(self, value: str) -> int:
        try:
            return d2l_id(value, "id")
        except InvalidArgument:
            raise ValueError from None

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(D2LId, "d2l_id")
