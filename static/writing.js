// Saving what is typed. "Đã lưu" is shown only after the server has answered; until then the words stay on
// this device (drafts.js) and are sent again by themselves.
(() => {
  "use strict";

  const PAUSE = 1000; // after the last keystroke
  const AT_MOST = 5000; // for somebody who never pauses
  const KEEP = 100; // between two copies on this device
  const LOOK = 3000; // at what lies on this device; one whose drawer is stuck saves all the same
  const RETRY = [2000, 4000, 8000, 15000];
  const GIVE_UP = 20000; // on one request, to begin another
  const SIGN_IN = "/sign-in/";
  const { drafts, lineOf, folded, orphan, pointTo } = window.chibo;
  const sheets = new Map(); // form -> Sheet
  let looked = Promise.resolve(); // what lies on this device has been brought to its place

  // --- One form that saves itself ---------------------------------------------------------------

  class Sheet {
    constructor(form) {
      this.form = form;
      // A form that is sent by a button keeps what is typed into its boxes elsewhere until then.
      this.draft = form.querySelector("[data-write-to]");
      this.fields = [...form.querySelectorAll(this.draft ? "textarea" : "textarea, select, input[type=text]")];
      this.line = form.querySelector("[data-save-state]");
      this.base = form.elements.base;
      this.url = this.draft ? this.draft.dataset.writeTo : new URL(form.action).pathname;
      this.name = `${this.url}#${this.fields.map((field) => field.name)}`;
      this.page = location.pathname;
      // The text of revision `base`. What a browser filled in again after a reload differs from it, and is saved.
      this.saved = JSON.stringify(Object.fromEntries(this.fields.map((field) => [field.name, first(field)])));
      this.pending = null; // the text sent and not answered: sent again exactly so until it is
      this.tries = 0;
    }

    snapshot() { return JSON.stringify(Object.fromEntries(this.fields.map((field) => [field.name, field.value]))); }
    get dirty() { return Boolean(this.pending) || this.snapshot() !== this.saved; }
    get open() { return this.dirty || Boolean(this.conflict); }
    say(state, more = "") {
      const words = (this.line.dataset[state] || "") + (more && ` ${more}`);
      this.line.dataset.state = state;
      if (this.line.textContent !== words) this.line.textContent = words;
    }

    typed(field) {
      this.last = field;
      this.keepSoon();
      if (this.conflict) return;
      clearTimeout(this.timer);
      this.since ||= Date.now();
      this.timer = setTimeout(() => this.save(), Date.now() - this.since > AT_MOST ? 0 : PAUSE);
      if (this.dirty && !this.tries) this.say("saving");
    }

    keepSoon() { this.keeping ||= setTimeout(() => this.keep(), KEEP); }
    keep() {
      clearTimeout(this.keeping);
      this.keeping = null;
      if (!this.open) return;
      const { saved, pending, page } = this;
      drafts.keep(this.name, { text: this.snapshot(), base: this.base.value, saved, pending, page }).catch(() => { drafts.able = false; });
    }

    drop() {
      clearTimeout(this.keeping);
      this.keeping = null;
      drafts.drop(this.name).catch(() => {});
    }

    // Saved. Where an older page may come out of the cupboard (worker.js), what was saved after it goes on lying here.
    done() {
      if (this.retired) return;
      if (this.draft || !navigator.serviceWorker?.controller || !document.getElementById("outbox")) { this.drop(); return; }
      const text = this.snapshot();
      drafts.keep(this.name, { text, base: this.base.value, saved: text, page: this.page }).catch(() => {});
    }

    // Somebody was quicker than this script: the words typed meanwhile go behind those that lie here.
    resumeBehind(draft) {
      const [was, kept] = [this.saved, draft.text].map((text) => JSON.parse(text));
      const both = (field) => {
        const [now, before, mine] = [field.value, was[field.name], kept[field.name]];
        if (now === before || mine.startsWith(now)) return mine;
        if (mine === before || now.startsWith(mine) || !field.matches("textarea")) return now;
        return now.startsWith(before) ? mine + now.slice(before.length) : [mine, now].filter(Boolean).join("\n");
      };
      const text = JSON.stringify(Object.fromEntries(this.fields.map((field) => [field.name, both(field)])));
      this.resume({ ...draft, text });
      this.keep();
    }

    // Words that were typed elsewhere: before a reload, or while the desk was being exchanged.
    resume({ text, base, saved, pending }) {
      const texts = JSON.parse(text);
      for (const field of this.fields) field.value = texts[field.name];
      this.base.value = base;
      this.saved = saved;
      this.pending = pending ?? null;
      this.save();
    }
    save() {
      clearTimeout(this.timer);
      this.flight ||= looked.then(() => this.send()).finally(() => { this.flight = null; });
      return this.flight;
    }

    // Resolves to true when the server has everything that is on the page.
    async send() {
      while (this.dirty && !this.conflict && !this.retired) {
        this.pending ||= this.snapshot();
        this.since = null;
        if (!this.tries) this.say("saving"); // once it waits, the line changes only for the better
        let answer, told;
        try {
          answer = await fetch(this.url, { method: "POST", body: this.body(), headers: { Accept: "application/json", "X-Owner": drafts.owner(document) ?? "" }, redirect: "manual", signal: AbortSignal.timeout(GIVE_UP) });
          told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
        } catch {
          return this.later(drafts.able ? "" : "(đừng đóng trang này)");
        }
        if (answer.ok) this.accept(told);
        else if (answer.status === 409) this.disagree(told);
        else if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") { if (!await this.enter()) return false; }
        else if (answer.status >= 500) return this.later("(máy chủ đang bận)");
        else return this.refuse(told.sentence || (answer.status === 404 ? "Đoạn này không còn trong biên bản." : "Máy chủ không nhận đoạn này."));
      }
      if (this.conflict) return false;
      if (this.line.dataset.state === "saving") this.say("saved"); // taken out again before it was sent
      this.done();
      return true;
    }

    body() {
      const body = new FormData(this.form);
      for (const [name, text] of Object.entries(JSON.parse(this.pending))) body.set(name, text);
      return body;
    }

    accept({ rev, at, said }) {
      this.saved = this.pending;
      this.pending = null;
      this.tries = 0;
      this.knocked = false;
      this.base.value = rev;
      if (said) document.dispatchEvent(new CustomEvent("chibo:said", { detail: said })); // desk.js counts with it
      if (this.dirty) return;
      this.say("saved", at);
      this.done();
    }

    later(more) {
      this.say("waiting", more);
      return this.wait();
    }

    wait() {
      this.keep();
      this.timer = setTimeout(() => this.save(), RETRY[Math.min(this.tries, RETRY.length - 1)]);
      this.tries += 1;
      return false;
    }

    refuse(sentence) {
      this.pending = null;
      this.keep();
      this.say("failed", sentence);
      return false;
    }

    // The session has ended, or a new one has another token: ask the page that we are on for a fresh one.
    async enter() {
      let page, text;
      try {
        page = await fetch(location.href);
        text = await page.text();
      } catch {
        return this.later("");
      }
      if (new URL(page.url).pathname === SIGN_IN) return this.askToSignIn();
      const fresh = new DOMParser().parseFromString(text, "text/html");
      const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
      const owner = drafts.owner(fresh);
      if (owner && owner !== drafts.owner(document)) return this.refuse("Máy này đang đăng nhập bằng tài khoản khác; chữ vẫn còn trên trang.");
      if (!token || this.knocked) return this.refuse("Đồng chí không còn quyền ghi ở đây; chữ vẫn còn trên trang.");
      this.knocked = true;
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
      this.form.elements.csrfmiddlewaretoken.value = token;
      return true;
    }

    askToSignIn() {
      if (this.line.querySelector("a")) return this.wait(); // somebody may be about to press it
      const link = document.createElement("a");
      link.href = SIGN_IN;
      link.target = "_blank";
      link.textContent = "đăng nhập lại ở thẻ mới";
      this.line.dataset.state = "waiting";
      this.line.replaceChildren("Phiên làm việc đã hết. Chữ vẫn còn đây; xin ", link, ", rồi trở lại trang này.");
      return this.wait();
    }

    // Somebody else saved this text meanwhile. Where only one of us changed a field there is nothing to choose;
    // otherwise both are shown, the person decides, nothing is overwritten.
    disagree(answer) {
      this.pending = null;
      this.tries = 0;
      const clash = this.fields.filter((field) => this.merge(field, answer.theirs) === null);
      if (!clash.length) { this.settle(answer, () => ""); return; }
      this.conflict = answer;
      this.keep();
      this.say("conflict");
      if (!this.form.isConnected) { sheets.delete(this.form); return; } // the draft will ask for it
      const columns = document.createElement("div");
      columns.className = "conflict";
      columns.append(
        column(answer.other ? `Bản của đồng chí ${answer.other}` : "Bản của người khác", clash.map((field) => answer.theirs[field.name])),
        column("Bản trên máy này", clash.map((field) => field.value)),
      );
      const choices = document.createElement("div");
      choices.className = "row-actions";
      choices.append(
        this.choice("Giữ cả hai", (theirs, mine, field) => field.matches("textarea") ? [theirs, mine].filter(Boolean).join("\n") : mine),
        this.choice("Giữ bản trên máy này", (theirs, mine) => mine),
        this.choice("Lấy bản kia", (theirs) => theirs),
      );
      this.box = document.createElement("div");
      this.box.className = "conflict-box";
      this.box.setAttribute("role", "alert");
      this.box.append(columns, choices);
      this.form.append(this.box);
    }

    // The text of a field when two revisions meet; null when a person must choose.
    merge(field, all) {
      const [theirs, mine, was] = [all[field.name], field.value, JSON.parse(this.saved)[field.name]].map(plain);
      if (theirs === mine || theirs === was) return field.value;
      if (mine === was) return all[field.name];
      return theirs.startsWith(was) && mine.startsWith(theirs) ? field.value : null; // both went on, one further
    }

    settle({ rev, theirs }, pick) {
      for (const field of this.fields) {
        const merged = this.merge(field, theirs);
        const text = merged === null ? pick(theirs[field.name], field.value, field) : merged;
        if (text !== field.value) field.value = text;
      }
      this.base.value = rev;
      this.saved = JSON.stringify({ ...JSON.parse(this.saved), ...theirs });
      if (this.dirty) return;
      this.say("saved");
      this.done();
    }

    choice(words, pick) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn-quiet";
      button.textContent = words;
      button.addEventListener("click", () => {
        const answer = this.conflict;
        this.conflict = null;
        this.settle(answer, pick);
        this.box.remove();
        this.save();
        this.show();
      });
      return button;
    }

    // The desk has folded this text while somebody was typing in it, or shows another page: the form goes along,
    // into its line, or where it cannot be overlooked.
    moveTo(line) {
      if (this.form.isConnected) return;
      const whole = this.form.closest(".remark") || this.form;
      if (line) line.replaceWith(whole);
      else document.querySelector(".desk-main")?.prepend(whole);
    }

    show() {
      this.moveTo(lineOf(this.name));
      const folded = this.form.closest("details:not([open])");
      if (folded) folded.open = true;
      (this.conflict ? this.box.querySelector("button") : this.last || this.fields[0]).focus();
    }
  }

  // What stood in the field when the page came.
  const first = (field) => field.defaultValue ?? ([...field.options].find((one) => one.defaultSelected) || field.options[0]).value;
  const plain = (text = "") => text.replace(/\r\n/g, "\n").normalize("NFC").trim(); // as the server keeps it

  function column(title, texts) {
    const part = document.createElement("div");
    const head = document.createElement("h3");
    head.textContent = title;
    const text = document.createElement("p");
    text.className = "text"; // text nodes only: whatever was typed is never markup
    text.textContent = texts.filter(Boolean).join("\n\n") || "(trống)";
    part.append(head, text);
    return part;
  }

  function othersWrote() {
    const line = document.querySelector("[data-others]");
    if (line) line.hidden = false;
  }

  // --- The page ---------------------------------------------------------------------------------

  function adopt() {
    for (const form of document.querySelectorAll("form[data-write], form:has([data-write-to])")) if (!sheets.has(form)) sheets.set(form, new Sheet(form));
    const here = [...sheets.values()].filter((sheet) => sheet.form.isConnected);
    for (const [form, sheet] of sheets) {
      if (form.isConnected) continue;
      const heir = here.find((other) => other.name === sheet.name);
      if (!sheet.dirty || heir) { sheet.retired = true; sheets.delete(form); }
      // Typed in the moment between the click and the new desk.
      if (heir) heir.looked = true;
      if (sheet.dirty && heir) heir.resume({ text: sheet.snapshot(), base: sheet.base.value, saved: sheet.saved, pending: sheet.pending });
      else if (sheet.dirty) {
        sheet.moveTo(lineOf(sheet.name));
        sheet.save().then((done) => { if (!done) sheet.moveTo(null); });
      }
    }
    looked = Promise.race([restore(), new Promise((done) => { setTimeout(done, LOOK); })]);
    for (const sheet of here) if (sheet.dirty) sheet.save();
  }

  let firstLook = true;
  async function restore() {
    const found = await drafts.all().catch(() => []);
    const [fresh, began] = [firstLook && !document.querySelector("#outbox[data-kept]"), new Set(sheets.values())];
    firstLook = false;
    for (const draft of found) {
      if (draft.form || draft.step) continue; // kept.js and outbox.js look after those
      const sheet = [...began].find((one) => one.name === draft.name);
      const early = sheet?.open && !sheet.looked;
      if (sheet?.open && !early) continue;
      if (draft.saved === draft.text && !(sheet && Number(draft.base) > Number(sheet.base.value))) {
        if (fresh && draft.page === location.pathname) drafts.drop(draft.name).catch(() => {}); // so does the cupboard
      } else if (early) sheet.resumeBehind(draft);
      else if (sheet && sheet.snapshot() === draft.text) drafts.drop(draft.name).catch(() => {});
      else if (sheet) sheet.resume(draft);
      else if (draft.page !== location.pathname) pointTo(draft, draft.page);
      else if (folded(draft)) pointTo(draft, folded(draft));
      else orphan(draft);
    }
    for (const sheet of began) sheet.looked = true;
  }

  const unsaved = () => [...sheets.values()].filter((sheet) => sheet.open);
  const saveAll = async () => {
    const results = await Promise.all(unsaved().map((sheet) => sheet.save()));
    const done = results.every(Boolean) && !unsaved().length;
    if (!done) unsaved()[0]?.show();
    return done;
  };

  document.addEventListener("input", (event) => sheets.get(event.target.form)?.typed(event.target));
  document.addEventListener("focusout", (event) => { const sheet = sheets.get(event.target.form); if (sheet?.dirty) sheet.save(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && sheets.size) { event.preventDefault(); saveAll(); }
  });
  window.addEventListener("online", () => unsaved().forEach((sheet) => sheet.save()));
  window.addEventListener("focus", () => unsaved().forEach((sheet) => sheet.save()));
  window.addEventListener("beforeunload", (event) => { if (unsaved().length) event.preventDefault(); });
  // A phone that is put away may never come back to this page.
  document.addEventListener("visibilitychange", () => unsaved().forEach((sheet) => { sheet.keep(); sheet.save(); }));

  // Nothing leaves the desk before what was typed has reached the server.
  window.chibo.save = () => !unsaved().length || saveAll();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const sheet = sheets.get(form);
    if (sheet && !sheet.draft) { event.preventDefault(); sheet.save(); return; }
    if (!sheet && !form.matches("[data-after-saving]")) return;
    if (!unsaved().length) { if (sheet) sheet.retired = true; return; } // nothing of it is kept after it was sent
    event.preventDefault();
    saveAll().then((done) => { if (done) form.requestSubmit(event.submitter); });
  });
  document.addEventListener("chibo:exchanged", adopt);

  document.addEventListener("chibo:others-wrote", () => { if (!unsaved().length) othersWrote(); });

  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
  adopt();
})();
