"""Issued certificates."""

from awards.schemas import IssuedAward
from portal.brightspace import FileRead, Origin, Read, Service, get


class CertificateService(Service):
    """Issued certificates by the id printed on them."""

    product, since, source = "bas", "1.3", "https://docs.valence.desire2learn.com/res/awards.html"
    scope = "awards:certificate:read"

    @get("/issued/certificates/(certificateId)")
    def by_id(self, certificate_id: str) -> Read[IssuedAward]:
        """One issued certificate. Raises NotFound (also for one the caller may not see), Gone (revoked)."""
        return self.read(IssuedAward, certificateId=certificate_id)


class CertificateFileService(Service):
    """Issued certificates as files."""

    product, since, source = "bas", "1.3", "https://docs.valence.desire2learn.com/res/awards.html"
    scope = "awards:certificate:read"
    origin = Origin.NEWER

    @get("/issued/certificates/(issuedId)/pdf")
    def pdf(self, issued_id: int) -> FileRead:
        """A certificate as PDF, by the id of the issued award, which is not the id printed on the certificate.

        Raises NotFound (also for one the caller may not see), Gone (revoked).
        """
        return self.file(issuedId=issued_id)
