// Polish only: all of it works without this file.
(() => {
  "use strict";
  // The clock on this device: slow to tell, so not at once.
  let told;
  const zone = () => told ??= (window.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone) || "";
  const fillZones = (root) => {
    for (const input of root.querySelectorAll("input[data-zone]")) if (!input.value) input.value = zone();
    for (const select of root.querySelectorAll("select[data-zone]")) {
      if (!select.value && [...select.options].some((option) => option.value === zone())) select.value = zone();
    }
  };
  document.addEventListener("htmx:load", (event) => fillZones(event.detail.elt));
  document.addEventListener("submit", (event) => fillZones(event.target), true);

  // Elsewhere: the server knows whether to ask.
  (window.requestIdleCallback || setTimeout)(() => {
    fillZones(document);
    const home = document.querySelector("[data-home-zone]");
    if (!home || !zone() || zone() === home.dataset.homeZone) return;
    htmx.ajax("GET", home.dataset.ask, { target: home, swap: "outerHTML", values: { time_zone: zone() } });
  });

  // A form that could not be sent says so above itself.
  const noticeOf = (event) => event.detail.elt.closest("form")?.querySelector(".notice[data-unkept]");
  const unkept = (event) => {
    const notice = noticeOf(event);
    if (!notice) return;
    notice.hidden = false;
    document.getElementById("say").textContent = notice.dataset.unkept;
    const wait = notice.querySelector("[data-wait]");
    if (wait) import(wait.dataset.wait).then(({ offer }) => offer(notice.closest("form"), notice), () => {});
  };
  document.addEventListener("htmx:sendError", unkept);
  document.addEventListener("htmx:responseError", unkept);
  // A session or a token ran out: the form goes as a page, which shows the words and the way on.
  document.addEventListener("htmx:responseError", (event) => {
    const { elt, xhr, pathInfo } = event.detail;
    const form = elt.closest("form");
    if (xhr.status !== 403 || !form || new URL(form.action).pathname !== pathInfo.requestPath) return;
    setTimeout(() => form.submit()); // htmx has enabled its fields by then
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const notice = noticeOf(event);
    if (notice) notice.hidden = true;
  });

  // For when the network goes: told which key this session has.
  const own = document.querySelector("[data-worker]");
  const nav = navigator.serviceWorker;
  if (own && nav) {
    nav.register(own.dataset.worker).catch(() => {});
    nav.ready.then(({ active }) => active.postMessage({ ask: "here", key: own.dataset.key }));
    nav.addEventListener("message", ({ data }) => {
      for (const line of document.querySelectorAll("[data-arrived]")) line.hidden = !data.sent;
      for (const line of document.querySelectorAll("[data-set-down]")) line.hidden = !data.drafts;
    });
  }

  // The menu closes with Escape, and when one is elsewhere.
  const menu = document.querySelector("details.menu");
  if (menu) {
    for (const press of ["click", "focusin"]) document.addEventListener(press, (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  // “/” leads to words to look for, never away from unkept ones. It may be typed with Shift.
  const typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  const unsent = () => [...document.querySelectorAll("main textarea, main input")].some((one) => one.value !== one.defaultValue);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
    const here = document.querySelector("[role=search] [name=q]");
    const there = document.querySelector("a[aria-keyshortcuts='/']");
    if (!there || (!here && unsent())) return;
    event.preventDefault();
    if (!here) location.assign(there.href);
    else { here.focus(); here.select(); }
  });
})();
