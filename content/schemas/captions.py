"""Captions of audio and video topics."""

from portal.brightspace import Block


class CaptionsMetadata(Block, frozen=True, kw_only=True):
    """``Captions.CaptionsMetadata``: one captions file. Languages such as ``fr`` have no culture, ``fr-CA`` has one."""

    filename: str = ""
    language_code: str = ""
    language_culture: str | None = None
    language_name: str | None = None

    @property
    def language(self) -> str:
        """The language code, as the address of the file has it: ``fr`` or ``fr-CA``."""
        return f"{self.language_code}-{self.language_culture}" if self.language_culture else self.language_code
