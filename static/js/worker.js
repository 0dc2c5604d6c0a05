// Served as /sw.js beneath a line that says VERSION, FILES and AT (journal/views/offline.py). It keeps the page that opens
// without a network, and what is written there until it can be sent: sealed with the public half of a key whose other
// half is on the server, so that nothing here opens it. It says nothing to the console and keeps no page of anybody.
"use strict";
const CACHE = `onward-${VERSION}`;
const INFO = new TextEncoder().encode("onward-carried1");

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
// What fails is asked for again by the browser.
self.addEventListener("sync", (event) => {
  event.waitUntil(send().then(({ failed }) => failed && Promise.reject()));
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES, AT.page].map((path) => new Request(path, { credentials: "omit" })));
  await self.skipWaiting();
}

async function begin() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// Pages

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "GET") {
    if (request.mode === "navigate") event.respondWith(opened(event));
    else if (FILES.includes(pathname)) event.respondWith(kept(pathname, request));
  } else if (request.method === "POST" && request.mode === "navigate") {
    if (pathname === AT.share) event.respondWith(shared(request));
    else if (AT.leaving.includes(pathname)) event.respondWith(left(request));
  }
});

async function opened(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return kept(AT.page, AT.page);
  }
}

async function kept(path, request) {
  return (await caches.match(path, { cacheName: CACHE, ignoreVary: true })) || fetch(request);
}

// Words from another program: without a network they stand on the page that opens then. Held in memory until it asks.
let brought = "";

async function shared(request) {
  const posted = request.clone();
  try {
    return await fetch(request);
  } catch {
    const words = await posted.formData();
    brought = ["title", "text", "url"].map((name) => words.get(name)).filter(Boolean).join("\n");
    return kept(AT.page, AT.page);
  }
}

// Closing the book wipes this device: what waits is sent first, or the page that asks opens (“let_go” is its answer).
async function left(request) {
  const body = await request.clone().text();
  const { waiting, others } = await send({ again: true });
  if (waiting && !new URLSearchParams(body).has("let_go")) return Response.redirect(AT.leaving[0], 303);
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  if (others) headers["Others-Wait"] = "1";
  const answer = await fetch(request.url, { method: "POST", body, headers, redirect: "manual" });
  if (answer.type === "opaqueredirect") await wiped(others);
  return answer;
}

// The answer asks the browser to wipe all of it (Clear-Site-Data); not every browser does.
async function wiped(others) {
  await stored("key", "readwrite", (keys) => keys.clear());
  if (!others) await stored("waiting", "readwrite", (waiting) => waiting.clear());
}

// What waits. "key": { n: 1, id, public } · "waiting": { n, id, key, sealed, refused, stays }

function stored(name, mode, act) {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("onward", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("key", { keyPath: "n" });
      asked.result.createObjectStore("waiting", { keyPath: "n", autoIncrement: true });
    };
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const base = asked.result;
      const change = base.transaction(name, mode);
      const answer = act(change.objectStore(name));
      change.oncomplete = () => { base.close(); done(answer.result); };
      change.onabort = () => { base.close(); failed(change.error); };
    };
  });
}

const held = () => stored("key", "readonly", (keys) => keys.get(1));
const rows = () => stored("waiting", "readonly", (waiting) => waiting.getAll());

async function count() {
  const [key, all] = await Promise.all([held(), rows()]);
  const others = all.filter((row) => key && row.refused === key.id).length;
  const stays = all.filter((row) => row.stays).length;
  return { ready: Boolean(key), waiting: all.length - others, others, stays };
}

async function keep({ fields, at }) {
  const key = await held();
  if (!key) return { ready: false };
  const id = fields.id || crypto.randomUUID();
  const sealed = await seal(key.public, JSON.stringify({ fields, at }), id);
  await stored("waiting", "readwrite", (waiting) => waiting.add({ id, key: key.id, sealed }));
  await self.registration.sync?.register("send").catch(() => {});
  return count();
}

async function seal(half, words, id) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const other = await crypto.subtle.importKey("raw", half, curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own.privateKey, 256);
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: INFO };
  const key = await crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bound = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
  const text = await crypto.subtle.encrypt(bound, key, new TextEncoder().encode(words));
  return new Blob([await crypto.subtle.exportKey("raw", own.publicKey), iv, text]).arrayBuffer();
}

// Sending, one after the other: a row goes when the server has said that it is kept, in the journal or as a draft (202).
// What it could not take (422) stays here, and is tried again only where somebody closes the book.

let sending = null;
const send = ({ again } = {}) => (sending ??= sendAll(again).finally(() => { sending = null; }));

async function sendAll(again) {
  let sent = 0, drafts = 0, failed = false;
  const key = await held();
  const due = (await rows()).filter((row) => (again || !row.stays) && (!key || row.refused !== key.id));
  const put = (row) => stored("waiting", "readwrite", (waiting) => waiting.put(row));
  if (due.length) {
    try {
      const { token } = await asked(AT.keys);
      for (const row of due) {
        const answer = await post(AT.captures, token, { id: row.id, key: row.key, sealed: text(row.sealed) });
        if (answer.ok) {
          await stored("waiting", "readwrite", (waiting) => waiting.delete(row.n));
          if (answer.status === 202) drafts += 1;
          else sent += 1;
        } else if (answer.status === 404 && key) await put({ ...row, refused: key.id });
        else if (answer.status === 422) await put({ ...row, stays: true });
        else throw new Error();
      }
    } catch { failed = true; /* no network, nobody is signed in, or the server could not: it waits */ }
  }
  const now = { ...(await count()), sent, drafts, failed };
  if (sent || drafts) for (const page of await self.clients.matchAll()) page.postMessage(now);
  return now;
}

// A page that opened says which key its session has ("" for none yet).
async function here({ key }) {
  const own = await held();
  if (!key || !own || own.id !== key) await adopt(own);
  return send();
}

async function adopt(own) {
  const { token } = await asked(AT.keys);
  const answer = await post(AT.keys, token, { id: own ? own.id : "" });
  if (!answer.ok) return;
  const { id, public: half } = await answer.json();
  const raw = Uint8Array.from(atob(half), (sign) => sign.charCodeAt(0));
  await stored("key", "readwrite", (keys) => keys.put({ n: 1, id, public: raw }));
}

async function asked(path) {
  const answer = await fetch(path, { redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error();
  return answer.json();
}

const post = (path, token, fields) =>
  fetch(path, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token }, redirect: "error" });

function text(bytes) {
  let signs = "";
  for (const byte of new Uint8Array(bytes)) signs += String.fromCharCode(byte);
  return btoa(signs);
}

const take = async () => {
  const words = brought;
  brought = "";
  return { words };
};
const ANSWERS = { here, keep, count, send, take };

self.addEventListener("message", (event) => {
  const answer = (said) => event.ports[0]?.postMessage(said);
  event.waitUntil(ANSWERS[event.data.ask](event.data).then(answer, () => answer({ ready: false, trouble: true })));
});
