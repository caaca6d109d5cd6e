// Keeps the desk and the pocket at hand without network: the page as it was last seen, and the files that it needs.
// Everything else goes to the server as if this were not here. A page out of this cupboard says so itself (outbox.js).
"use strict";

const DESK = "chibo-desk"; // pages: emptied when nobody is signed in any more (chibo.js)
const FILE = "chibo-files";
const PAGES = /^\/(items\/\d+\/desk|meetings\/\d+\/(room|room\/promises|pocket))\/$/;
const FILES = /^\/static\/.*\.(css|js|svg|woff2)$/;
const MOST = 40; // of each; the oldest go first

const NOTHING_KEPT = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Đang mất mạng – Chibo</title><h1>Máy này đang mất mạng</h1>
<p>Trang này không giữ được trên máy. Những gì đồng chí đã ghi vẫn còn; khi có mạng, xin tải lại trang.</p>
<p><a href="">Tải lại trang</a></p></html>`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const has = (answer) => answer.ok && !answer.redirected && answer.type === "basic"; // it came as it was asked for
const place = (url) => new URL(url).origin + new URL(url).pathname; // a page lies there once, whatever was asked of it

async function put(name, url, answer) {
  const cupboard = await caches.open(name);
  await cupboard.delete(place(url));
  await cupboard.put(place(url), answer);
  const keys = await cupboard.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((old) => cupboard.delete(old)));
}

// Of the keys to what is held on this device only the one that is written with; and nobody's voice in a vote.
async function putPage(url, answer) {
  const text = (await answer.text()).replace(/(<meta name="draft-key" content="[^" ]*)[^"]*"/, '$1"').replace(/ data-chosen="[^"]*"/g, "");
  await put(DESK, url, new Response(text, { headers: answer.headers }));
}

async function look(name, url) {
  const cupboard = await caches.open(name);
  return cupboard.match(place(url));
}

async function seen(url) {
  const { pathname } = new URL(url);
  const answer = await fetch(url);
  if (has(answer) && PAGES.test(pathname)) await putPage(url, answer.clone()).catch(() => {});
  else if (has(answer) && FILES.test(pathname)) await put(FILE, url, answer.clone()).catch(() => {});
  return answer;
}

async function page({ request }) {
  try {
    const answer = await fetch(request);
    if (has(answer)) await putPage(request.url, answer.clone()).catch(() => {});
    return answer;
  } catch (problem) {
    if (request.mode !== "navigate") throw problem;
    return outOfTheCupboard(request);
  }
}

async function outOfTheCupboard({ url }) {
  const kept = PAGES.test(new URL(url).pathname) && await look(DESK, url);
  if (!kept) return new Response(NOTHING_KEPT, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  const text = (await kept.text()).replace('id="outbox"', 'id="outbox" data-kept'); // it says itself that it is old
  return new Response(text, { headers: kept.headers });
}

// The names of files change with what is in them, but a server that is being tried out may have no such names.
async function file({ request }) {
  try {
    return await seen(request.url);
  } catch (problem) {
    const kept = await look(FILE, request.url);
    if (!kept) throw problem;
    return kept;
  }
}

// The first page of all came before this was here; and what a press has brought into a page is no page that was asked for.
self.addEventListener("message", (event) => {
  const urls = event.data.filter((url) => new URL(url).origin === self.location.origin && (PAGES.test(new URL(url).pathname) || FILES.test(new URL(url).pathname)));
  event.waitUntil(Promise.all(urls.map((url) => seen(url).catch(() => {}))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || request.cache === "no-store") return;
  if (PAGES.test(pathname)) event.respondWith(page(event));
  else if (FILES.test(pathname)) event.respondWith(file(event));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => outOfTheCupboard(request)));
});
