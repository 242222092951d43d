"""The HTTP client over TLS: trust, and deadlines."""

import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.brightspace.configuration import Configuration
from portal.brightspace.endpoints import versions
from portal.brightspace.errors import DeadlineExceeded, OutcomeUnknown, Unavailable
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from tests.sandbox.server import Sandbox


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def secure(certificate: Path) -> Iterator[Sandbox]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Sandbox(tls=context) as running:
        yield running


def client_of(sandbox: Sandbox, ca_bundle: str, seconds: float = 20.0) -> Client:
    configuration = Configuration(url=sandbox.url, ca_bundle=ca_bundle)
    return Client(token="", deadline=Deadline.after(seconds), configuration=configuration)


@pytest.fixture(autouse=True)
def _no_faults(secure: Sandbox) -> Iterator[None]:
    yield
    secure.control.clear_faults()


def test_a_server_is_trusted_by_the_configured_bundle_only(
    secure: Sandbox, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert secure.url.startswith("https://")
    assert client_of(secure, str(certificate)).get(versions.PATH, list[versions.ProductVersions])
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with pytest.raises(Unavailable) as caught:
        client_of(secure, "").post(versions.PATH, body={})
    assert not isinstance(caught.value, OutcomeUnknown)


@pytest.mark.parametrize("kind", ["drip", "drip_headers"])
def test_a_dripping_response_ends_at_the_deadline_over_tls_too(secure: Sandbox, certificate: Path, kind: str) -> None:
    secure.control.add_fault(kind, delay_ms=50)
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        client_of(secure, str(certificate), seconds=0.6).get(versions.PATH, list)
    assert time.monotonic() - started < 4
