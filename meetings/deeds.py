"""What is done at and around meetings, in words for the log."""

from __future__ import annotations

from meetings.models import Exchange, Matter, Meeting, MeetingDay, Programme
from meetings.models.programme import REPORTED
from members.deeds.words import Kind, Thing, acts
from members.said import moment_of

_PREPARED = {
    "plan": "Lập kế hoạch",
    "edit_plan": "Sửa kế hoạch",
    "add_item": "Thêm nội dung vào chương trình",
    "edit_item": "Sửa nội dung của chương trình",
    "remove_item": "Bỏ nội dung khỏi chương trình",
    "move_item": "Đổi thứ tự chương trình",
    "call": "Gửi thông báo họp",
    "withdraw": "Thu hồi thông báo họp",
    "cancel": "Huỷ buổi họp",
    "add_reading": "Đưa tài liệu vào chương trình họp",
    "remove_reading": "Bỏ tài liệu khỏi chương trình họp",
    "tick": "Ghi một việc chuẩn bị, việc sau buổi họp",
    "committee_met": "Ghi buổi họp chi uỷ chuẩn bị",
    "apologise": "Ghi xin vắng",
    "decide_apology": "Xét xin vắng",
    "share_draft": "Gửi dự thảo chuyên đề",
    "agree_draft": "Chi uỷ thống nhất dự thảo",
    "attach_file": "Đính kèm tệp",
    "give_opinion": "Góp ý vào dự thảo",
    "answer_opinion": "Trả lời góp ý",
    "show_passage": "Chiếu một đoạn của dự thảo",
    "hide_passage": "Thôi chiếu đoạn của dự thảo",
    "complete_paper": "Hoàn thiện chuyên đề",
}
_HELD = {
    "open": "Khai mạc",
    "take_back": "Rút lại khai mạc",
    "mark": "Điểm danh",
    "mark_rest_present": "Ghi có mặt những đồng chí còn lại",
    "come_and_go": "Ghi giờ đến, giờ về",
    "add_guest": "Ghi đại biểu",
    "remove_guest": "Bỏ đại biểu",
    "follow_register": "Cập nhật điểm danh theo danh sách đảng viên",
    "change_seat": "Đổi chủ trì, thư ký",
    "start_item": "Bắt đầu một nội dung",
    "resume_item": "Bàn tiếp một nội dung đã kết thúc",
    "end_item": "Kết thúc một nội dung",
    "add_remark": "Ghi ý kiến phát biểu",
    "remove_remark": "Bỏ một ý kiến",
    "ask_floor": "Ghi đăng ký phát biểu",
    "withdraw_asking": "Rút một đăng ký phát biểu",
    "ask_for_oneself": "Đăng ký phát biểu",
    "withdraw_own_asking": "Rút đăng ký phát biểu của mình",
    "give_floor": "Mời phát biểu",
    "pause_turn": "Tạm dừng một lượt phát biểu",
    "resume_turn": "Tiếp tục một lượt phát biểu",
    "end_turn": "Kết thúc một lượt phát biểu",
    "move_turn": "Đổi thứ tự phát biểu",
    "close_list": "Đóng danh sách đăng ký phát biểu",
    "reopen_list": "Mở lại danh sách đăng ký phát biểu",
    "limit_turns": "Đặt thời gian mỗi lượt phát biểu",
    "correct_turn": "Sửa giờ một lượt phát biểu",
    "undo_floor": "Hoàn tác một bước ở danh sách phát biểu",
    "record_vote": "Ghi biểu quyết",
    "remove_vote": "Bỏ một biểu quyết",
    "open_poll": "Mở biểu quyết trong phòng họp",
    "say": "Ghi ý kiến biểu quyết của mình",
    "say_for": "Ghi ý kiến biểu quyết thay đồng chí không dùng máy",
    "count_hands": "Ghi số giơ tay",
    "close_poll": "Chốt biểu quyết",
    "reopen_poll": "Mở lại biểu quyết đã chốt",
    "publish_poll": "Công bố biểu quyết",
    "withdraw_poll": "Rút biểu quyết",
    "add_outcome": "Ghi thông tin, kết luận, quyết nghị",
    "remove_outcome": "Bỏ thông tin, kết luận, quyết nghị",
    "step_aside": "Ghi không tham gia một nội dung",
    "take_part_again": "Ghi tham gia lại một nội dung",
    "assign_task": "Giao nhiệm vụ",
    "edit_task": "Sửa nhiệm vụ",
    "remove_task": "Bỏ nhiệm vụ",
    "report_task": "Ghi kết quả nhiệm vụ",
    "note_task": "Cập nhật nhiệm vụ",
    "draw_up_score": "Lập phiếu chấm điểm",
    "give_points": "Chấm điểm",
    "read_back": "Ghi đã thông qua biên bản",
    "close": "Kết thúc buổi họp",
    "reopen": "Mở lại buổi họp để sửa biên bản",
}
_SEALED = {
    "sign": "Xác nhận biên bản",
    "seal": "Biên bản đủ chữ ký",
    "propose_correction": "Đề nghị sửa lời của mình",
    "answer_correction": "Trả lời đề nghị sửa lời",
    "add_addendum": "Ghi bổ sung, đính chính",
    "give_to_sign": "Lấy bản để ký số",
    "keep_signed": "Tải lên bản đã ký số",
    "issue_resolution": "Ban hành nghị quyết, kết luận",
    "withdraw_resolution": "Rút nghị quyết, kết luận",
    "hand_over": "Ghi đã trao tờ kết quả buổi họp",
    "begin_news": "Soạn tin bài từ biên bản",
    "add_photo": "Đưa ảnh vào tin bài",
    "remove_photo": "Gỡ ảnh khỏi tin bài",
    "sign_resolution": "Ký ban hành nghị quyết, kết luận",
    "resolution_step": "Ghi kết quả thực hiện nghị quyết",
    "confirm_score": "Cấp trên xác nhận điểm",
}
_INSPECTED = {
    "comment": "Viết nhận xét về biên bản",
    "accept": "Cấp trên đã xem xét biên bản",
    "return": "Cấp trên trả lại biên bản",
    "answer_comment": "Trả lời một nhận xét của cấp trên",
    "answer": "Gửi trả lời cấp trên",
}

