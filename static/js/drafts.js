// Only on pages with a form in which somebody writes: two seconds after the last key it is kept as a draft, sealed, on
// the server; nothing is kept in this browser. The page works without this file.
(() => {
  "use strict";
  const DRAFTS = "/drafts/";
  const PAUSE = 2000;
  const timers = new Map(); // form → the timer that will send it
  const flying = new Map(); // form → the draft that is on its way
  const markOf = (form) => form && form.querySelector("input[data-draft]");

  const say = (form, words, aloud) => {
    let line = form.querySelector(".as-draft");
    if (!line) {
      line = document.createElement("p");
      line.className = "as-draft small soft";
      (form.querySelector(".actions") || form.lastElementChild).after(line);
    }
    line.textContent = words;
    if (aloud) document.getElementById("say").textContent = words;
  };

  // true: it is kept; false: it was not taken; throws where nobody answers.
  const send = (form, options) => {
    clearTimeout(timers.get(form));
    timers.delete(form);
    const mark = markOf(form);
    const sent = fetch(DRAFTS, { method: "POST", body: new FormData(form), ...options }).then(async (answer) => {
      if (answer.status !== 200 || answer.redirected) return answer.ok;
      mark.value = await answer.text();
      return true;
    });
    const flown = sent.catch(() => {}).then(() => { if (flying.get(form) === flown) flying.delete(form); });
    flying.set(form, flown);
    return sent;
  };

  const later = (form) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(async () => {
      try {
        if (await send(form)) say(form, markOf(form).dataset.draft);
      } catch { /* the words are in the form; the next key tries again */ }
    }, PAUSE));
  };

  const changed = (event) => {
    const form = event.target.form;
    if (!markOf(form)) return;
    const line = form.querySelector(".as-draft");
    if (line) line.textContent = "";
    later(form);
  };
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);

  // What was typed beside the form that is sent now, or on a page that is left, goes along.
  const flush = (but) => {
    for (const form of [...timers.keys()]) if (form !== but) send(form, { keepalive: true }).catch(() => {});
  };
  addEventListener("pagehide", () => flush());
  // A form that htmx sends waits for its draft that is on its way: else that would come after it, and stay.
  document.addEventListener("htmx:confirm", (event) => {
    const form = event.detail.elt;
    if (!form.matches("form")) return;
    flush(form);
    clearTimeout(timers.get(form));
    timers.delete(form);
    if (!flying.has(form)) return;
    event.preventDefault();
    flying.get(form).then(() => event.detail.issueRequest(true));
  });
  document.addEventListener("htmx:sendError", (event) => { if (markOf(event.detail.elt)) later(event.detail.elt); });

  // A form that leaves the page leaves its draft behind first, so that no answer that never comes costs a word.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("[hx-post]")) return;
    flush(form);
    if (!timers.has(form) && !flying.has(form)) return;
    event.preventDefault();
    event.stopPropagation();
    form.setAttribute("aria-busy", "true"); // until the page that comes after it is there
    try {
      await flying.get(form);
      if (timers.has(form)) await send(form, { signal: AbortSignal.timeout(8000) });
    } catch {
      form.removeAttribute("aria-busy");
      say(form, markOf(form).dataset.still, true);
      later(form);
      return;
    }
    form.requestSubmit(event.submitter);
  }, true);
})();
