// At the door: numbers of the roll are typed or scanned one after another, faster than pages come. Each is sent in its
// turn with a key of its own, and waits where nobody answers; what came of it is a line below.
(() => {
  "use strict";

  const LINES = 4;
  const AGAIN = 3000;
  const GIVE_UP = 20000;
  const SIGN_IN = "/sign-in/";
  const form = () => document.querySelector("#desk [data-roll-number]");
  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const queue = [];
  let sending = false;

  // In the capture phase: before the desk would be exchanged for it.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-roll-number]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { number, csrfmiddlewaretoken } = event.target.elements;
    const typed = number.value.trim();
    number.value = "";
    number.focus();
    if (!typed) return;
    queue.push({ typed, address: event.target.action, body: new URLSearchParams({ number: typed, key: key(), csrfmiddlewaretoken: csrfmiddlewaretoken.value }) });
    if (!sending) send();
  }, true);

  async function send() {
    sending = true;
    while (queue.length) {
      const [{ address, body }] = queue;
      const answer = await fetch(address, { method: "POST", body, headers: { "X-One-Line": "1" }, redirect: "manual", signal: AbortSignal.timeout(GIVE_UP) }).catch(() => null);
      if (answer && (answer.type === "opaqueredirect" || answer.status === 401)) { location.assign(`${SIGN_IN}?ended=1&next=${encodeURIComponent(location.pathname)}`); return; }
      if (answer && (answer.ok || answer.status < 500)) {
        queue.shift();
        show(answer.ok || answer.status === 422 ? await answer.text().catch(() => "") : "");
        document.dispatchEvent(new Event("chibo:pressed"));
      } else {
        document.dispatchEvent(new Event("chibo:unanswered"));
        waits();
        await new Promise((done) => { setTimeout(done, AGAIN); });
      }
    }
    sending = false;
  }

  function show(html) {
    const list = form()?.querySelector("[data-said]");
    const line = new DOMParser().parseFromString(html, "text/html").querySelector("p");
    if (!line) { window.chibo.tell("error", "Chưa ghi được số vừa gõ. Xin tải lại trang rồi gõ lại."); return; }
    if (!list) { if (line.matches(".is-care")) window.chibo.tell("error", line.textContent.trim()); return; }
    list.querySelector("[data-waits]")?.remove();
    list.prepend(document.adoptNode(line));
    while (list.children.length > LINES) list.lastElementChild.remove();
  }

  function waits() {
    const list = form()?.querySelector("[data-said]");
    if (!list) return;
    const line = list.querySelector("[data-waits]") || document.createElement("p");
    line.dataset.waits = "";
    line.className = "is-care";
    line.textContent = `Chưa ghi, đang đợi máy chủ trả lời: ${queue.map(({ typed }) => typed).join(", ")}`;
    list.prepend(line);
  }

  addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
})();
