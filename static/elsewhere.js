// Words on this device (drafts.js) whose box is not on this page: folded to a line, on another page, or gone.
(() => {
  "use strict";

  const { drafts, tell } = window.chibo;

  // At the desk a remark, or an opinion, may be folded to a line of the list.
  const lineOf = (name) => {
    const [, kind, pk] = name.match(/^\/write\/(remark|opinion)(?:-\w+)?\/(\d+)\//) || [];
    return pk ? document.querySelector(`.remark-lines a[href^="?${kind}=${pk}&"], .remark-lines a[href^="?${kind}=${pk}#"]`) : null;
  };

  // The address that opens a folded text; "" where it is not folded but gone.
  function folded({ name }) {
    const [, kind, pk] = name.match(/^\/write\/(remark|outcome|opinion)(?:-\w+)?\/(\d+)\//) || [];
    const elsewhere = "#remarks .pages, [data-panel=votes] a[href*='#vote-']"; // on another page of the list, or on a vote
    const maybe = pk && new URLSearchParams(location.search).get(kind) !== pk;
    return maybe && (lineOf(name) || document.querySelector(elsewhere)) ? `?${kind}=${pk}` : "";
  }

  // Words whose place is gone, because somebody removed it: shown, to be copied, until they are put away.
  function orphan(draft) {
    notice(draft, (line) => {
      const text = document.createElement("p");
      text.className = "as-typed";
      text.textContent = Object.values(JSON.parse(draft.text)).filter(Boolean).join("\n");
      const away = document.createElement("button");
      away.type = "button";
      away.className = "btn-quiet";
      away.textContent = "Đã chép lại, cất đi";
      away.addEventListener("click", () => drafts.drop(draft.name).then(() => line.remove()));
      line.append("Đoạn này chưa lưu được vì chỗ ghi đã bị xoá:", text, away);
    });
  }

  function pointTo(draft, where) {
    notice(draft, (line) => {
      const link = document.createElement("a");
      link.href = where;
      link.textContent = "mở chỗ đó để lưu nốt";
      line.append("Máy này còn giữ một đoạn chưa lưu; ", link, ".");
    });
  }

  function notice(draft, fill) {
    if (document.querySelector(`[data-draft="${CSS.escape(draft.name)}"]`)) return;
    const line = tell("warning");
    line.dataset.draft = draft.name;
    fill(line);
  }

  Object.assign(window.chibo, { lineOf, folded, orphan, pointTo });
})();
