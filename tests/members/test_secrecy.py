"""What carries the mark of a state secret and what only speaks of secrecy, line by line, both ways."""

from __future__ import annotations

import time
import unicodedata

import pytest

from members.secrecy import mark_in, mark_in_name, sentence_about

MARKED = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "Mật",
    "Tối mật",
    "tuyệt mật",
    "tối mật",
    "  MẬT  ",
    "*** MẬT ***",
    "[MẬT]",
    "(TỐI MẬT)",
    "<TUYỆT MẬT>",
    "“MẬT”",
    "==== MẬT ====",
    "- MẬT -",
    "M Ậ T",
    "M.Ậ.T",
    "T Ố I  M Ậ T",
    "T U Y Ệ T  M Ậ T",
    "m ậ t",
    "MAT",
    "M A T",
    "TOI MAT",
    "TUYET MAT",
    "tuyet mat",
    "TUYETMAT",
    "TỐIMẬT",
    "ＭẬＴ",
    "Độ mật: Mật",
    "Độ mật: tối mật",
    "ĐỘ MẬT : TUYỆT MẬT",
    "Mức độ mật – Mật",
    "Do mat: Mat",
    "ĐẢNG BỘ PHƯỜNG HOA SEN\nMẬT\nSố 12-BC/CB",
    "ĐẢNG BỘ PHƯỜNG HOA SEN\tMẬT",
    "Kính gửi: Đảng uỷ phường     TỐI MẬT",
    "MẬT Số 12-BC/CB",
    "Số 12-BC/CB MẬT",
    "MẬT - Kế hoạch bảo vệ",
    "TỐI MẬT. Kế hoạch bảo vệ",
    "Tối mật: kế hoạch bảo vệ",
    "BÁO CÁO MẬT",
    "TÀI LIỆU MẬT - KHÔNG PHỔ BIẾN",
    "TAI LIEU MAT",
    "Ghi chú: MẬT",
    "Kế hoạch [MẬT] quý IV",
    "Kế hoạch (Tối mật) quý IV",
    "Báo cáo số 5 – TUYỆT MẬT",
    "M\u200bẬ\u200bT",
    unicodedata.normalize("NFD", "Mở đầu\nTUYỆT MẬT\nNội dung"),
]
ORDINARY = [
    "",
    "Giữ gìn bí mật nhà nước.",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "Bí mật",
    "BÍ MẬT",
    "Quan hệ mật thiết với Nhân dân",
    "MẬT THIẾT VỚI NHÂN DÂN",
    "Bảo mật thông tin",
    "CÔNG TÁC BẢO MẬT",
    "Mật ong rừng",
    "MẬT ONG RỪNG",
    "hai lít mật",
    "mật",
    "Mật độ dân số",
    "MẬT ĐỘ DÂN SỐ TỔ 5",
    "Đổi mật khẩu",
    "MẬT KHẨU",
    "Không đưa tài liệu mật lên máy nối mạng.",
    "Không đưa tài liệu MẬT lên máy nối mạng.",
    "Không đưa tài liệu MẬT, TỐI MẬT, TUYỆT MẬT lên máy nối mạng.",
    "Văn bản đóng dấu “MẬT” thì nộp cho văn thư.",
    "MẬT là một trong ba độ mật.",
    "Không có tài liệu tối mật nào.",
    "Độ mật: không",
    "Độ mật: thường",
    "Xác định độ mật của văn bản",
    "XÁC ĐỊNH ĐỘ MẬT CỦA VĂN BẢN",
    "Trần Văn Mật",
    "Đồng chí Mật phát biểu",
    "sỏi túi mật, tuần trăng mật",
    "thân mật, cơ mật, giải mật",
    "Tôi mất giấy tờ",
    "toi mat giay to",
    "Có mặt 9 đồng chí",
    "CÓ MẶT: 9",
    "MẤT MÁT",
    "mat",
    "Tham mưu tốt, mát mẻ",
    "FORMAT, MAT-XCO-VA",
    "tomato, matinee",
    "Hạn chế: chưa giữ bí mật nội bộ.",
    "(mật)",
    "A B M A T C",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_seen(text: str) -> None:
    assert mark_in(text) != ""


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_sentence_passes(text: str) -> None:
    assert mark_in(text) == ""


@pytest.mark.parametrize(
    "name",
    [
        "MẬT.pdf", "tuyệt mật 12.pdf", "Bao_cao_tối_mật.pdf", "de-an-mật-2026.pdf", "tuyet_mat.docx", "toi-mat.pdf",
        "tai-lieu-mat.pdf", "TAI LIEU MAT.pdf", "MAT_ke_hoach.pdf", "KE HOACH (MAT).pdf", "KH 12 (MẬT).docx",
        "M_A_T.pdf", "M Ậ T 12.pdf", "mật", "cong van mat so 3.pdf",
    ],
)  # fmt: skip
def test_a_file_whose_name_is_marked_is_seen(name: str) -> None:
    assert mark_in_name(name) != ""


@pytest.mark.parametrize(
    "name",
    [
        "thânmật2026.pdf", "bao-ve-bi-mat-nha-nuoc.pdf", "Bảo mật thông tin.docx", "mat-do-dan-so.pdf", "mật ong.pdf",
        "bien-ban-mat-dien.pdf", "BAO MAT.pdf", "format.pdf", "BÍ MẬT NHÀ NƯỚC.pdf", "tai-lieu.mat", "mat.pdf",
    ],
)  # fmt: skip
def test_a_file_with_an_ordinary_name_passes(name: str) -> None:
    assert mark_in_name(name) == ""


def test_the_tables_are_long_enough_both_ways() -> None:
    assert (len(MARKED) >= 40, len(ORDINARY) >= 40) == (True, True)


def test_the_sentence_names_the_mark_and_the_way_out() -> None:
    assert sentence_about(mark_in("x\nTỐI MẬT\ny")) == (
        "Văn bản có dấu độ mật (“TỐI MẬT”), không được đưa vào đây. Nếu chỉ nhắc đến chữ này trong câu thì xin viết "
        "chữ thường."
    )


def test_a_text_as_long_as_a_field_takes_no_time() -> None:
    texts = ["m " * 30_000, "m" + " " * 60_000 + "t", "a b " * 15_000 + "mat", "mật " * 15_000, "MẬT, " * 12_000]
    began = time.process_time()  # of this process: what others do on the machine does not count
    for text in texts:
        mark_in(text)
    assert time.process_time() - began < 3
