// What is done at the desk while the network is away: one thing after another on this device (drafts.js), brought to
// the server in their order when it answers again, each with a key of its own. What cannot be done is said and kept.
(() => {
  "use strict";

  const QUIET = 5000; // a hiccup is nobody's business
  const KNOCK = 3000;
  const GIVE_UP = 20000;
  const LATER = 20000;
  const OURS = document.currentScript.src;
  const { drafts, tell } = window.chibo;
  const box = document.getElementById("outbox");
  if (!box) return;

  const meeting = box.dataset.meeting;
  const list = box.querySelector("[data-outbox-list]");
  const says = box.querySelector("[data-outbox-says]");
  const choice = () => box.querySelector("[data-outbox-item]");
  const token = box.querySelector("[name=csrfmiddlewaretoken]");
  const unkept = []; // where a browser keeps nothing or has no room: on this page alone
  const refusals = new Map(); // name of a step -> why, also where there is no room to keep that

  // --- The server's clock, on a device whose own may be wrong by a day -------------------------------

  // How far this device's clock was off when the server spoke last; a page that comes out of the cache is no such time.
  const CLOCK = "chibo-clock";
  const off = () => { try { return Number(localStorage.getItem(CLOCK)) || 0; } catch { return 0; } };
  const now = () => Math.round(Date.now() + off());
  function setClock(since = performance.now()) {
    const made = Number(box.dataset.now) * 1000 + since;
    try { localStorage.setItem(CLOCK, String(made - Date.now())); } catch { /* this device's own clock has to do */ }
  }
  const uuid = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const clock = (time) => new Date(time).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });

  // --- What is held ------------------------------------------------------------------------------------

  const mine = (draft) => draft.step && draft.meeting === meeting;
  async function held() {
    const kept = (await drafts.all().catch(() => [])).filter(mine); // readable where there is no more room
    for (const step of kept) step.refused ??= refusals.get(step.name);
    return [...kept, ...unkept].sort((one, other) => one.number - other.number);
  }
  const drop = (step) => {
    const place = unkept.indexOf(step);
    if (place >= 0) { unkept.splice(place, 1); return Promise.resolve(); }
    return drafts.drop(step.name);
  };
  const keep = (step) => unkept.includes(step) ? Promise.resolve() : drafts.keep(step.name, step).catch(() => {});

  function onward() {
    if (choice().selectedIndex + 1 < choice().options.length) choice().selectedIndex += 1;
  }

  let last = 0;
  async function hold(what, given, words) {
    // In the order in which they were done, whatever the clock does, also while nobody looked.
    last = Math.max(last + 1, Date.now(), ...(await held()).map(({ number }) => number + 1));
    const name = `outbox ${meeting} ${last}`;
    const step = { step: true, name, meeting, number: last, what, given, words, at: now(), key: uuid() };
    try {
      await drafts.keep(name, step);
    } catch {
      drafts.able = false;
      unkept.push(step);
    }
  }

  // --- What it is in words -------------------------------------------------------------------------------

  const chosen = (field) => field.selectedOptions[0]?.text ?? "";
  const MARKS = { present: "có mặt", excused: "vắng có lý do", unexcused: "vắng không lý do" };
  const WORDS = {
    speak: (form) => `Đồng chí ${chosen(form.elements.person)}: ${form.elements.text.value}`,
    mark: (form, given) => `Đồng chí ${chosen(form.elements.person)} ${MARKS[given.mark]}`,
    came: (form) => `Đồng chí ${chosen(form.elements.person)} vừa đến`,
    left: (form) => `Đồng chí ${chosen(form.elements.person)} vừa về`,
    rest: () => "Những đồng chí còn lại đều có mặt",
    vote: (form, given) => `Biểu quyết “${given.question}”: ${given.in_favour} tán thành, ${given.against} không tán thành, ${given.other} ý kiến khác`,
    conclude: (form, given) => `Kết luận: ${given.text}`,
    task: (form, given) => `Giao ${given.owner ? `đồng chí ${chosen(form.elements.owner)}` : "cả chi bộ"}: ${given.text}`,
    next: () => `Xong “${chosen(choice())}”`,
  };

  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const given = Object.fromEntries(new FormData(form));
    if (event.submitter?.name) given[event.submitter.name] = event.submitter.value;
    const what = given.what || form.dataset.outboxStep;
    delete given.what;
    given.item = choice().value;
    await hold(what, given, WORDS[what](form, given));
    form.reset();
    if (what === "next") onward();
    await draw();
    form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
    bring();
  });

  // --- What is shown ---------------------------------------------------------------------------------------

  let away = 0; // since when nobody answers
  const say = (sentence) => { if (says.textContent !== sentence) says.textContent = sentence; };
  const lost = () => away && Date.now() - away >= QUIET;

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn-link-quiet";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function line(step) {
    const made = document.createElement("li");
    const words = document.createElement("p");
    words.textContent = `${clock(step.at)} ${step.words}`;
    made.append(words);
    if (step.refused) {
      const why = document.createElement("p");
      why.className = "invalid-feedback d-block";
      why.textContent = `Chưa ghi được: ${step.refused}`;
      const choices = document.createElement("div");
      choices.className = "row-actions";
      choices.append(button("Gửi lại", async () => { delete step.refused; refusals.delete(step.name); await keep(step); bring(); }), button("Đã xử lý, bỏ việc này", async () => { await drop(step); draw(); }));
      made.append(why, choices);
    }
    return made;
  }

  async function draw() {
    const steps = await held();
    list.replaceChildren(...steps.map(line));
    const refused = steps.filter((step) => step.refused).length;
    if (!away && refused === steps.length) document.querySelector("[data-outbox-notice]")?.remove();
    const shown = lost() || steps.length > 0;
    if (shown && box.hidden) appear();
    if (!shown) box.hidden = true;
    if (!shown) return;
    if (away) say(`Đang mất mạng từ ${clock(away + off())}. ${steps.length ? `Máy này đang giữ ${steps.length} việc, chưa lưu vào biên bản.` : "Cứ ghi tiếp ở đây."} Có mạng lại thì tự gửi theo thứ tự.${drafts.able ? "" : " Trình duyệt này không giữ được khi đóng trang: xin đừng đóng."}`);
    else if (refused) say(`Đã có mạng. Còn ${refused} việc chưa ghi được, xin xem lại.`);
    else if (steps.length) say(`Đã có mạng, đang gửi ${steps.length} việc.`);
  }

  function appear() {
    box.hidden = false;
    const forms = box.querySelector("template");
    forms?.replaceWith(forms.content.cloneNode(true)); // only now: nobody is to meet them by chance before
    held().then((steps) => { for (const { what, given } of steps) if (what === "next" && given.item === choice().value) onward(); });
    const link = document.createElement("a");
    link.href = "#outbox-title";
    link.textContent = "Ghi tiếp ở phần “Ghi khi mất mạng”.";
    const notice = tell("warning");
    notice.dataset.outboxNotice = "";
    notice.append(away ? "Máy này đang mất mạng. " : "Máy này còn giữ việc chưa gửi. ", link);
  }

  // --- Bringing it to the server -------------------------------------------------------------------------------

  // Whoever signed in again on this page has a new token; somebody else cannot read what is held here.
  async function freshToken() {
    const page = await fetch(location.href, { signal: AbortSignal.timeout(GIVE_UP) });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const owner = drafts.owner(fresh);
    if (owner !== drafts.owner(document)) {
      if (owner) say("Máy này đang đăng nhập bằng tài khoản khác; các việc vẫn còn trên máy này.");
      else signIn();
      return false;
    }
    token.value = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    return true;
  }

  async function post(step) {
    const body = new URLSearchParams({ ...step.given, what: step.what, done_at: step.at, key: step.key, csrfmiddlewaretoken: token.value });
    return fetch(box.dataset.url, { method: "POST", body, headers: { Accept: "application/json", "X-Owner": drafts.owner(document) ?? "" }, redirect: "manual", signal: AbortSignal.timeout(GIVE_UP) });
  }

  // True when it is settled, one way or the other.
  async function settle(step, again = true) {
    const answer = await post(step);
    if (answer.ok) { await drop(step); return true; }
    const shut = answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect";
    if (shut && again) return await freshToken() && settle(step, false);
    if (answer.status >= 500) return false;
    const told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
    step.refused = told.sentence || (shut ? "Đồng chí không còn quyền ghi ở buổi họp này." : "Máy chủ không nhận việc này.");
    refusals.set(step.name, step.refused);
    await keep(step);
    return true;
  }

  function signIn() {
    if (says.querySelector("a")) return; // somebody may be about to press it
    const link = document.createElement("a");
    link.href = "/sign-in/";
    link.target = "_blank";
    link.textContent = "đăng nhập lại ở thẻ mới";
    says.replaceChildren("Phiên làm việc đã hết. Các việc vẫn còn trên máy này; xin ", link, ", rồi trở lại trang này.");
  }

  let bringing = false;
  async function bring() {
    if (bringing) return;
    bringing = true;
    let sent = 0;
    try {
      for (const step of await held()) {
        if (step.refused) continue;
        if (!await settle(step)) { comeBack(); return; }
        sent += step.refused ? 0 : 1;
        answered();
        await draw();
      }
    } catch {
      unanswered();
    } finally {
      bringing = false;
      if (sent) { await draw(); arrived(sent); }
    }
  }

  // It answers, but not as one who can take it: too busy, or nobody is signed in.
  function comeBack() {
    clearTimeout(knocking);
    knocking = setTimeout(bring, LATER);
  }

  function arrived(sent) {
    document.querySelector("[data-outbox-notice]")?.remove();
    tell("success", `Có mạng lại: đã gửi ${sent} việc máy này giữ.`);
    const others = document.querySelector("[data-others]");
    if (others) others.hidden = false;
  }

  // --- Is anybody there? ---------------------------------------------------------------------------------------

  let knocking;
  function unanswered() {
    away ||= Date.now();
    clearTimeout(knocking);
    knocking = setTimeout(knock, KNOCK);
    setTimeout(draw, QUIET + 50 - (Date.now() - away));
  }

  function answered() {
    if (!away) return;
    away = 0;
    if (!list.children.length) document.querySelector("[data-outbox-notice]")?.remove();
  }

  async function knock() {
    const there = await fetch(OURS, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(GIVE_UP) }).then((answer) => answer.status < 500, () => false);
    if (!there) { unanswered(); return; }
    answered();
    await draw();
    bring();
  }

  window.addEventListener("offline", unanswered);
  window.addEventListener("online", knock);
  window.addEventListener("focus", () => { if (list.children.length && !away) bring(); });
  document.addEventListener("chibo:unanswered", unanswered);
  window.addEventListener("beforeunload", (event) => { if (unkept.length) event.preventDefault(); });

  // --- As the desk beside it: which item is on, who is there ------------------------------------------------------

  function renew({ detail: page }) {
    const fresh = page?.getElementById("outbox");
    if (!fresh) return;
    box.dataset.now = fresh.dataset.now;
    setClock(0);
    const forms = box.querySelector("template");
    if (forms) { forms.replaceWith(document.adoptNode(fresh.querySelector("template"))); return; }
    const selects = fresh.querySelector("template").content.querySelectorAll("select");
    box.querySelectorAll("select").forEach((select, index) => {
      const chosen = select.matches("[data-outbox-item]") ? selects[index].value : select.value;
      select.replaceChildren(...document.importNode(selects[index], true).children);
      select.value = chosen;
    });
  }
  for (const change of ["chibo:exchanged", "chibo:followed"]) document.addEventListener(change, renew);

  let asked = 0; // not put off by every change: a busy evening has one in every minute
  function keepAgain() {
    asked ||= setTimeout(() => { asked = 0; navigator.serviceWorker?.controller?.postMessage([location.href]); }, LATER);
  }
  for (const change of ["chibo:exchanged", "chibo:followed"]) document.addEventListener(change, keepAgain);

  // --- At hand without network (worker.js) -----------------------------------------------------------------------

  async function settleIn() {
    const here = await navigator.serviceWorker.register("/worker.js");
    if (navigator.serviceWorker.controller) return;
    await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/static/"));
    here.active?.postMessage([location.href, ...files]);
  }
  if (navigator.serviceWorker) settleIn().catch(() => {}); // a browser that does not want to: the page works as ever

  // A page out of the cupboard was made long ago: its clock is not asked.
  if ("kept" in box.dataset) {
    unanswered();
    away -= QUIET;
  } else setClock();
  draw();
  if (!away) bring();
})();
