// A day is typed day first: this says it in words, puts the strokes between figures, and brings the browser's calendar.
(() => {
  "use strict";

  const DAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
  const WRITTEN = /^(?:(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})|(\d{2})(\d{2})(\d{4}))(?:\s+(\d{1,2})(?::|h| giờ )(\d{2}))?$/;
  const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/;
  const { two } = window.chibo;

  // [day, month, year, hour, minute], or null for what is no day.
  function read(text) {
    const iso = ISO.exec(text);
    const typed = WRITTEN.exec(text);
    const found = iso ? [iso[3], iso[2], iso[1], iso[4], iso[5]] : typed && [typed[1] ?? typed[4], typed[2] ?? typed[5], typed[3] ?? typed[6], typed[7], typed[8]];
    if (!found) return null;
    const [day, month, year, hour, minute] = found.map((part) => part === undefined ? undefined : Number(part));
    const date = new Date(year, month - 1, day);
    const real = date.getDate() === day && date.getMonth() === month - 1;
    return real && !(hour > 23) && !(minute > 59) ? { day, month, year, hour, minute, name: DAYS[date.getDay()] } : null;
  }

  function say(field) {
    const line = field.parentElement.querySelector("[data-day-words]");
    const text = field.value.trim();
    const found = read(text);
    const time = found?.hour === undefined ? "" : `${two(found.hour)} giờ ${two(found.minute)}, `;
    const whole = !field.closest("[data-brief-days]"); // in a long table the weekday is what one looks for
    line.textContent = found ? whole ? `${time}${found.name}, ngày ${found.day} tháng ${found.month} năm ${found.year}` : found.name : text && document.activeElement !== field ? "Chưa đọc được ngày này." : "";
  }

  const stroke = (field) => { // 19051980 -> 19/05/1980
    const bare = /^(\d{2})(\d{2})(\d{4})(?=\s|$)/;
    if (bare.test(field.value.trim())) field.value = field.value.trim().replace(bare, "$1/$2/$3");
  };

  function calendar(field) {
    const picker = document.createElement("input");
    if (!picker.showPicker) return;
    picker.type = field.dataset.day === "time" ? "datetime-local" : "date";
    picker.className = "day-picker";
    picker.tabIndex = -1;
    picker.hidden = true; // shown only while it is asked for
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-link-quiet";
    button.textContent = field.closest("[data-brief-days]") ? "Lịch" : "Chọn trên lịch";
    button.setAttribute("aria-label", "Chọn trên lịch");
    button.addEventListener("click", () => {
      const found = read(field.value.trim());
      const time = picker.type === "date" ? "" : `T${two(found?.hour ?? 19)}:${two(found?.minute ?? 0)}`;
      picker.value = found ? `${found.year}-${two(found.month)}-${two(found.day)}${time}` : "";
      picker.hidden = false;
      picker.showPicker();
    });
    picker.addEventListener("blur", () => { picker.hidden = true; });
    picker.addEventListener("change", () => {
      const found = read(picker.value);
      if (!found) return;
      const time = found.hour === undefined ? "" : ` ${two(found.hour)}:${two(found.minute)}`;
      field.value = `${two(found.day)}/${two(found.month)}/${found.year}${time}`;
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    });
    return [button, picker];
  }

  function adopt() {
    for (const field of document.querySelectorAll("input[data-day]:not([data-said-in-words])")) {
      field.dataset.saidInWords = "";
      const line = document.createElement("div");
      line.className = "form-text day-line";
      const words = document.createElement("span");
      words.dataset.dayWords = "";
      words.setAttribute("role", "status");
      line.append(words, ...(calendar(field) || []));
      field.after(line);
      field.addEventListener("input", () => say(field));
      field.addEventListener("blur", () => { stroke(field); say(field); });
      say(field);
    }
  }

  document.addEventListener("chibo:exchanged", adopt);
  adopt();
})();
