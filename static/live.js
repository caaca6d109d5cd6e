// A screen that shows nothing but a meeting, and follows it (stream.js): the wall, the pocket.
// Time is the server's: it comes with the page and with every sign of life, and the device's clock is never read.
(() => {
  "use strict";

  const SIGN_IN = "/sign-in/";
  const root = document.querySelector("[data-live]");
  if (!root) return;
  let version = root.dataset.version;
  let offset = Number(root.dataset.now) - performance.now(); // the server's time at performance.now() = 0
  const now = () => performance.now() + offset;
  const time = (moment) => new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(moment);

  // --- What comes ---------------------------------------------------------------------------------

  const shown = new Map(); // what came last for each panel, before the page marked anything in it
  function show({ v, panels }) {
    version = String(v);
    for (const [name, html] of Object.entries(panels)) {
      const place = root.querySelector(`[data-panel="${name}"]`);
      if (place && shown.get(name) !== html) window.chibo.swap(place, html);
      shown.set(name, html);
    }
    dress();
    say(true);
    document.dispatchEvent(new CustomEvent("chibo:live", { detail: { version } }));
  }

  // What one's last press came to has been read after a while; a refusal stays until the next press. A touch takes either away.
  const READ = 12000;
  const answered = root.querySelector("[data-live-answer]"); // none on the wall
  function forgetOld() {
    if (!answered || performance.now() - pressed < READ) return;
    for (const line of answered.querySelectorAll("li:not(.error)")) line.remove();
    if (!answered.querySelector("li")) answered.replaceChildren();
  }
  answered?.addEventListener("click", () => answered.replaceChildren());

  // It lies over the page, so that nothing moves under the thumb: above, where the thumb is below, and the other way round.
  function aside(from) {
    const { top, bottom } = from.getBoundingClientRect();
    answered.dataset.liveAnswer = top + bottom > innerHeight ? "above" : "below";
  }

  // What the bytes for everybody cannot know: whose screen this is.
  const chosen = new Map([[root.dataset.chosenAt, root.dataset.chosen]]); // one's own voice, which no panel knows
  function dress() {
    const row = root.dataset.row;
    for (const one of root.querySelectorAll("[data-person]")) {
      const mine = Boolean(row) && one.dataset.person === row;
      one.classList.toggle("is-mine", mine);
      if (mine && one.dataset.mine) one.textContent = one.dataset.mine;
    }
    for (const one of root.querySelectorAll("[data-only-for]")) one.hidden = !one.dataset.onlyFor.split(" ").includes(row);
    for (const one of root.querySelectorAll("button[name=choice]")) one.setAttribute("aria-pressed", String(chosen.get(new URL(one.formAction).pathname) === one.value));
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
      put(one, window.chibo.left(left));
      one.classList.toggle("is-late", left < 0);
    }
    for (const one of root.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor((now() - Number(one.dataset.since)) / 1000));
      put(one, window.chibo.stopwatch(seconds));
      if (one.dataset.limit) one.closest(".wall-speaker")?.classList.toggle("is-over", seconds >= Number(one.dataset.limit)); // a colour and a word
    }
  }
  const put = (one, words) => { if (one.textContent !== words) one.textContent = words; };

  function stale() {
    const line = root.querySelector("[data-live-stale]");
    const old = !isOver() && follower.isOld();
    if (old) put(line, `Chưa cập nhật từ ${time(follower.heard() + offset)}`);
    if (line.hidden === old) line.hidden = !old;
  }

  const isOver = () => root.querySelector("[data-live-over]") !== null;

  const follower = window.chibo.follow({
    address: () => root.dataset.live,
    version: () => version,
    over: isOver,
    show,
    alive(serverTime) { if (serverTime) offset = Number(serverTime) - performance.now(); },
    away(status) { if (status === 401) location.assign(`${SIGN_IN}?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`); else location.reload(); },
  });

  // --- A press on a panel: sent behind the screen, the answer's words on it ---------------------------

  // Pressed again where nobody answered, it has the same key, and is done once.
  let going = false;
  let pressed = performance.now();
  let unanswered = "";
  root.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!submitter?.closest("[data-panel]")) return;
    event.preventDefault();
    if (going) return;
    going = true;
    pressed = performance.now();
    const address = submitter.formAction;
    const press = `${address} ${submitter.value}`;
    if (press !== unanswered) form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    unanswered = press;
    aside(submitter);
    const body = new URLSearchParams(new FormData(form));
    if (submitter.name) body.append(submitter.name, submitter.value);
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { "X-Words": "1" }, signal: AbortSignal.timeout(20000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const words = page.getElementById("messages");
      if (answer.status === 401) { location.assign(SIGN_IN); return; }
      answered.replaceChildren(...(words?.children || []));
      if (!answer.ok) window.chibo.tell("error", page.querySelector(".invalid-feedback, main p")?.textContent || "Chưa làm được việc vừa bấm. Xin tải lại trang.", answered);
      else if (submitter.name === "choice" && !words?.querySelector(".error")) { chosen.set(new URL(address).pathname, submitter.value); dress(); }
      unanswered = "";
    } catch {
      answered.replaceChildren();
      window.chibo.tell("error", "Chưa làm được việc vừa bấm vì mất mạng. Khi có mạng, xin bấm lại.", answered);
    } finally {
      going = false;
    }
    follower.ask().catch(() => {});
  });

  addEventListener("offline", stale);
  setInterval(() => { tick(); stale(); forgetOld(); }, 1000);
  dress();
  say(false);
  follower.begin();
})();
