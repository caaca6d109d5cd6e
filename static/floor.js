// The clock of the turn that is on. It counts from the server's seconds by the device's stopwatch, never by its time
// of day, so a device that is wrong by a day shows the same.
(() => {
  "use strict";

  const OVER = "Đã hết thời gian dự kiến của lượt này.";
  const began = new WeakMap(); // clock -> when it came

  function tick() {
    for (const clock of document.querySelectorAll("[data-turn-clock]:not([data-still])")) {
      if (!began.has(clock)) began.set(clock, performance.now());
      const seconds = Number(clock.dataset.turnClock) + Math.floor((performance.now() - began.get(clock)) / 1000);
      clock.textContent = window.chibo.stopwatch(seconds);
      const limit = Number(clock.dataset.limit || 0);
      const turn = clock.closest("[data-turn]");
      if (!limit || seconds < limit || !turn || turn.classList.contains("is-over")) continue;
      turn.classList.add("is-over"); // a colour and a sentence; nobody is cut off
      const signal = turn.querySelector("[data-signal]");
      if (signal) signal.textContent = OVER;
    }
  }

  for (const came of ["chibo:exchanged", "chibo:followed"]) document.addEventListener(came, tick);
  setInterval(tick, 500);
  tick();
})();