# a member's own voice and own asking are told to whoever did it
OWN = ("say", "ask_for_oneself", "withdraw_own_asking")


def name_of(meeting: Meeting) -> str:
    return f"{meeting.title}, {moment_of(meeting.held_at)}"


THINGS = (
    Thing(
        Meeting,
        "Buổi họp",
        {**acts(Kind.WORK, _PREPARED | _HELD, own=OWN), **acts(Kind.SEAL, _SEALED)},
        name=name_of,
        own_pages=True,
    ),
    # the cell knows of a comment once the verdict is given
    Thing(
        Exchange,
        "Việc xem xét biên bản",
        acts(Kind.SEAL, _INSPECTED, own=("comment",)),
        people=("meeting",),
        name=lambda row: name_of(row.meeting),
    ),
    Thing(
        Programme,
        "Chương trình năm",
        acts(
            Kind.PLAN,
            {
                "lay_out_programme": "Lập chương trình năm",
                "save_programme": "Sửa chương trình năm",
                REPORTED: "Báo cáo chương trình năm",
            },
        ),
    ),
    Thing(
        MeetingDay,
        "Ngày sinh hoạt thường kỳ",
        acts(Kind.PLAN, {"fix_meeting_day": "Ghi ngày sinh hoạt thường kỳ"}),
    ),
    Thing(
        Matter,
        "Nội dung đề xuất",
        acts(
            Kind.PLAN,
            {"propose_matter": "Đề xuất nội dung sinh hoạt", "answer_matter": "Trả lời đề xuất nội dung sinh hoạt"},
        ),
        people=("proposer",),
    ),
)
