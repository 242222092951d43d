"""Captions of topics that are sound or film."""

from portal.brightspace import Block


class CaptionsMetadata(Block, frozen=True, kw_only=True):
    """``Captions.CaptionsMetadata``: one captions file; some languages have no culture."""

    filename: str = ""
    language_code: str = ""
    language_culture: str | None = None
    language_name: str | None = None

    @property
    def language(self) -> str:
        """The code its address has: ``fr`` or ``fr-CA``."""
        return f"{self.language_code}-{self.language_culture}" if self.language_culture else self.language_code
