// A passage of the shelf into the box where the cursor stands: the passages open below what is being written. Without
// this script the button saves what is typed and leads to the same passages on a page of their own.
(() => {
  "use strict";

  const A_WHILE = 20000;
  const lastIn = new WeakSet(); // boxes in which somebody has stood: there the cursor says where
  const lastOf = new WeakMap(); // form -> the box that was written in last
  let open = null; // { button, panel }

  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches?.("textarea")) return;
    lastIn.add(target);
    lastOf.set(target.form, target);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-quote]");
    if (button) {
      event.preventDefault();
      if (open?.button === button) close(); else bring(button, button.value);
      return;
    }
    const chosen = event.target.closest?.(".quoting [data-words]");
    if (!chosen || !open) return;
    event.preventDefault();
    put(boxOf(open.button), chosen.dataset.words);
    close();
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.(".quoting form[role=search]")) return;
    event.preventDefault();
    const url = new URL(open.button.value, location.href);
    url.searchParams.set("q", event.target.elements.q.value);
    bring(open.button, url, true);
  });

  async function bring(button, address, again = false) {
    if (!again) close();
    const answer = await fetch(address, { signal: AbortSignal.timeout(A_WHILE) }).catch(() => null);
    const page = answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const passages = page?.querySelector("[data-passages]");
    if (again && open?.button !== button) return; // closed meanwhile
    const panel = open?.panel ?? document.createElement("div");
    panel.className = "quoting";
    panel.dataset.whole = ""; // the desk exchanges nothing for what is pressed in here
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "Đoạn trích trên tủ tài liệu");
    panel.replaceChildren(...(passages ? [...document.importNode(passages, true).childNodes] : [said("Chưa mở được tủ tài liệu: mất mạng, hoặc chỗ này không còn ghi được. Chữ đã viết vẫn còn.")]));
    if (!open) button.closest("form").after(panel); // a form in a form would send the outer one
    open = { button, panel };
    button.setAttribute("aria-expanded", "true");
    (panel.querySelector("input[type=search]") ?? panel.querySelector("button") ?? button).focus();
  }

  function close() {
    if (!open) return;
    open.panel.remove();
    open.button.removeAttribute("aria-expanded");
    open = null;
  }

  function said(sentence) {
    const line = document.createElement("p");
    line.className = "note";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
    return line;
  }

  // The button's own box; where it stands below several, the one that was written in last, or else the first.
  function boxOf(button) {
    const own = document.getElementById(button.dataset.quote);
    return "quoteShared" in button.dataset ? lastOf.get(button.form) ?? button.form.querySelector("textarea") : own;
  }

  // At the cursor; where nobody has stood in the box yet at its end, as a paragraph of its own.
  function put(box, words) {
    if (!box) return;
    const end = box.value.length;
    const stood = lastIn.has(box) || (box.selectionEnd > 0 && box.selectionEnd < end); // one that began with the page
    const at = stood ? box.selectionEnd : end;
    const before = box.value.slice(0, at);
    const space = !stood && before.trim() ? "\n" : /[^\s(“"]$/.test(before) ? " " : "";
    const stop = !stood || !box.value.trim() ? "." : ""; // a paragraph of its own
    box.setRangeText(space + words + stop, at, at, "end");
    lastIn.add(box);
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
})();
