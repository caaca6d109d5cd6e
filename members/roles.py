"""What somebody can be towards a thing, in words, and who the committee is."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    # posts and standing in the cell: the first three are spelt as the kinds of a tenure
    SECRETARY = "secretary", "bí thư"
    DEPUTY = "deputy", "phó bí thư"
    COMMITTEE = "committee_member", "chi uỷ viên"
    MEMBER = "member", "đảng viên đang sinh hoạt tại chi bộ"
    SUPERIOR = "superior", "cấp uỷ viên cấp trên theo dõi"
    BELOW = "below", "đảng viên của mọi chi bộ trực thuộc"
    # given by the thing itself
    CHAIR = "chair", "chủ trì buổi họp"
    MINUTE_TAKER = "minute_taker", "thư ký buổi họp"
    AUTHOR = "author", "người soạn"
    OWNER = "owner", "người được giao nhiệm vụ"
    CONCERNED = "concerned", "đồng chí mà nội dung nói về"  # of the collective the committee
    TYPIST = "typist", "chi uỷ viên nhập thay từ bản giấy"
    READER = "reader", "người dự họp kiểm điểm, trong thời gian đọc"
    SPEAKER = "speaker", "đồng chí đã nêu ý kiến ấy"
    TELLER = "teller", "tổ kiểm phiếu"
    HELPER = "helper", "đồng chí được phân công giúp đỡ"
    SENDER = "sender", "người gửi"
    ADDRESSEE = "addressee", "người nhận"  # of a letter to the cell: who answers for it
    FOLLOWER = "follower", "người trả lời thay chi bộ, không phải người trong cuộc"
    DOER = "doer", "người đã tự làm việc ấy"


LEADERS = (Role.SECRETARY, Role.DEPUTY)
ON_COMMITTEE = (*LEADERS, Role.COMMITTEE)
