// The drafts of what was typed and not yet saved, kept on this device: encrypted with a key that only a page of
// the same signed-in person has, so that a shared computer tells the next one nothing.
window.chibo.drafts = (() => {
  "use strict";

  const owner = (page) => page.querySelector("meta[name=draft-key]")?.content;
  const secret = owner(document);
  const able = Boolean(secret && window.indexedDB && window.crypto?.subtle);
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const opened = able && Promise.all([
    crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]),
    crypto.subtle.digest("SHA-256", bytes(secret)).then((hash) => Array.from(new Uint8Array(hash, 0, 6)).join(".")),
    new Promise((done, fail) => {
      const request = indexedDB.open("chibo", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("drafts");
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    }),
  ]);
  if (able) opened.catch(() => {}); // each use below meets the failure itself
  // One thing after another: a copy still being made must not outlive its removal.
  let line = Promise.resolve();
  const inTurn = (work) => {
    const done = able ? line.then(work) : Promise.reject(new Error("nowhere to keep drafts"));
    line = done.catch(() => {});
    return done;
  };
  const store = async (mode, work) => {
    const [, , db] = await opened;
    return new Promise((done, fail) => {
      // strict: the words are on the disk, not only on their way there, when this resolves
      const change = db.transaction("drafts", mode, { durability: "strict" });
      const request = work(change.objectStore("drafts"));
      change.oncomplete = () => done(request.result);
      change.onerror = change.onabort = () => fail(change.error);
    });
  };
  const place = async (name) => `${(await opened)[1]}|${name}`;
  return {
    able,
    owner,
    keep: (name, draft) => inTurn(async () => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const [key] = await opened;
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(draft)));
      const at = await place(name);
      await store("readwrite", (drawer) => drawer.put({ iv, data }, at));
    }),
    drop: (name) => inTurn(async () => {
      const at = await place(name);
      await store("readwrite", (drawer) => drawer.delete(at));
    }),
    all: () => inTurn(async () => {
      const [key, mine] = await opened;
      const names = await store("readonly", (drawer) => drawer.getAllKeys());
      const rows = await store("readonly", (drawer) => drawer.getAll());
      const found = [];
      for (let i = 0; i < names.length; i += 1) {
        const [whose, name] = names[i].split("|");
        if (whose !== mine) continue; // somebody else's, on a shared computer: unreadable here
        const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: rows[i].iv }, key, rows[i].data);
        found.push({ name, ...JSON.parse(new TextDecoder().decode(text)) });
      }
      return found;
    }),
  };
})();
