// The desk follows its meeting: what another desk or a phone has changed comes into the panels at its sides by itself.
// What is being written in the middle is not touched: there it is said that something is new.
(() => {
  "use strict";

  const LATER = 300; // one's own press has brought its own page meanwhile
  const TYPED = 10000; // between two questions whether somebody else has typed: that makes no new version
  const desk = () => document.getElementById("desk");
  const known = () => Number(desk()?.dataset.version ?? 0);
  let timer = 0;
  let newest = 0;

  function refresh(version) {
    newest = Math.max(newest, version);
    clearTimeout(timer);
    timer = setTimeout(bring, LATER);
  }

  async function bring() {
    if (!desk() || known() >= newest) return;
    const here = location.href;
    const answer = await fetch(here, { headers: { "X-Poll": "1" }, signal: AbortSignal.timeout(20000) }).catch(() => null);
    if (!answer?.ok || answer.redirected || location.href !== here) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("desk");
    if (!fresh || fresh.dataset.here !== desk().dataset.here || Number(fresh.dataset.version) <= known()) return;
    const [middle, written] = [desk(), fresh].map(pieces);
    const came = [...desk().querySelectorAll("[data-panel]")].map((panel) => exchange(panel, fresh.querySelector(`[data-panel="${panel.dataset.panel}"]`)));
    for (const change of [enter, leave]) change(fresh);
    if (came.every(Boolean)) desk().dataset.version = fresh.dataset.version; // otherwise it is asked for again
    if (middle !== written) document.dispatchEvent(new Event("chibo:others-wrote"));
    document.dispatchEvent(new CustomEvent("chibo:followed", { detail: page }));
  }

  // A panel that this page had no reason to show comes in where the new one has it; one that has none any more goes.
  const here = (name) => desk().querySelector(`[data-panel="${name}"]`);
  function enter(fresh) {
    let before = null;
    for (const one of fresh.querySelectorAll(".desk-panels > [data-panel]")) {
      const known = here(one.dataset.panel);
      const panel = known || document.adoptNode(one.cloneNode(true));
      if (!known && before) before.after(panel); else if (!known) desk().querySelector(".desk-panels").prepend(panel);
      before = panel;
    }
  }
  function leave(fresh) {
    for (const one of desk().querySelectorAll(".desk-panels > [data-panel]")) {
      if (!fresh.querySelector(`[data-panel="${one.dataset.panel}"]`) && !one.contains(document.activeElement)) one.remove();
    }
  }

  // What lies in the middle, whatever is written in it.
  const pieces = (one) => [...one.querySelectorAll(".desk-main article[id], .desk-main .remark-lines a")].map((piece) => piece.id || piece.getAttribute("href")).join();
  const plain = (panel) => panel.innerHTML.replace(/ value="[^"]*"/g, ""); // keys and tokens are new each time
  const exchange = (panel, fresh) => !fresh || plain(panel) === plain(fresh) || window.chibo.swap(panel, fresh.innerHTML, { patient: true });

  const follower = window.chibo.follow({
    address: () => desk().dataset.now,
    version: known,
    more: () => ({ since: desk().dataset.since }),
    over: () => !desk(),
    show({ v, typed }) {
      if (v > known()) refresh(v);
      if (typed) document.dispatchEvent(new Event("chibo:others-wrote"));
    },
    away() {}, // the next press or the text that is being saved says so; nothing is taken away from whoever types
    unanswered: () => document.dispatchEvent(new Event("chibo:unanswered")),
  });
  setInterval(() => { if (follower.listens() && !document.hidden) follower.ask().catch(() => {}); }, TYPED);
  document.addEventListener("chibo:pressed", () => follower.ask().catch(() => {})); // something was done that brought no page
  follower.begin();
})();
