// Following a meeting, for every screen that does: it listens, or asks by itself where nothing can be listened to; and
// a part of the page is exchanged under somebody's hands.
(() => {
  "use strict";

  const PATIENCE = 5000; // a hiccup is no news
  const SILENT = 35000; // a stream gives a sign of life every 15 seconds
  const FAILURES = 3; // of the stream, then the screen asks
  const AGAIN = 60000; // and tries the stream again after so long
  const pause = () => 3000 + Math.random() * 2000;

  // `screen`: address() of its door, version() that it shows, more() to be asked beside; show(told) what is new;
  // alive(time of the server, where it said it); over(): there is nothing more to come; away(status): the door is
  // closed, and the screen rests until somebody looks at it again; unanswered(): nobody spoke.
  window.chibo.follow = (screen) => {
    let heard = performance.now(); // when the screen last knew that it is true
    let source = null;
    let failures = 0;
    let timer = 0;
    let tryStream = 0;
    let beginning = 0; // of two at once only the later one goes on
    const over = () => Boolean(screen.over?.());

    function alive(time) {
      heard = performance.now();
      screen.alive?.(time);
    }

    // 204: what stands here is true. Without the version the answer is whole and brings a ticket. Null: the door is closed.
    async function ask(whole = false) {
      const asked = new URLSearchParams({ ...(whole ? {} : { v: screen.version() }), ...screen.more?.() });
      let answer;
      try {
        answer = await fetch(`${screen.address()}?${asked}`, { headers: { "X-Poll": "1" }, redirect: "manual", signal: AbortSignal.timeout(20000) });
      } catch (problem) {
        screen.unanswered?.();
        throw problem;
      }
      const status = answer.type === "opaqueredirect" ? 401 : answer.status;
      if ([401, 403, 404].includes(status)) { stop(); screen.away(status); return null; }
      if (!answer.ok) throw new Error(status);
      if (status === 204) { alive(); return {}; }
      const told = await answer.json();
      alive(told.now);
      screen.show(told);
      return told;
    }

    async function begin() {
      const mine = ++beginning;
      stop();
      if (over()) return;
      try {
        const told = await ask(true);
        if (told === null || mine !== beginning || over()) return;
        if (told.ticket && failures < FAILURES) listen(told.ticket); else poll();
      } catch {
        if (mine === beginning) timer = setTimeout(begin, pause());
      }
    }

    function listen(ticket) {
      const mine = source = new EventSource(`/live/${ticket}?v=${screen.version()}`);
      let spoke = false;
      const fail = () => { if (source !== mine) return; failures += 1; begin(); };
      // A line that lets nothing through is as good as none.
      const deaf = setTimeout(() => { if (!spoke) fail(); }, PATIENCE);
      mine.addEventListener("beat", ({ data }) => { spoke = true; failures = 0; alive(data); });
      mine.addEventListener("screen", ({ data }) => { alive(); screen.show(JSON.parse(data)); if (over()) stop(); });
      mine.addEventListener("over", begin); // the rights are asked again
      mine.addEventListener("error", () => {
        clearTimeout(deaf);
        if (mine.readyState !== EventSource.CLOSED) { if (!spoke) fail(); spoke = false; return; } // it comes back by itself
        if (source === mine) { stop(); failures += 1; timer = setTimeout(begin, Math.random() * 2000); }
      });
    }

    function poll() {
      tryStream = performance.now() + AGAIN;
      const round = async () => {
        if (performance.now() > tryStream) { failures = 0; begin(); return; }
        try { if (!document.hidden && await ask() === null) return; } catch { /* the screen says how old it is */ }
        if (over()) { stop(); return; }
        timer = setTimeout(round, pause());
      };
      timer = setTimeout(round, pause());
    }

    function stop() {
      clearTimeout(timer);
      source?.close();
      source = null;
    }

    addEventListener("online", begin);
    document.addEventListener("visibilitychange", () => { if (!document.hidden && performance.now() - heard > PATIENCE) begin(); });
    addEventListener("pagehide", () => { beginning += 1; stop(); });
    setInterval(() => { if (source && performance.now() - heard > SILENT) { failures += 1; begin(); } }, 1000); // a line that died without a word

    return {
      begin,
      ask,
      listens: () => source !== null,
      heard: () => heard,
      isOld: () => performance.now() - heard > (source?.readyState === EventSource.OPEN && navigator.onLine ? SILENT : PATIENCE + (source ? 0 : 5000)),
    };
  };

  // --- A part of the page, exchanged ----------------------------------------------------------------

  // Focus, what is open, and what was typed or chosen meanwhile stay where they were. A patient place waits where
  // something of it has no heir: false.
  window.chibo.swap = (place, html, { patient = false } = {}) => {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const active = place.contains(document.activeElement) ? mark(document.activeElement) : null;
    const typed = [...place.querySelectorAll("input:not([type=hidden]), textarea, select")].filter(changed).map((one) => [mark(one), one.value, one.checked]);
    if (patient && [active, ...typed.map(([was]) => was)].some((was) => was && !find(fresh.content, was))) return false;
    const opened = [...place.querySelectorAll("details[open]")].map(called);
    place.replaceChildren(fresh.content);
    for (const one of place.querySelectorAll("details")) if (opened.includes(called(one))) one.open = true;
    for (const [was, value, checked] of typed) { const heir = find(place, was); if (heir) Object.assign(heir, { value, checked }); }
    if (active) (find(place, active) || place.querySelector("h1, h2, a[href], button"))?.focus({ preventScroll: true });
    return true;
  };

  const begins = (select) => ([...select.options].find((one) => one.defaultSelected) || select.options[0])?.value;
  const changed = (one) => one.localName === "select" ? one.value !== begins(one) : one.value !== one.defaultValue || one.checked !== one.defaultChecked;
  const words = (one) => one.textContent.replace(/\d+/g, "").trim(); // a place in a list changes
  const called = (one) => one.id || words(one.querySelector("summary"));
  const mark = (one) => ({ id: one.id, tag: one.localName, href: one.getAttribute("href"), name: one.name, action: one.getAttribute("formaction") || one.getAttribute("form") || one.form?.getAttribute("action"), value: ["submit", "radio", "checkbox"].includes(one.type) ? one.value : null, summary: one.localName === "summary" ? words(one) : null });
  const find = (place, was) => [...place.querySelectorAll(was.tag)].find((one) => JSON.stringify(mark(one)) === JSON.stringify(was));
})();
