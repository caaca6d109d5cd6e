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

async function put(url, answer) {
  const cupboard = await caches.open(PAGES.test(new URL(url).pathname) ? DESK : FILE);
  await cupboard.delete(url);
  await cupboard.put(url, answer);
  const keys = await cupboard.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((old) => cupboard.delete(old)));
}

// Only what came as it was asked for: an answer that led elsewhere, or was an error, is nothing to keep.
async function seen(url) {
  const answer = await fetch(url);
  if (answer.ok && !answer.redirected && answer.type === "basic") await put(url, answer.clone()).catch(() => {});
  return answer;
}

async function page({ request }) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && PAGES.test(new URL(request.url).pathname)) await put(request.url, answer.clone()).catch(() => {});
    return answer;
  } catch (problem) {
    if (request.mode !== "navigate") throw problem;
    const kept = await caches.match(request.url, { ignoreSearch: true });
    if (!kept) return new Response(NOTHING_KEPT, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
    const text = (await kept.text()).replace('id="outbox"', 'id="outbox" data-kept'); // it says itself that it is old
    return new Response(text, { headers: kept.headers });
  }
}

// The names of files change with what is in them, but a server that is being tried out may have no such names.
async function file({ request }) {
  try {
    return await seen(request.url);
  } catch (problem) {
    const kept = await caches.match(request.url);
    if (!kept) throw problem;
    return kept;
  }
}

// The first page of all came before this was here.
self.addEventListener("message", (event) => {
  const urls = event.data.filter((url) => new URL(url).origin === self.location.origin);
  event.waitUntil(Promise.all(urls.map((url) => seen(url).catch(() => {}))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || request.cache === "no-store") return;
  if (PAGES.test(pathname)) event.respondWith(page(event));
  else if (FILES.test(pathname)) event.respondWith(file(event));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => page(event)));
});
