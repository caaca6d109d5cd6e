"""The tour of the user guide: which pages are visited as whom, and what is kept of each as a picture."""

from __future__ import annotations

import io
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from PIL import Image

from guide import evening as story
from meetings.lifecycle import State

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from chibo.demo.build import Stage

SITE = "http://chibo.localhost"
WIDE, NARROW = 1280, 360
SHOWN = 900  # a wide picture is kept this wide
COLOURS = 64
EDGE = 6


def keep(path: Path, raw: bytes) -> None:
    """Few colours are enough for ink on paper, and keep the picture small."""
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    if picture.width > SHOWN:
        picture = picture.resize((SHOWN, round(picture.height * SHOWN / picture.width)), Image.Resampling.LANCZOS)
    picture = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)


def shoot(page: Page, path: Path, *parts: Locator, height: int = 0) -> None:
    """The given parts of the page, or its upper `height`; without either, all of it."""
    page.evaluate("scrollTo(0, 0)")
    usual = page.viewport_size or {"width": WIDE, "height": 800}
    width = usual["width"]
    if parts and width == WIDE:  # the columns of the desk scroll by themselves and would cut them off
        page.set_viewport_size({"width": width, "height": 2400})
    whole = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(min(height or whole, whole))}
    if parts:
        boxes = [box for part in parts if (box := part.bounding_box()) is not None]
        left = max(0.0, min(box["x"] for box in boxes) - EDGE)
        top = max(0.0, min(box["y"] for box in boxes) - EDGE)
        right = min(width, max(box["x"] + box["width"] for box in boxes) + EDGE)
        bottom = max(box["y"] + box["height"] for box in boxes) + EDGE
        clip = {"x": left, "y": top, "width": right - left, "height": min(bottom - top, height or bottom)}
    keep(path, page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide"))  # type: ignore[arg-type]
    page.set_viewport_size(usual)


class Tour:
    """The story from the slip to the review, one picture after the other."""

    def __init__(self, browser: Browser, stage: Stage, password: str, folder: Path) -> None:
        self.browser, self.stage, self.password, self.folder = browser, stage, password, folder

    def shoot(self, page: Page, name: str, *parts: Locator, height: int = 0) -> None:
        shoot(page, self.folder / f"{name}.png", *parts, height=height)

    def open(self, width: int, username: str = "") -> Page:
        page = self.browser.new_context(
            viewport={"width": width, "height": 800 if width == WIDE else 720}, locale="vi-VN", base_url=SITE
        ).new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: sys.exit(f"{page.url}: {error.stack}"))
        if username:
            page.goto("/sign-in/")
            page.get_by_label("Tên đăng nhập").fill(username)
            page.locator("[name=password]").fill(self.password)
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url(f"{SITE}/")
        return page

    def tell(self) -> None:
        self.desk = self.open(WIDE, "bithu")
        self.first_steps()
        self.told = story.Evening(self.stage)
        self.here = f"/meetings/{self.told.meeting.pk}"
        self.phone = self.open(NARROW, "dangvien")
        self.prepare()
        self.hold()
        self.write()
        self.close()
        self.follow()

    def first_steps(self) -> None:
        desk, phone = self.desk, self.open(NARROW)
        phone.goto("/sign-in/")
        self.shoot(phone, "dang-nhap", height=640)
        self.shoot(desk, "trang-chu", height=720)
        desk.get_by_role("link", name="Đảng viên").click()
        desk.get_by_role("link", name="Ngô Thị Hạnh").click()
        desk.get_by_role("button", name="Mở tài khoản").click()
        desk.get_by_role("button", name="In phiếu đăng nhập").click()
        self.shoot(desk, "phieu-dang-nhap", desk.locator(".slip"))
        phone.goto(f"/slip/#{desk.locator('.slip-code').inner_text()}")
        phone.locator("[name=password]").fill(self.password)
        phone.locator("[name=again]").fill(self.password)
        self.shoot(phone, "dat-mat-khau", height=760)
        phone.get_by_role("button", name="Đặt mật khẩu và đăng nhập").click()
        phone.wait_for_url(f"{SITE}/account/#recovery")
        desk.goto("/")
        desk.get_by_role("link", name="Sinh hoạt", exact=True).click()
        desk.get_by_role("link", name="Lập kế hoạch", exact=True).first.click()
        desk.get_by_role("link", name="Sinh hoạt chuyên đề", exact=True).click()
        desk.get_by_label("Thời gian bắt đầu").fill(f"{timezone.localdate() + timedelta(days=22):%d/%m/%Y} 19:00")
        desk.get_by_label("Địa điểm").fill("Phòng họp tầng 2, trụ sở cơ quan")
        desk.get_by_label("Chủ trì").select_option(label="Nguyễn Văn Thành")
        desk.get_by_label("Thư ký (người ghi biên bản)").select_option(label="Phạm Thị Hoa")
        desk.get_by_label("Tên chuyên đề").fill(story.TOPIC)
        desk.get_by_label("Người chuẩn bị, trình bày chuyên đề").select_option(label="Võ Quốc Bình")
        desk.get_by_label("Mục đích, yêu cầu").fill(story.PURPOSE)
        self.shoot(desk, "lap-ke-hoach")

    def prepare(self) -> None:
        desk, phone, told = self.desk, self.phone, self.told
        desk.goto(f"{self.here}/")
        self.shoot(desk, "chuong-trinh", height=960)
        author = self.open(WIDE, "baocao")
        author.goto(f"{self.here}/paper/edit/")
        author.get_by_label("Nội dung dự thảo").fill(story.DRAFT)
        author.get_by_text("Đã lưu").first.wait_for()
        self.shoot(author, "du-thao", height=960)
        told.write_draft()
        told.call()
        phone.goto("/")
        self.shoot(phone, "dien-thoai-trang-chu", height=760)
        phone.goto(f"{self.here}/paper/")
        phone.get_by_role("link", name="Góp ý đoạn 9").click()
        phone.get_by_label("Ý kiến góp ý").fill(story.OPINION)
        phone.get_by_text("Đã lưu nháp").wait_for()
        self.shoot(phone, "dien-thoai-gop-y", phone.locator("#give"))
        phone.get_by_role("button", name="Gửi ý kiến").click()
        phone.get_by_role("heading", name="Ý kiến góp ý (1)").wait_for()
        phone.goto(f"{self.here}/")
        phone.locator("#apology").get_by_label("Lý do").fill("Tôi trực cơ quan theo lịch.")
        self.shoot(phone, "dien-thoai-xin-vang", phone.locator("#apology"))
        told.apologise()
        desk.goto(f"{self.here}/")
        self.shoot(desk, "xin-vang", desk.locator("#apologies"))
        desk.goto(f"{self.here}/notice/")
        self.shoot(desk, "thong-bao", height=1050)
        author.goto(f"/opinions/{told.opinion().pk}/answer/")
        author.get_by_role("radio", name="Tiếp thu").check()
        author.get_by_label("Câu trong bản hoàn thiện (khi tiếp thu)").fill(
            "Mỗi bộ phận tự đặt mức in trong tháng, chi uỷ viên phụ trách theo dõi và báo lại ở buổi sinh hoạt."
        )
        author.get_by_text("Đã lưu nháp").wait_for()
        self.shoot(author, "tra-loi-y-kien")

    def hold(self) -> None:
        desk, told = self.desk, self.told
        told.begin()
        desk.goto(f"{self.here}/room/")
        row = desk.locator("li", has_text="Lê Minh Đức").last
        row.get_by_role("button", name="Có mặt").click()
        desk.locator("button[aria-pressed=true]").first.wait_for()
        self.shoot(desk, "diem-danh", height=840)
        told.discuss()
        self.phone.goto(f"{self.here}/")
        self.phone.locator(".now-title").wait_for()
        self.shoot(
            self.phone,
            "dien-thoai-dang-hop",
            self.phone.locator(".page-head"),
            self.phone.locator("[aria-label='Đang diễn ra']"),
        )
        desk.goto(f"/items/{told.item('past_tasks').pk}/desk/")
        self.shoot(desk, "nhiem-vu-ky-truoc", desk.locator("#promised"), height=620)

    def write(self) -> None:
        """A remark is typed; then the network goes away; then somebody else has saved the same words."""
        desk, told = self.desk, self.told
        desk.goto(f"/items/{told.item('thematic_discussion').pk}/desk/")
        desk.locator(".speakers").get_by_role("button", name="Đặng Thị Mai").click()
        remark = desk.locator("#remarks > .remark", has_text="Đặng Thị Mai")  # once she has the floor
        field = remark.get_by_label("Nhận thức")
        field.fill(story.NEW_REMARK)
        remark.get_by_text("Đã lưu").wait_for()
        self.shoot(desk, "ban-thu-ky", height=1100)
        self.shoot(desk, "nguoi-phat-bieu", remark, desk.locator(".speakers"))
        desk.context.set_offline(True)
        field.fill(f"{story.NEW_REMARK} Việc nhỏ làm được thì việc lớn mới làm được.")
        remark.get_by_text("Đang chờ mạng").wait_for()
        self.shoot(desk, "mat-mang", remark.locator("form.writing").first)
        told.change_newest_remark_elsewhere()
        desk.context.set_offline(False)
        remark.get_by_role("button", name="Giữ cả hai").wait_for()
        self.shoot(desk, "hai-nguoi-cung-sua", remark.locator(".conflict-box"))
        remark.get_by_role("button", name="Giữ cả hai").click()
        remark.get_by_text("Đã lưu").wait_for()

    def close(self) -> None:
        desk, told = self.desk, self.told
        told.conclude()
        desk.goto(f"/items/{told.item('conclusion').pk}/desk/")
        desk.get_by_text("Ghi một biểu quyết").click()
        desk.get_by_label("Nội dung biểu quyết").fill(story.VOTE)
        desk.locator("#votes [name=in_favour]").fill("8")
        self.shoot(desk, "bieu-quyet", desk.locator("#votes"))
        told.decide()
        desk.goto(f"/items/{told.item('conclusion').pk}/desk/")
        desk.get_by_text("Giao một nhiệm vụ").click()
        desk.locator("#tasks").get_by_label("Người thực hiện").wait_for()
        self.shoot(desk, "giao-nhiem-vu", desk.locator("#tasks"))
        told.finish()
        desk.goto(f"{self.here}/close/")
        desk.get_by_label("Các dòng còn trống ở trên").check()
        self.shoot(desk, "ket-thuc", *desk.locator(".desk-work .sheet").all())
        desk.get_by_role("button", name="Kết thúc buổi họp").click()
        desk.locator("#sign").wait_for()
        taker = self.open(WIDE, "thuky")
        taker.goto(f"{self.here}/minutes/#sign")
        taker.get_by_role("button", name="Tôi xác nhận").click()
        taker.locator("#sign small").get_by_text("Đã xác nhận").wait_for()
        desk.reload()
        self.shoot(desk, "xac-nhan", desk.locator("#sign"))
        desk.get_by_role("button", name="Tôi xác nhận").click()
        desk.locator(".paper-frame.sealed").wait_for()
        self.shoot(desk, "bien-ban", height=1200)

    def follow(self) -> None:
        desk, told = self.desk, self.told
        if told.fresh().state != State.SEALED:
            sys.exit("The minutes of the tour were not sealed.")
        told.correct()
        desk.goto(f"{self.here}/minutes/")
        self.shoot(desk, "bo-sung", desk.locator("#addenda"))
        desk.goto(f"/cells/{told.meeting.cell_id}/tasks/")
        self.shoot(desk, "nhiem-vu", height=640)
        reviewer = self.open(WIDE, "captren")
        self.shoot(reviewer, "can-de-y", height=900)
        reviewer.goto("/inspections/")
        self.shoot(reviewer, "theo-doi-chi-bo", height=480)
        reviewer.goto(f"{self.here}/minutes/")
        reviewer.locator("#inspection").get_by_label("Nhận xét").fill("Biên bản rõ người, rõ việc, có thời hạn.")
        self.shoot(reviewer, "xem-xet", reviewer.locator("#inspection"))
