// Small comforts that every page may use; each page works without them.
(() => {
  "use strict";

  const SIGN_IN = "/sign-in/";
  const GIVE_UP = 20000; // on one request: better to say so than to leave somebody waiting

  // A new line among the page's messages, to be filled; kind is success, warning or error.
  window.chibo = {
    tell(kind, words = "") {
      const place = document.getElementById("messages");
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

  // "Hiện mật khẩu" shows the passwords of its form, and hides them again before a browser stores them.
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-show-password]");
    if (!box) return;
    for (const field of box.form.querySelectorAll("[data-password]")) field.type = box.checked ? "text" : "password";
  });
  document.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("[data-password]")) field.type = "password";
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

  // --- Pages that exchange a part of themselves ----------------------------------------------------

  // An answer without the part that was asked for is another page: go there. Signing in leads back here.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (!event.detail.shouldSwap || !xhr.responseURL) return;
    const place = new URL(xhr.responseURL);
    const out = place.pathname === SIGN_IN;
    if (!out && !(target.id === "desk" && !xhr.responseText.includes('id="desk"'))) return;
    event.detail.shouldSwap = false;
    location.assign(out ? `${SIGN_IN}?next=${encodeURIComponent(location.pathname)}` : place.href);
  });

  window.htmx.config.timeout = GIVE_UP;

  // Said beside what was pressed: whoever is in the middle of a long page stays there.
  const failed = (words) => ({ detail }) => {
    if (!detail.boosted) return;
    detail.elt.parentElement.querySelector(".invalid-feedback[role=alert]")?.remove();
    const line = document.createElement("p");
    line.className = "invalid-feedback";
    line.setAttribute("role", "alert");
    line.textContent = words;
    detail.elt.after(line);
  };
  document.addEventListener("htmx:sendError", failed("Chưa làm được việc vừa bấm vì mất mạng. Khi có mạng, xin bấm lại."));
  document.addEventListener("htmx:timeout", failed("Chưa làm được việc vừa bấm vì mạng quá chậm. Xin bấm lại."));
  document.addEventListener("htmx:responseError", failed("Chưa làm được việc vừa bấm. Xin tải lại trang rồi thử lại."));

  // The focus stays on the button that was pressed; on another page it goes to its heading, as after a new page.
  let before = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "desk") return;
    const active = document.activeElement;
    const form = active?.form;
    before = { path: location.pathname, action: form?.getAttribute("action"), name: active?.name, value: active?.value, href: active?.getAttribute?.("href") };
  });
  document.addEventListener("htmx:afterSettle", () => {
    const desk = document.getElementById("desk");
    if (!before || !desk) return;
    const { path, action, name, value, href } = before;
    before = null;
    document.querySelector("#messages .error")?.scrollIntoView({ block: "nearest" });
    if (desk.querySelector("[autofocus]") === document.activeElement && document.activeElement) return;
    if (path !== location.pathname) {
      const heading = desk.querySelector(".desk-work h2");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
      return;
    }
    const same = [...desk.querySelectorAll("a[href], button, input, textarea, select")].find((one) =>
      href ? one.getAttribute("href") === href : action && one.form?.getAttribute("action") === action && one.name === name && (one.type !== "submit" || one.value === value));
    same?.focus({ preventScroll: true });
  });
})();
