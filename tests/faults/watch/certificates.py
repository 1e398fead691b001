"""Certificates made for one run: an authority that the case trusts, and what it, or nobody, has signed."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faults.watch.sites import LOOPBACK

DAY = timedelta(days=1)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """Signs certificates, which are kept in `folder`. A TLS client reads the clock, and so does this."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime.now(UTC)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name("An authority for one run")
        self.path = folder / "authority.pem"
        may_sign = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
            data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        signed = (
            self._builder(self.name, self.key, ends=self.now + DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(may_sign, critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self.path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))

    def server(self) -> ssl.SSLContext:
        """What a server speaks TLS with, and shows a certificate that is as it should be until it is given another."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.good())
        return context

    def good(self) -> Path:
        """One that is as it should be."""
        return self._signed("good")

    def expired(self) -> Path:
        """One that ended yesterday."""
        return self._signed("expired", ends=self.now - DAY)

    def of_another(self) -> Path:
        """One for another address."""
        return self._signed("of-another", address="127.0.0.2")

    def self_signed(self) -> Path:
        """One that its owner has signed."""
        return self._signed("self-signed", by_itself=True)

    def _signed(
        self, name: str, *, ends: datetime | None = None, address: str = LOOPBACK, by_itself: bool = False
    ) -> Path:
        key = ec.generate_private_key(ec.SECP256R1())
        whose = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        issuer = _name(address) if by_itself else self.name
        signed = (
            self._builder(_name(address), key, issuer=issuer, ends=ends or self.now + DAY)
            .add_extension(whose, critical=False)
            .sign(key if by_itself else self.key, hashes.SHA256())
        )
        path = self.folder / f"{name}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
        return path

    def _builder(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        ends: datetime,
        issuer: x509.Name | None = None,
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer or subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(ends - 30 * DAY)
            .not_valid_after(ends)
        )
