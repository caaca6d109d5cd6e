// Forms that are sent by a button and kept nowhere else: what is typed into them stays on this device (drafts.js)
// until the server has taken it. Without script, or where a browser offers no encryption, nothing is kept.
(() => {
  "use strict";

  const KEEP = 400; // after a keystroke
  const DAYS = 60; // what nobody came back to
  const REACH = 10000; // before saying that the server does not answer
  const OURS = document.currentScript.src; // small, and no page has to be made for it
  const { drafts, tell } = window.chibo;
  const NOT_TAKEN = "[data-not-taken], .messages .error, .invalid-feedback, [aria-invalid=true]";
  const KINDS = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";
  const CARRIED = ["key", "made_from", "base"]; // the same press, made from the same page
  const names = new Map(); // form -> name of its draft
  const late = new Map();

  const fields = (form) => [...form.querySelectorAll(KINDS)].filter((field) => field.name);
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";
  const state = (form) => JSON.stringify(fields(form).map((field) => [field.name, ticks(field) ? field.checked : field.value]));
  const words = (form) => [...form.querySelectorAll("textarea")].some((field) => field.value.trim());
  const tab = () => {
    sessionStorage.chiboTab ||= Array.from(crypto.getRandomValues(new Uint8Array(8))).join("");
    return sessionStorage.chiboTab;
  };

  function adopt() {
    for (const form of document.querySelectorAll("form[method=post]")) {
      if (names.has(form) || !form.querySelector("textarea") || form.matches("[data-write]") || form.querySelector("[data-write-to]")) continue;
      names.set(form, `form ${new URL(form.action).pathname}#${fields(form).map((field) => field.name)}`);
      form.dataset.kept = "";
    }
  }

  function keep(form, sent = false) {
    clearTimeout(late.get(form));
    late.delete(form);
    const carried = Object.fromEntries(CARRIED.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));
    return drafts.keep(names.get(form), { form: true, text: state(form), carried, page: location.pathname, at: Date.now(), sent: sent && tab() }).catch(() => {});
  }

  function fill(form, { text, carried }) {
    const now = fields(form);
    JSON.parse(text).forEach(([name, value], index) => {
      const field = now[index];
      if (field?.name !== name) return; // the form has changed since
      if (ticks(field)) field.checked = value; else field.value = value;
    });
    for (const [name, value] of Object.entries(carried)) if (form.elements[name]) form.elements[name].value = value;
  }

  // What this tab has sent was taken, unless the page that came says otherwise or is an old one come back.
  async function settle() {
    const kind = performance.getEntriesByType("navigation")[0]?.type;
    const taken = kind === "navigate" && !document.querySelector(NOT_TAKEN);
    for (const draft of await drafts.all().catch(() => [])) {
      if (!draft.form) continue;
      if ((taken && draft.sent === sessionStorage.chiboTab) || Date.now() - draft.at > DAYS * 86400000) drafts.drop(draft.name).catch(() => {});
      else bring(draft);
    }
  }

  function bring(draft) {
    const form = [...names].find(([one, name]) => name === draft.name && one.isConnected)?.[0];
    if (!form) {
      if (location.pathname === "/") point(draft);
      return;
    }
    if (state(form) === draft.text) return;
    form.closest("details")?.setAttribute("open", "");
    fill(form, draft);
    const line = beside(form, "Chữ đồng chí viết dở lần trước vẫn còn đây, chưa gửi. ");
    const away = document.createElement("button");
    away.type = "button";
    away.className = "btn-link-quiet";
    away.textContent = "Bỏ chữ viết dở";
    away.addEventListener("click", () => drafts.drop(draft.name).then(() => location.reload()));
    line.append(away);
  }

  function point(draft) {
    const line = tell("warning");
    const link = document.createElement("a");
    link.href = draft.page;
    link.textContent = "mở trang đó để viết tiếp";
    const away = document.createElement("button");
    away.type = "button";
    away.className = "btn-link-quiet";
    away.textContent = "Bỏ";
    away.addEventListener("click", () => drafts.drop(draft.name).then(() => line.remove()));
    line.append("Máy này còn giữ một biểu mẫu viết dở, chưa gửi; ", link, ". ", away);
  }

  function beside(form, sentence) {
    form.querySelector("[data-said]")?.remove();
    const line = document.createElement("p");
    line.className = "hint";
    line.dataset.said = "";
    line.setAttribute("role", "status");
    line.textContent = sentence;
    form.prepend(line);
    return line;
  }

  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!names.has(form)) return;
    clearTimeout(late.get(form));
    late.set(form, setTimeout(() => keep(form), KEEP));
  });
  // Somebody is about to leave: what was typed in the last moment is not left waiting.
  const hurry = () => { for (const form of late.keys()) if (form.isConnected) keep(form); };
  for (const leaving of ["pointerdown", "focusout", "visibilitychange"]) document.addEventListener(leaving, hurry);

  // Before words leave the page: is anybody there to take them?
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[data-write]") || !words(form)) return;
    if (form.closest("#desk")) { if (names.has(form)) keep(form, true); return; } // the desk says itself what came of it
    if (form.dataset.reached) { delete form.dataset.reached; return; }
    event.preventDefault();
    const asked = fetch(OURS, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(REACH) });
    const [there] = await Promise.all([asked.then(() => true, () => false), names.has(form) && drafts.able && keep(form, true)]);
    if (!there) {
      beside(form, "Máy chủ chưa trả lời nên chưa gửi. Chữ vẫn còn trên trang này; khi có mạng, xin bấm lại.").className = "invalid-feedback d-block";
      return;
    }
    form.dataset.reached = "1";
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("chibo:exchanged", () => { adopt(); settle(); });

  adopt();
  if (drafts.able) settle();
})();
