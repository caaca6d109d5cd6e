// The desk follows its meeting: what another desk or a phone has changed comes into the panels at its sides by itself.
// What is being written in the middle is not touched; a panel in which somebody is about to press waits.
(() => {
  "use strict";

  const PAUSE = 5000;
  const LATER = 300; // one's own press has brought its own page meanwhile
  const desk = () => document.getElementById("desk");
  const known = () => Number(desk()?.dataset.version ?? 0);
  let source = null;
  let timer = 0;
  let newest = 0;

  async function refresh(version) {
    newest = Math.max(newest, version);
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!desk() || known() >= newest) return;
      const here = location.href;
      const answer = await fetch(here, { headers: { "X-Poll": "1" } }).catch(() => null); // nobody is at work
      if (!answer?.ok || answer.redirected || location.href !== here) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("desk");
      if (!fresh || fresh.dataset.here !== desk().dataset.here || Number(fresh.dataset.version) <= known()) return;
      for (const panel of desk().querySelectorAll("[data-panel]")) exchange(panel, fresh.querySelector(`[data-panel="${panel.dataset.panel}"]`));
      desk().dataset.version = fresh.dataset.version;
      document.dispatchEvent(new CustomEvent("chibo:followed", { detail: page }));
    }, LATER);
  }

  const filled = (panel) => [...panel.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value !== field.defaultValue);
  const plain = (panel) => panel.innerHTML.replace(/ value="[^"]*"/g, ""); // keys and tokens are new each time

  function exchange(panel, fresh) {
    if (!fresh || filled(panel) || plain(panel) === plain(fresh)) return;
    const active = panel.contains(document.activeElement) ? document.activeElement : null;
    const same = active && [...fresh.querySelectorAll(active.localName)].find((one) => one.outerHTML.replace(/ value="[^"]*"/, "") === active.outerHTML.replace(/ value="[^"]*"/, "") && one.value === active.value);
    if (active && !same) return; // somebody is about to press what is no longer there
    const opened = [...panel.querySelectorAll("details")].map((one) => one.open);
    const heir = document.adoptNode(fresh);
    [...heir.querySelectorAll("details")].forEach((one, index) => { one.open ||= Boolean(opened[index]); });
    panel.replaceWith(heir);
    same?.focus({ preventScroll: true });
  }

  async function begin() {
    source?.close();
    source = null;
    if (!desk()) return;
    const answer = await fetch(`${desk().dataset.now}?v=${document.hidden ? known() : ""}`, { headers: { "X-Poll": "1" }, redirect: "manual" }).catch(() => null);
    const told = answer?.status === 200 ? await answer.json() : {};
    if (told.v) refresh(told.v);
    if (told.ticket) listen(told); else setTimeout(begin, PAUSE + Math.random() * PAUSE);
  }

  function listen({ ticket, v }) {
    const mine = source = new EventSource(`/live/${ticket}?v=${v}`);
    mine.addEventListener("screen", ({ data }) => refresh(JSON.parse(data).v));
    mine.addEventListener("over", begin); // the rights are asked again
    mine.addEventListener("error", () => {
      if (source !== mine || mine.readyState !== EventSource.CLOSED) return;
      source = null;
      setTimeout(begin, PAUSE);
    });
  }

  window.addEventListener("pagehide", () => source?.close());
  if (desk()) begin();
})();
