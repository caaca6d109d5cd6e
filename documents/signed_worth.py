"""What one signature is worth, in words: whole, by whom, when, and whether that leads to an authority we trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from asn1crypto import ocsp
from django.utils import timezone
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation import DocumentSecurityStore, KeyUsageConstraints, validate_pdf_signature
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from documents.signed import Found

if TYPE_CHECKING:
    from datetime import datetime

    from asn1crypto.x509 import Certificate
    from pyhanko.sign.diff_analysis import DiffPolicy
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

    from documents.signed import Result
    from documents.trusted import Trust

BROKEN: Final = "nội dung đã bị sửa sau khi ký, hoặc chữ ký hỏng"
CHANGED: Final = "sau chữ ký này tệp còn bị sửa ngoài điều chữ ký cho phép"
OWN: Final = "chứng thư tự ký, không do tổ chức nào cấp"
NO_ANCHOR: Final = "máy chủ chưa có chứng thư gốc nào để đối chiếu"
STRANGE: Final = "chứng thư do “{}” cấp, mà máy chủ chưa có chứng thư gốc của nơi cấp này"
OUT_OF_DATE: Final = "chứng thư chỉ có giá trị từ {} đến {}, không có giá trị lúc ký"
REVOKED: Final = "chứng thư đã bị thu hồi ngày {}"
NOT_TO_SIGN: Final = "chứng thư này không được cấp để ký văn bản"
WEAK: Final = "thuật toán ký đã lỗi thời, không còn an toàn"
LEADS: Final = "chữ ký nguyên vẹn; chứng thư do “{}” cấp, dẫn tới chứng thư gốc mà máy chủ tin cậy"
NOT_LEADING: Final = "chuỗi chứng thư không đúng quy cách, không dẫn được tới chứng thư gốc"
LOOKED_UP: Final = "Việc thu hồi: không có trong danh sách thu hồi kèm theo."
NOT_LOOKED_UP: Final = (
    "Việc thu hồi: chưa xem được, vì trong tệp và trên máy chủ không có danh sách thu hồi của nơi cấp; "
    "phần mềm không hỏi ra ngoài."
)
_MAY_SIGN = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
# Of the signer a list has to be there; of who stands between, one is looked at where the certificate names it.
_ASKED = RevocationCheckingPolicy(
    RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
)
_UNKNOWN = {AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE}
_OLD_WAYS = {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}


def worth(signature: EmbeddedPdfSignature, field: int, at: datetime, trust: Trust, policy: DiffPolicy) -> Found:
    """Judged at the moment of a trusted time stamp, otherwise at `at`."""
    known = _proofs(signature, trust)
    status, moment, stamped = _judged(signature, at, known, policy), at, False
    stamp = status.timestamp_validity
    if stamp is not None and stamp.trusted and stamp.timestamp <= at:
        status, moment, stamped = _judged(signature, stamp.timestamp, known, policy), stamp.timestamp, True
    strict = _judged(signature, moment, known, policy, _ASKED)
    was_looked_up = strict.trusted or strict.revocation_details is not None
    certificate = signature.signer_cert
    result, reason = _verdict(strict if was_looked_up else status, certificate, moment, trust)
    revocation = (LOOKED_UP if was_looked_up else NOT_LOOKED_UP) if result == "valid" else ""
    when = moment if stamped else status.signer_reported_dt
    return Found(
        field, result, reason, _called(certificate.subject), _called(certificate.issuer), when, stamped, revocation
    )


def _judged(
    signature: EmbeddedPdfSignature,
    moment: datetime,
    known: dict[str, Any],
    policy: DiffPolicy,
    revocation: RevocationCheckingPolicy = NO_REVOCATION,
) -> PdfSignatureStatus:
    def context() -> ValidationContext:
        asked = CertRevTrustPolicy(revocation, retroactive_revinfo=True)  # a later list says what was revoked before
        return ValidationContext(**known, moment=moment, allow_fetching=False, revinfo_policy=asked)

    return validate_pdf_signature(signature, context(), context(), policy, _MAY_SIGN)


def _proofs(signature: EmbeddedPdfSignature, trust: Trust) -> dict[str, Any]:
    """What the file itself brings along, beside what lies in the folder."""
    found: dict[str, Any] = {
        "trust_roots": trust.anchors,
        "other_certs": [*trust.between],
        "crls": [*trust.lists],
        "ocsps": [],
    }
    try:
        held = DocumentSecurityStore.read_dss(signature.reader)
    except NoDSSFoundError:
        pass
    else:
        found["other_certs"] += held.load_certs()
        found["crls"] += [one.get_object().read_data(DecodePurpose.CRL) for one in held.crls]
        answers = [one.get_object().read_data(DecodePurpose.OCSP_RESPONSE) for one in held.ocsps]
        found["ocsps"] += [ocsp.OCSPResponse.load(one) for one in answers]
    for attribute in signature.signer_info["signed_attrs"]:
        if attribute["type"].native == "adobe_revocation_info_archival":
            for brought in attribute["values"]:
                found["crls"] += [*(brought["crl"] or ())]
                found["ocsps"] += [*(brought["ocsp"] or ())]
    return found


def _verdict(
    status: PdfSignatureStatus, certificate: Certificate, moment: datetime, trust: Trust
) -> tuple[Result, str]:
    """What is wrong by itself comes before what cannot be known here."""
    if not status.intact or not status.valid:
        return "invalid", BROKEN
    if not status.docmdp_ok:
        return "invalid", CHANGED
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if not begins <= moment <= ends:
        return "invalid", OUT_OF_DATE.format(_day(begins), _day(ends))
    problem = status.trust_problem_indic
    if problem is None and status.validation_path is not None:
        return "valid", LEADS.format(_called(certificate.issuer))
    if status.revocation_details is not None:
        return "invalid", REVOKED.format(_day(status.revocation_details.revocation_date))
    if problem in _OLD_WAYS:
        return "invalid", WEAK
    if certificate.self_issued:
        return "invalid", OWN
    if not trust.anchors:
        return "unknown", NO_ANCHOR
    if problem in _UNKNOWN:
        return "unknown", STRANGE.format(_called(certificate.issuer))
    return "invalid", NOT_TO_SIGN if problem == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE else NOT_LEADING


def _called(name: Any) -> str:
    """The name people read in a certificate; nothing else of it is shown."""
    told = name.native
    found = told.get("common_name") or told.get("organization_name") or name.human_friendly
    return str(found[0] if isinstance(found, list) else found)[:200]


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}"
