"""Authorities, people with a key of their own, and what they do with a file outside of our program."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from pathlib import Path

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
_NOT_TOLD = dict.fromkeys(
    ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
)


@dataclass(frozen=True)
class Holder:
    """Somebody with a certificate, and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def name(self) -> x509.Name:
        return self.certificate.subject

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def as_asn1(self) -> tuple[asn1.Certificate, keys.PrivateKeyInfo]:
        private = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return (
            asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(private),
        )


@cache
def holder(
    called: str,
    by: Holder | None = None,
    *,
    authority: bool = False,
    stamps: bool = False,
    begins: datetime = BEGINS,
    ends: datetime = ENDS,
) -> Holder:
    """`by` None: signed by itself. `authority`: may give out certificates; `stamps`: tells the time."""
    key: Any = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    signs = not authority
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.name if by else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs,
                content_commitment=signs,
                key_cert_sign=authority,
                crl_sign=authority,
                **_NOT_TOLD,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamps:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Holder(made.sign(by.key if by else key, hashes.SHA256()), key)


def revoked(by: Holder, who: Holder | None = None, *, on: datetime = BEGINS) -> bytes:
    """The authority's list of what it has revoked, as PEM."""
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.name)
        .last_update(on)
        .next_update(on + timedelta(days=1000))
    )
    if who is not None:
        one = x509.RevokedCertificateBuilder().serial_number(who.certificate.serial_number).revocation_date(on)
        made = made.add_revoked_certificate(one.build())
    return made.sign(by.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def sign(
    data: bytes, field: str, who: Holder, *, stamper: Holder | None = None, stamped: Any = None, **told: Any
) -> bytes:
    """The file as a signing program saves it: everything before stays, a signature is added."""
    certificate, key = who.as_asn1()
    signer = signers.SimpleSigner(certificate, key, SimpleCertificateStore())
    clock = None
    if stamper is not None:
        clock = DummyTimeStamper(*stamper.as_asn1(), fixed_dt=stamped)
    looks = told.pop("looks", None)
    made = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=field, **told), signer, timestamper=clock, stamp_style=looks
    )
    with ThreadPoolExecutor(1) as apart:  # a journey before this one may have left its event loop in the thread
        signed: bytes = apart.submit(made.sign_pdf, IncrementalPdfFileWriter(BytesIO(data))).result().getvalue()
    return signed


def added(data: bytes, change: Any) -> bytes:
    """The file after `change(writer)`, saved by adding to it."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def trusting(folder: Path, *authorities: Holder, **lists: bytes) -> Path:
    """The administrator's folder with these authorities, and lists of what they have revoked."""
    folder.mkdir(exist_ok=True)
    for number, one in enumerate(authorities):
        (folder / f"goc-{number}.pem").write_bytes(one.pem())
    for name, data in lists.items():
        (folder / f"{name}.crl").write_bytes(data)
    return folder
