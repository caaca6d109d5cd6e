// The desk: three tabs on a narrow screen, the time that is left, the typed line, keys. The desk works without it.
(() => {
  "use strict";

  const PAUSE = 250; // in typing, before the line is looked at
  const KEYS_OFF = "chibo-desk-keys-off";
  const desk = () => document.getElementById("desk");
  const fieldHasFocus = () => document.activeElement?.matches("input, textarea, select");
  const plain = (text) => text.toLowerCase().replace(/[đð]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();

  // --- Three tabs on a narrow screen --------------------------------------------------------------

  let tab = "desk-work";
  let shown = ""; // which page of the desk is shown: whoever goes to another one wants to see it

  function turnTo(name) {
    tab = name;
    desk().dataset.tab = name;
    for (const link of desk().querySelectorAll(".desk-tabs a")) {
      if (link.hash === `#${name}`) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  }

  // --- The clock ------------------------------------------------------------------------------------

  // The server's time when a piece of the page was made, and how long ago it came: the device's own clock is not asked.
  const came = new WeakMap();
  function minutesSince(one) {
    if (!came.has(one)) came.set(one, performance.now());
    return Math.floor((performance.now() - came.get(one)) / 60000);
  }

  function tick() {
    const { two, left } = window.chibo;
    for (const one of desk()?.querySelectorAll("[data-left]") || []) one.textContent = left(Number(one.dataset.left) - minutesSince(one));
    const clock = desk()?.querySelector("[data-clock]");
    if (!clock) return;
    const [hour, minute] = clock.dataset.clock.split(":").map(Number);
    const now = (hour * 60 + minute + minutesSince(clock)) % 1440;
    clock.textContent = `${two(Math.floor(now / 60))}:${two(now % 60)}`;
  }

  // --- The roll: found by given name, without marks ----------------------------------------------------

  let looked = "";

  function sift() {
    const box = desk()?.querySelector("[data-roll-search]");
    if (!box) return;
    box.closest("[hidden]")?.removeAttribute("hidden");
    if (document.activeElement !== box) box.value = looked;
    const asked = plain(looked);
    for (const row of desk().querySelectorAll("[data-name]")) {
      const name = ` ${plain(row.dataset.name)}`;
      row.hidden = Boolean(asked) && !name.includes(` ${asked}`);
    }
  }

  const found = () => [...desk().querySelectorAll("[data-name]")].filter((row) => !row.hidden);

  // --- The typed line ---------------------------------------------------------------------------------

  let timer, asking;

  function look(form) {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const line = form.elements.line.value.trim();
      asking?.abort();
      asking = new AbortController();
      if (!line) { form.querySelector("[data-shown]").replaceChildren(); return; }
      const body = new URLSearchParams({ line, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      const answer = await fetch(form.dataset.shorthand, { method: "POST", body, signal: asking.signal, redirect: "manual" }).catch(() => null);
      if (!answer?.ok || form.elements.line.value.trim() !== line) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      form.querySelector("[data-shown]").replaceChildren(document.adoptNode(page.body.firstElementChild));
      form.elements.seen.value = line; // shown as it stands: Enter does it
      form.querySelector(".shorthand-line button").textContent = form.querySelector("[data-clear]") ? "Làm" : "Xem";
    }, PAUSE);
  }

  function takeBack() {
    const form = desk().querySelector("[data-undo]");
    if (form) form.requestSubmit();
    else window.chibo.tell("warning", "Không có việc ghi tắt nào để hoàn tác.");
  }

  // Ctrl+Z belongs to the field in which something was typed.
  function untouched() {
    const field = document.activeElement;
    return !fieldHasFocus() || (field.matches("input, textarea") && field.value === field.defaultValue && !field.value);
  }

  // --- What is confirmed as seen ------------------------------------------------------------------------

  // It goes on with what was written on this page itself, and with nothing that came from anybody else: where a
  // number is missing in between, the server says that something has changed.
  const ours = new Set();
  document.addEventListener("chibo:said", ({ detail: [whose, count] }) => {
    ours.add(`${whose} ${count}`);
    for (const field of document.querySelectorAll(`[data-counts="${whose}"]`)) {
      while (ours.has(`${whose} ${Number(field.value) + 1}`)) field.value = Number(field.value) + 1;
    }
  });

  // --- Keys -------------------------------------------------------------------------------------------

  // A letter means something only while no field has the focus, and only until it is switched off.
  const first = (selector) => desk().querySelector(selector);
  const KEYS = {
    "/": ["ô ghi tắt", () => first("#shorthand")?.focus()],
    g: ["chỗ đang ghi", () => first("[data-write] textarea")?.focus()],
    c: ["chương trình", () => { turnTo("desk-agenda"); first(".agenda [aria-current], .agenda a")?.focus(); }],
    p: ["ai phát biểu tiếp", () => { turnTo("desk-panels"); first("[data-panel=floor] button")?.focus(); }],
    d: ["điểm danh", () => first("[data-panel=roll] a")?.click()],
    b: ["biểu quyết", () => first("[data-panel=votes] .panel-head a")?.click()],
    n: ["giao nhiệm vụ", () => first("[data-panel=tasks] .panel-head a")?.click()],
    x: ["bắt đầu, hoặc xong, sang mục tiếp theo", () => first("[data-next] button")?.click()],
  };
  const off = () => { try { return localStorage.getItem(KEYS_OFF) === "1"; } catch { return false; } };

  function showKeys() {
    const open = first(".desk-keys");
    if (open) { open.remove(); return; }
    const box = document.createElement("section");
    box.className = "desk-keys sheet";
    box.tabIndex = -1;
    box.setAttribute("aria-label", "Phím tắt");
    const list = document.createElement("dl");
    list.className = "shorthand-help";
    for (const [key, [words]] of [...Object.entries(KEYS), ["0 … 9", ["số điểm danh, ở trang điểm danh"]], ["?", ["bảng này"]], ["Esc", ["ra khỏi ô đang gõ"]], ["Ctrl+Z", ["hoàn tác việc vừa ghi tắt"]], ["Ctrl+S", ["lưu ngay"]]]) {
      const [term, says] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = key;
      says.textContent = words;
      list.append(term, says);
    }
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.className = "form-check-input";
    tick.checked = !off();
    tick.addEventListener("change", () => { try { localStorage.setItem(KEYS_OFF, tick.checked ? "0" : "1"); } catch { /* nothing is remembered */ } });
    label.className = "form-check";
    label.append(tick, " Dùng phím tắt một chữ khi không ở trong ô nào");
    box.append(list, label);
    first(".desk-main").prepend(box);
    box.focus();
  }

  // Out of a field, so that the letters mean something again; a line that was only begun is emptied first.
  function leave(field) {
    if (!field.matches("[data-roll-search], #shorthand") || !field.value) { field.blur(); return; }
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("keydown", (event) => {
    if (!desk() || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && untouched()) {
      event.preventDefault();
      takeBack();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches?.("[data-roll-search]") && event.key === "Enter") { event.preventDefault(); found()[0]?.querySelector("button")?.focus(); return; }
    if (event.key === "Escape" && fieldHasFocus() && event.target.closest("#desk")) { leave(event.target); return; }
    if (event.key === "Escape" && first(".desk-keys")) { first(".desk-keys").remove(); return; }
    if (fieldHasFocus()) return;
    if (event.key === "?") { event.preventDefault(); showKeys(); return; }
    if (!off() && /^\d$/.test(event.key) && first("#roll-number")) { first("#roll-number").focus(); return; } // it is typed there
    const act = off() ? null : KEYS[event.key];
    if (act) { event.preventDefault(); act[1](); }
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-roll-search]")) { looked = event.target.value; sift(); }
    const form = event.target.closest("[data-shorthand]");
    if (form && event.target.name === "line") look(form);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".desk-tabs a");
    if (link) { event.preventDefault(); turnTo(link.hash.slice(1)); }
  });

  function begin() {
    if (!desk()) return;
    const here = desk().querySelector("[aria-current=page]")?.pathname || location.pathname;
    const [refused, opened] = [desk().querySelector(".is-invalid"), desk().querySelector("[autofocus], .is-invalid")];
    const asked = refused ? null : document.getElementById(location.hash.slice(1));
    const holds = asked?.closest("#desk-agenda, #desk-work, #desk-panels");
    if (shown !== here || opened) tab = "desk-work";
    if (holds) tab = holds.id;
    shown = here;
    turnTo(tab);
    if (holds && holds !== asked) asked.scrollIntoView({ block: "nearest" });
    sift();
    tick();
    if (opened && document.activeElement === document.body) opened.focus({ preventScroll: true });
  }

  document.addEventListener("chibo:exchanged", begin);
  document.addEventListener("chibo:followed", () => { sift(); tick(); });
  setInterval(tick, 10000);
  begin();
})();
