// A screen that follows a meeting: it listens, or asks by itself where nothing can be listened to.
// Time is the server's: it comes with the page and with every sign of life, and the device's clock is never read.
(() => {
  "use strict";

  const SIGN_IN = "/sign-in/";
  const PATIENCE = 5000; // a hiccup is no news
  const SILENT = 35000; // a stream gives a sign of life every 15 seconds
  const FAILURES = 3; // of the stream, then the screen asks
  const AGAIN = 60000; // and tries the stream again after so long
  const pause = () => 3000 + Math.random() * 2000;

  const root = document.querySelector("[data-live]");
  if (!root) return;
  let version = root.dataset.version;
  let heard = performance.now(); // when the screen last knew that it is true
  let offset = Number(root.dataset.now) - heard; // the server's time at performance.now() = 0
  let source = null;
  let failures = 0;
  let timer = 0;
  const now = () => performance.now() + offset;
  const time = (moment) => new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(moment);

  // --- What comes ---------------------------------------------------------------------------------

  function alive(serverTime) {
    heard = performance.now();
    if (serverTime) offset = Number(serverTime) - heard;
    stale();
  }

  const shown = new Map(); // what came last for each panel, before the page marked anything in it
  function show({ v, panels }) {
    version = String(v);
    for (const [name, html] of Object.entries(panels)) {
      const place = root.querySelector(`[data-panel="${name}"]`);
      if (place && shown.get(name) !== html) swap(place, html);
      shown.set(name, html);
    }
    dress();
    say(true);
    document.dispatchEvent(new CustomEvent("chibo:live", { detail: { version } }));
  }

  // Focus, and what was typed meanwhile, stay where they were.
  function swap(place, html) {
    const active = place.contains(document.activeElement) ? mark(document.activeElement) : null;
    const typed = [...place.querySelectorAll("input:not([type=hidden]), textarea, select")].filter((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked).map((one) => [mark(one), one.value, one.checked]);
    const opened = [...place.querySelectorAll("details[open]")].map((one) => one.id);
    place.innerHTML = html;
    for (const id of opened) if (id) { const one = document.getElementById(id); if (one) one.open = true; }
    for (const [was, value, checked] of typed) { const heir = find(place, was); if (heir) Object.assign(heir, { value, checked }); }
    if (active) (find(place, active) || place.querySelector("h1, h2, a[href], button"))?.focus({ preventScroll: true });
  }
  const mark = (one) => ({ id: one.id, tag: one.localName, href: one.getAttribute("href"), name: one.name, action: one.form?.getAttribute("action"), value: ["submit", "radio", "checkbox"].includes(one.type) ? one.value : null });
  const find = (place, was) => [...place.querySelectorAll(was.tag)].find((one) => JSON.stringify(mark(one)) === JSON.stringify(was));

  // What the bytes for everybody cannot know: whose screen this is, the token of its forms, a key for each press.
  const chosen = new Map([[root.dataset.chosenAt, root.dataset.chosen]]); // one's own voice, which no panel knows
  function dress() {
    const row = root.dataset.row;
    for (const one of root.querySelectorAll("[data-person]")) {
      const mine = Boolean(row) && one.dataset.person === row;
      one.classList.toggle("is-mine", mine);
      if (mine && one.dataset.mine) one.textContent = one.dataset.mine;
    }
    for (const one of root.querySelectorAll("[data-only-for]")) one.hidden = !one.dataset.onlyFor.split(" ").includes(row);
    const fields = root.querySelector("[data-live-fields]");
    for (const one of root.querySelectorAll("button[name=choice]")) one.setAttribute("aria-pressed", String(chosen.get(new URL(one.form.action).pathname) === one.value));
    for (const form of root.querySelectorAll("[data-panel] form[method=post]")) {
      if (form.elements.csrfmiddlewaretoken) continue;
      for (const field of fields.querySelectorAll("input")) form.append(field.cloneNode());
      const key = document.createElement("input");
      Object.assign(key, { type: "hidden", name: "key", value: [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("") });
      form.append(key);
    }
    tick();
  }

  // Each piece of news is said once, and nothing that the page began with.
  const said = new Set();
  function say(aloud) {
    const words = [];
    for (const one of root.querySelectorAll("[data-announce], [data-announce-mine]")) {
      const mine = one.classList.contains("is-mine") && one.dataset.announceMine;
      const key = mine ? `mine ${one.dataset.announceKey || mine}` : one.dataset.announce;
      if (!key || said.has(key)) continue;
      said.add(key);
      words.push(mine || one.dataset.announceWords || one.textContent.trim());
    }
    if (aloud && words.length) root.querySelector("[data-live-said]").textContent = words.join(". ");
  }

  // --- Counters, and how old the screen is ------------------------------------------------------------

  function tick() {
    for (const one of root.querySelectorAll("[data-clock]")) put(one, time(now()));
    for (const one of root.querySelectorAll("[data-until]")) {
      const left = Math.ceil((Number(one.dataset.until) - now()) / 60000);
      put(one, left > 0 ? `còn ${left} phút` : left > -1 ? "hết giờ dự kiến" : `quá ${-left} phút`);
      one.classList.toggle("is-late", left <= 0);
    }
    for (const one of root.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor((now() - Number(one.dataset.since)) / 1000));
      put(one, `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`);
    }
  }
  const put = (one, words) => { if (one.textContent !== words) one.textContent = words; };

  function stale() {
    const line = root.querySelector("[data-live-stale]");
    const old = !isOver() && performance.now() - heard > (source && source.readyState === EventSource.OPEN && navigator.onLine ? SILENT : PATIENCE + (source ? 0 : 5000));
    if (old) put(line, `Chưa cập nhật từ ${time(heard + offset)}`);
    if (line.hidden === old) line.hidden = !old;
  }

  const isOver = () => root.querySelector("[data-live-over]") !== null;

  // --- How it comes ---------------------------------------------------------------------------------

  // 204: what stands here is true. Without the version the answer is whole and brings a ticket.
  async function ask(whole) {
    const answer = await fetch(whole ? root.dataset.live : `${root.dataset.live}?v=${version}`, { headers: { "X-Poll": "1" }, redirect: "manual", signal: AbortSignal.timeout(20000) });
    if (answer.type === "opaqueredirect" || answer.status === 401) { location.assign(`${SIGN_IN}?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`); return null; }
    if (answer.status === 403 || answer.status === 404) { location.reload(); return null; }
    if (!answer.ok) throw new Error(answer.status);
    if (answer.status === 204) { alive(); return {}; }
    const told = await answer.json();
    alive(told.now);
    show(told);
    return told;
  }

  let beginning = 0; // of two at once only the later one goes on
  async function begin() {
    const mine = ++beginning;
    stop();
    if (isOver()) return;
    try {
      const told = await ask(true);
      if (told === null || mine !== beginning || isOver()) return;
      if (told.ticket && failures < FAILURES) listen(told.ticket); else poll();
    } catch {
      if (mine === beginning) timer = setTimeout(begin, pause());
    }
  }

  function listen(ticket) {
    const mine = source = new EventSource(`/live/${ticket}?v=${version}`);
    let spoke = false;
    const fail = () => { if (source !== mine) return; failures += 1; begin(); };
    // A line that lets nothing through is as good as none.
    const deaf = setTimeout(() => { if (!spoke) fail(); }, PATIENCE);
    mine.addEventListener("beat", ({ data }) => { spoke = true; failures = 0; alive(data); });
    mine.addEventListener("screen", ({ data }) => { alive(); show(JSON.parse(data)); if (isOver()) stop(); });
    mine.addEventListener("over", begin); // the rights are asked again
    mine.addEventListener("error", () => {
      clearTimeout(deaf);
      if (mine.readyState !== EventSource.CLOSED) { if (!spoke) fail(); spoke = false; return; } // it comes back by itself
      if (source === mine) { stop(); failures += 1; timer = setTimeout(begin, Math.random() * 2000); }
    });
  }

  let tryStream = 0;
  function poll() {
    tryStream = performance.now() + AGAIN;
    const round = async () => {
      if (performance.now() > tryStream) { failures = 0; begin(); return; }
      try { if (!document.hidden && await ask(false) === null) return; } catch { /* the line says how old the screen is */ }
      if (isOver()) { stop(); return; }
      timer = setTimeout(round, pause());
    };
    timer = setTimeout(round, pause());
  }

  function stop() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  // --- A press on a panel: sent behind the screen, the answer's words on it ---------------------------

  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("[data-panel]") || form.closest("[data-whole]")) return;
    event.preventDefault();
    if (form.dataset.going) return;
    form.dataset.going = "1";
    const body = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(20000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const words = page.getElementById("messages");
      if (answer.status === 401) { location.assign(SIGN_IN); return; }
      if (words) document.getElementById("messages").replaceWith(document.adoptNode(words));
      if (!answer.ok) window.chibo.tell("error", page.querySelector(".invalid-feedback, main p")?.textContent || "Chưa làm được việc vừa bấm. Xin tải lại trang.");
      else if (event.submitter?.name === "choice" && !words?.querySelector(".error")) { chosen.set(new URL(form.action).pathname, event.submitter.value); dress(); }
      delete form.dataset.going; // another press may follow at once, as when somebody thinks better of it
      await ask(false);
    } catch {
      window.chibo.tell("error", "Chưa làm được việc vừa bấm vì mất mạng. Khi có mạng, xin bấm lại.");
    } finally {
      delete form.dataset.going;
    }
  });

  addEventListener("online", begin);
  addEventListener("offline", stale);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && performance.now() - heard > PATIENCE) begin(); });
  addEventListener("pagehide", () => { beginning += 1; stop(); });
  setInterval(() => {
    tick();
    stale();
    if (source && performance.now() - heard > SILENT) { failures += 1; begin(); } // a line that died without a word
  }, 1000);
  dress();
  say(false);
  begin();
})();
