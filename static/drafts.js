// The drafts of what was typed and not yet saved, kept on this device: encrypted with a key that only a page of
// the same signed-in person has, so that a shared computer tells the next one nothing. A record's name is a hash
// under that key: it does not even say which page was being written.
window.chibo.drafts = (() => {
  "use strict";

  // The key to write with, then those that older words lie under: from before a password was changed or somebody
  // signed out here. What is found under an older one is kept again under the first.
  const owner = (page) => page.querySelector("meta[name=draft-owner]")?.content;
  const secrets = document.querySelector("meta[name=draft-key]")?.content.split(" ") ?? [];
  const able = Boolean(secrets[0] && window.indexedDB && window.crypto?.subtle);
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const dotted = (hash, length) => Array.from(new Uint8Array(hash, 0, length)).join(".");
  const digest = (text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const keyOf = async (secret) => ({
    secret,
    key: await crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]),
    mine: dotted(await crypto.subtle.digest("SHA-256", bytes(secret)), 6),
  });
  const opened = able && Promise.all([
    Promise.all(secrets.map(keyOf)),
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
    const [, db] = await opened;
    return new Promise((done, fail) => {
      // strict: the words are on the disk, not only on their way there, when this resolves
      const change = db.transaction("drafts", mode, { durability: "strict" });
      const request = work(change.objectStore("drafts"));
      change.oncomplete = () => done(request.result);
      change.onerror = change.onabort = () => fail(change.error);
    });
  };
  const place = async ({ mine, secret }, name) => `${mine}|${dotted(await digest(`${secret}|${name}`), 16)}`;
  const put = async (name, draft) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const [[first]] = await opened;
    const text = JSON.stringify({ ...draft, name });
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, first.key, new TextEncoder().encode(text));
    const at = await place(first, name);
    await store("readwrite", (drawer) => drawer.put({ iv, data }, at));
  };
  const read = async ({ key }, { iv, data }) =>
    JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data)));
  // A copy whose turn has not come yet is no copy of its own when a newer one is there.
  const waiting = new Map();
  const keep = (name, draft) => {
    const before = waiting.get(name);
    if (before) { before.draft = draft; return before.done; }
    const one = { draft };
    waiting.set(name, one);
    one.done = inTurn(() => {
      if (waiting.get(name) === one) waiting.delete(name);
      return put(name, one.draft);
    });
    return one.done;
  };
  const forget = (name) => {
    waiting.delete(name);
    return inTurn(async () => {
      for (const one of (await opened)[0]) {
        const at = await place(one, name);
        await store("readwrite", (drawer) => drawer.delete(at));
      }
    });
  };
  return {
    able,
    owner,
    keep,
    drop: forget,
    all: () => inTurn(async () => {
      const [keys] = await opened;
      const names = await store("readonly", (drawer) => drawer.getAllKeys());
      const rows = await store("readonly", (drawer) => drawer.getAll());
      const found = new Map();
      for (let i = 0; i < names.length; i += 1) {
        const one = keys.find(({ mine }) => names[i].startsWith(`${mine}|`));
        if (!one) continue; // somebody else's, on a shared computer: unreadable here
        const draft = { name: names[i].split("|")[1], ...await read(one, rows[i]) };
        if (one === keys[0] || !found.has(draft.name)) found.set(draft.name, draft);
        if (one !== keys[0] && !names.includes(await place(keys[0], draft.name))) {
          await put(draft.name, draft);
          await store("readwrite", (drawer) => drawer.delete(names[i]));
        }
      }
      return [...found.values()];
    }),
  };
})();
