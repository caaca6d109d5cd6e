// Forms that are sent by a button and kept nowhere else: what is typed into them stays on this device (drafts.js)
// until the server says that it has taken it. Without script, or where a browser offers no encryption, nothing is kept.
(() => {
  "use strict";

  const KEEP = 400; // after a keystroke
  const DAYS = 60; // what nobody came back to
  const REACH = 10000; // before saying that the server does not answer
  const OURS = document.currentScript.src; // small, and no page has to be made for it
  const TAKEN = "chibo_taken"; // the cookie in which the server names the form that it has taken
  const { drafts, tell } = window.chibo;
  const KINDS = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";
  const WRITTEN = "textarea, input:not([type]), input[type=text], input[type=email]";
  const CARRIED = ["made_from", "base"]; // what stood there when this was typed
  const names = new Map(); // form -> name of its draft
  const late = new Map();
  const touched = new WeakSet(); // forms into which somebody has typed, now or before

  const fields = (form) => [...form.querySelectorAll(KINDS)].filter((field) => field.name);
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";
  const state = (form) => JSON.stringify(fields(form).map((field) => [field.name, ticks(field) ? field.checked : field.value]));
  const any = (form) => [...form.querySelectorAll("textarea")].some((field) => field.value.trim());

  function adopt() {
    for (const form of document.querySelectorAll("form[method=post]")) {
      if (names.has(form) || form.matches("[data-write]") || form.querySelector("[data-write-to], [type=password]")) continue;
      if (form.querySelector(WRITTEN)) names.set(form, `form ${new URL(form.action).pathname}#${form.dataset.kept || fields(form).map((field) => field.name)}`);
    }
  }

  function keep(form, sent = "") {
    clearTimeout(late.get(form));
    late.delete(form);
    // Only what may have arrived carries its key: a second arrival of the same is no second one.
    const carry = sent ? [...CARRIED, "key"] : CARRIED;
    const carried = Object.fromEntries(carry.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));
    return drafts.keep(names.get(form), { form: true, text: state(form), carried, page: location.pathname, at: Date.now(), sent }).catch(() => {});
  }

  // Under this name the server says that it has taken the form.
  function named(form) {
    const mark = form.elements.kept || document.createElement("input");
    const name = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    Object.assign(mark, { type: "hidden", name: "kept", value: name });
    form.append(mark);
    return name;
  }

  function takenByServer() {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${TAKEN}=`))?.slice(TAKEN.length + 1);
    if (found) document.cookie = `${TAKEN}=; Max-Age=0; Path=/; SameSite=Lax`;
    return found;
  }

  async function settle() {
    const taken = takenByServer();
    for (const draft of await drafts.all().catch(() => [])) {
      if (!draft.form) continue;
      if ((taken && draft.sent === taken) || Date.now() - draft.at > DAYS * 86400000) drafts.drop(draft.name).catch(() => {});
      else bring(draft);
    }
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

  function bring(draft) {
    const form = [...names].find(([one, name]) => name === draft.name && one.isConnected)?.[0];
    if (!form) {
      if (location.pathname === "/") point(draft);
      else if (draft.page === location.pathname) show(draft);
      return;
    }
    touched.add(form);
    if (form.matches("[data-answered]") || form.querySelector(".invalid-feedback, [aria-invalid=true]")) { keep(form); return; } // came back, as typed
    if (state(form) === draft.text) return;
    form.closest("details")?.setAttribute("open", "");
    fill(form, draft);
    beside(form, "Chữ đồng chí viết dở lần trước vẫn còn đây, chưa gửi. ").append(away(draft, "Bỏ chữ viết dở", () => location.reload()));
  }

  function away(draft, words, then) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-link-quiet";
    button.textContent = words;
    button.addEventListener("click", () => drafts.drop(draft.name).then(then));
    return button;
  }

  const written = (draft) => JSON.parse(draft.text).map(([, value]) => value).filter((value) => typeof value === "string" && /\S\s+\S/.test(value)).join("\n");

  // Its form is folded away on this page, or gone.
  function show(draft) {
    if (!written(draft) || document.querySelector(`[data-draft="${CSS.escape(draft.name)}"]`)) return;
    const line = tell("warning");
    const text = document.createElement("p");
    line.dataset.draft = draft.name;
    text.className = "as-typed";
    text.textContent = written(draft);
    line.append("Chữ viết dở ở trang này, chưa gửi:", text, away(draft, "Đã chép lại, cất đi", () => line.remove()));
  }

  function point(draft) {
    const line = tell("warning");
    const link = document.createElement("a");
    link.href = draft.page;
    link.textContent = "mở trang đó để viết tiếp";
    line.append("Máy này còn giữ một biểu mẫu viết dở, chưa gửi; ", link, ". ", away(draft, "Bỏ", () => line.remove()));
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
    if (!names.has(form) || !drafts.able) return;
    touched.add(form);
    clearTimeout(late.get(form));
    late.set(form, setTimeout(() => keep(form), KEEP));
  });
  // Somebody is about to leave: what was typed in the last moment is not left waiting.
  const hurry = () => { for (const form of late.keys()) if (form.isConnected) keep(form); };
  for (const leaving of ["pointerdown", "focusout", "visibilitychange"]) document.addEventListener(leaving, hurry);

  // The desk sends its forms itself, and says itself what came of it: the name is there before it reads the form.
  const isKept = (form) => names.has(form) && drafts.able && touched.has(form);
  document.addEventListener("submit", ({ target }) => {
    if (target.closest("#desk") && isKept(target)) keep(target, named(target));
  }, true);

  // Before words leave the page: is anybody there to take them?
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.closest("#desk") || (!names.has(form) && !any(form))) return;
    if (form.matches("[data-write]") || form.dataset.reached) { delete form.dataset.reached; return; }
    const keeps = isKept(form);
    if (!keeps && !any(form)) return;
    event.preventDefault();
    const root = document.documentElement;
    root.dataset.reaching = ""; // until the page that answers has come
    const asked = fetch(OURS, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(REACH) });
    const [there] = await Promise.all([asked.then(() => true, () => false), keeps && keep(form, named(form))]);
    if (!there) {
      delete root.dataset.reaching;
      if (keeps) keep(form);
      beside(form, "Máy chủ chưa trả lời nên chưa gửi. Chữ vẫn còn trên trang này; khi có mạng, xin bấm lại.").className = "invalid-feedback d-block";
      return;
    }
    form.dataset.reached = "1";
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("chibo:exchanged", () => { adopt(); if (drafts.able) settle(); });

  adopt();
  if (drafts.able) settle();
})();
