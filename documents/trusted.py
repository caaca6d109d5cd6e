"""What the administrator has put into the folder of trust: certificates of authorities, and lists of revoked ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from asn1crypto import crl, pem, x509

#: By the ending of the file, each as DER or as PEM with one or several in it.
ENDINGS: Final = frozenset({".pem", ".crt", ".cer", ".der", ".crl"})
MOST_FILES = 200
MOST_BYTES = 20 * 1024 * 1024  # of one file: a list of revoked certificates can be long


@dataclass(slots=True)
class Trust:
    """`anchors`: whoever leads there is trusted; `between`: what leads up to one; `lists`: of what was revoked."""

    anchors: list[Any] = field(default_factory=list)
    between: list[Any] = field(default_factory=list)
    lists: list[Any] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def read_trust(folder: Path) -> Trust:
    """Without a folder nothing is trusted. A file that cannot be read is named and passed over."""
    found = Trust()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in [one for one in files if one.suffix.lower() in ENDINGS][:MOST_FILES]:
        try:
            _take(path, found)
        except (ValueError, TypeError, OSError):
            found.passed_over.append(path.name)
    return found


def _take(path: Path, found: Trust) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(path.name)
    data = path.read_bytes()
    parts = [(kind, der) for kind, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [("", data)]
    for kind, der in parts:
        if kind == "X509 CRL" or (not kind and path.suffix.lower() == ".crl"):
            one = crl.CertificateList.load(der, strict=True)
            _ = one["tbs_cert_list"]["this_update"].native
            found.lists.append(one)
        else:
            certificate = x509.Certificate.load(der, strict=True)
            is_anchor = certificate.self_issued and certificate.ca
            (found.anchors if is_anchor else found.between).append(certificate)
