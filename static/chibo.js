// Small comforts that every page may use; each page works without them.
(() => {
  "use strict";

  const SIGN_IN = "/sign-in/";
  const GIVE_UP = 20000; // on one request: better to say so than to leave somebody waiting

  const two = (number) => String(number).padStart(2, "0");

  window.chibo = {
    two,

    // Of the planned time, in the words of the server (room/left.html).
    left: (minutes) => minutes < 0 ? "quá giờ" : minutes < 60 ? `còn ${minutes} phút` : `còn ${Math.floor(minutes / 60)} giờ${minutes % 60 ? ` ${two(minutes % 60)} phút` : ""}`,

    stopwatch: (seconds) => `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`,

    // A new line among the page's messages, or in another place, to be filled; kind is success, warning or error.
    tell(kind, words = "", place = document.getElementById("messages")) {
      let list = place.querySelector(".messages");
      if (!list) {
        list = document.createElement("ul");
        list.className = "messages";
        place.append(list);
      }
      const line = document.createElement("li");
      line.className = kind;
      line.textContent = words;
      list.append(line);
      return line;
    },
  };

  // What an address points at is shown, also where it lies folded.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1)), folded = target?.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("load", reveal);

  // A refusal is said at the head of the page, and seen wherever the address points.
  if (document.querySelector("#messages .error")) addEventListener("load", () => scrollTo(0, 0));
  let anew = false; // on its way to the same page again
  addEventListener("pagehide", () => { history.scrollRestoration = anew ? "manual" : "auto"; }); // whoever comes back comes to where they were

  // A form that came back begins at the first field with something wrong, which may lie far below (the desk: desk.js).
  const wrong = document.querySelector("main .is-invalid");
  if (wrong && !wrong.closest("#desk") && document.activeElement === document.body) wrong.focus();

  // "Hiện mật khẩu" shows the passwords of its form, and hides them again before a browser stores them.
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-show-password]");
    if (!box) return;
    for (const field of box.form.querySelectorAll("[data-password]")) field.type = box.checked ? "text" : "password";
  });
  document.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("[data-password]")) field.type = "password";
  });

  // A line that grows with its words is one line all the same: the key that ends it sends its form, as from any field.
  document.addEventListener("keydown", (event) => {
    const { target: line, key, isComposing } = event;
    if (key !== "Enter" || isComposing || !line.matches?.("[data-grows]") || !line.form) return;
    event.preventDefault();
    line.form.requestSubmit(line.form.querySelector("[type=submit]"));
  });

  // A printed slip carries its code behind the #, where no server and no log sees it.
  const field = document.querySelector("[data-from-fragment]");
  if (field && !field.value && location.hash.length > 1) {
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }

  // A button that was pressed rests for a moment: the second click of a double click goes nowhere.
  // On the window, so that whoever holds a form back on the document has done so before.
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 1500);
  });

  // --- A form that holds a button and nothing to write ------------------------------------------------

  // It is sent from here, so that a server that goes away meanwhile is said on this page instead of a page of the
  // browser's. Its key stays: pressed again, what had arrived before is done once. The server says where it leads.
  const only = (form) => form.method === "post" && form.elements.key && !form.target && !form.closest("#desk, [data-whole]") && !form.matches("[data-write], [enctype^=multipart]") && !form.querySelector("textarea, select, input:not([type=hidden], [type=submit])");

  // On the window: whatever saves first has held it back before.
  window.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !only(form)) return;
    event.preventDefault();
    const root = document.documentElement;
    if ("reaching" in root.dataset) return;
    root.dataset.reaching = ""; // until the page that answers comes
    const stays = () => { delete root.dataset.reaching; delete form.dataset.sent; };
    setTimeout(stays, GIVE_UP); // a file has come, and no page
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields(form, event.submitter), headers: { "X-Press": "1" }, redirect: "error", signal: AbortSignal.timeout(GIVE_UP) });
      const to = answer.headers.get("X-Leads-To");
      if (to) leave(new URL(to, answer.url)); else write(form.action, await answer.text());
    } catch {
      stays();
      failed(event.submitter || form, ": máy chủ không trả lời, có thể đã ghi rồi mà chưa kịp báo. Xin bấm lại; bấm lại không ghi hai lần.");
    }
  });

  function leave(to) {
    const same = to.pathname === location.pathname && to.search === location.search;
    if (!same) { location.assign(to); return; }
    history.replaceState(history.state, "", to);
    anew = true; // a page that says at its head what was done begins there, or where the address points
    location.reload();
  }

  // A page that came in answer, a refusal or a slip, is shown as it is; nothing is sent a second time for it.
  function write(address, page) {
    history.pushState(null, "", address);
    document.open();
    document.write(page);
    document.close();
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
    window.addEventListener("popstate", () => location.reload());
  }

  // --- Pages that exchange a part of themselves ----------------------------------------------------

  // At the desk a link or a button exchanges the desk alone, taken out of the page that would have come.
  // Files and pages that are left on purpose are marked data-whole; without script every page comes whole.
  let going = false;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#desk a[href]");
    if (!link || link.target || link.origin !== location.origin || link.closest("[data-whole]") || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    exchange(link, () => [link.href, {}]);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("#desk") || form.matches("[data-write]") || form.closest("[data-whole]")) return;
    event.preventDefault();
    // Read only now: what is saved before may have brought a new token.
    exchange(event.submitter || form, () => [form.action, { method: "POST", body: fields(form, event.submitter), headers: { "X-Press": "1" } }]);
  });
  window.addEventListener("popstate", ({ state }) => { if (state?.desk) location.reload(); });

  function fields(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.append(button.name, button.value);
    return body;
  }

  async function exchange(pressed, asked) {
    if (going) return;
    going = true;
    try {
      if (await window.chibo.save?.() === false) return; // nothing leaves before what was typed has arrived
      const [address, options] = asked();
      let answer = await fetch(address, { ...options, signal: AbortSignal.timeout(GIVE_UP) });
      const to = answer.headers.get("X-Leads-To");
      let place = new URL(to || answer.url, answer.url);
      if (answer.status === 401 || place.pathname === SIGN_IN) { signInAgain(); return; }
      if (to) answer = await fetch(place, { signal: AbortSignal.timeout(GIVE_UP) });
      if (to && answer.redirected) place = new URL(answer.url); // it led further: the page is called by its own name
      if (!to && !options.method) place.hash = new URL(address).hash; // an answer does not know it
      if (!answer.ok && answer.status !== 409 && answer.status !== 422) { failed(pressed, ". Xin tải lại trang rồi thử lại."); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("desk")) { location.assign(place.href); return; } // another page: go there
      if (to || !options.method) history.pushState({ desk: true }, "", place.href);
      show(page);
    } catch (problem) {
      const slow = problem.name === "TimeoutError";
      document.dispatchEvent(new Event("chibo:unanswered"));
      failed(pressed, slow ? " vì mạng quá chậm. Xin bấm lại." : " vì mất mạng. Khi có mạng, xin bấm lại.");
    } finally {
      going = false;
    }
  }

  const signInAgain = () => location.assign(`${SIGN_IN}?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);

  // Said beside what was pressed: whoever is in the middle of a long page stays there.
  function failed(pressed, why) {
    const place = pressed.form || pressed;
    place.parentElement.querySelector(".invalid-feedback[role=alert]")?.remove();
    const line = document.createElement("p");
    line.className = "invalid-feedback";
    line.setAttribute("role", "alert");
    line.textContent = `Chưa làm được việc vừa bấm${why}`;
    place.after(line);
  }

  // The focus stays on what was pressed; on another page, or where that is gone, it goes to the heading.
  function show(page) {
    const desk = document.getElementById("desk");
    const active = document.activeElement;
    const stays = active?.closest("[data-stays]"); // whoever puts a list in order goes on there
    const was = { item: desk.querySelector("[aria-current=page]")?.pathname, href: active?.getAttribute?.("href"), action: active?.form?.getAttribute("action"), name: active?.name, value: active?.value };
    const scrolled = new Map([...desk.querySelectorAll("[data-keeps-scroll]")].map((one) => [one.dataset.keepsScroll, one.scrollTop]));
    const opened = [...desk.querySelectorAll("details[data-keeps-open][open]")].map((one) => one.id);
    const fresh = document.adoptNode(page.getElementById("desk"));
    desk.replaceWith(fresh);
    for (const one of fresh.querySelectorAll("details[data-keeps-open]")) if (opened.includes(one.id)) one.open = true;
    for (const one of fresh.querySelectorAll("[data-keeps-scroll]")) one.scrollTop = scrolled.get(one.dataset.keepsScroll) || 0;
    document.getElementById("messages").replaceWith(document.adoptNode(page.getElementById("messages")));
    document.title = page.title;
    document.dispatchEvent(new CustomEvent("chibo:exchanged", { detail: page })); // the rest of the page that came
    document.querySelector("#messages .error")?.scrollIntoView({ block: "nearest" });
    const start = fresh.querySelector(".is-invalid, [aria-invalid=true]") || (!stays && fresh.querySelector("[autofocus]"));
    if (start) start.focus();
    if (start && document.activeElement === start) return; // on a narrow screen it may be in another tab
    const heading = fresh.querySelector(".desk-work h2") || fresh.querySelector(".desk-work");
    heading.tabIndex = -1;
    if (was.item !== fresh.querySelector("[aria-current=page]")?.pathname) {
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
      return;
    }
    const same = [...fresh.querySelectorAll("a[href], button, input, textarea, select, summary")].find((one) =>
      was.href ? one.getAttribute("href") === was.href : was.action && one.form?.getAttribute("action") === was.action && one.name === was.name && (one.type !== "submit" || one.value === was.value));
    (same || heading).focus({ preventScroll: true }); // a button that is gone, as "Tất cả có mặt", leaves nobody nowhere
  }

  if (document.getElementById("desk")) history.replaceState({ desk: true }, "");

  // Whoever is not signed in finds no page of who was (worker.js).
  if (window.caches && !document.querySelector("meta[name=draft-owner]")) caches.delete("chibo-desk").catch(() => {});
})();
