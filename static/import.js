// A long list comes in: how many rows are written, while the page waits for its answer. Said only where it is known.
(() => {
  "use strict";
  const form = document.querySelector("form.import"), shown = document.getElementById("far");
  if (!form || !shown) return;

  const EVERY = 500;
  const bar = shown.querySelector("progress"), words = shown.querySelector("span");
  let asking;

  async function ask() {
    const answer = await fetch(`${shown.dataset.far}?key=${encodeURIComponent(form.elements.key.value)}`).catch(() => null);
    if (answer?.status !== 200) return;
    const { done, total } = await answer.json();
    Object.assign(bar, { max: total, value: done });
    words.textContent = done < total ? `Đã ghi ${done}/${total}` : "Đang sắp xếp danh sách";
    shown.hidden = false;
  }

  const goOn = () => { asking = setTimeout(() => ask().finally(() => asking && goOn()), EVERY); };

  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "apply" && !asking) goOn();
  });
  addEventListener("pageshow", () => {
    clearTimeout(asking);
    asking = undefined;
    shown.hidden = true;
  });
})();
