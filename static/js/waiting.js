// Writing without a network. Everything is kept by the worker (static/js/worker.js), sealed; this asks it and says so.
const nav = navigator.serviceWorker;

export async function ask(question) {
  const worker = nav && (await Promise.race([nav.ready, new Promise((done) => setTimeout(done, 4000))]))?.active;
  if (!worker) return { ready: false, trouble: true };
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data);
    worker.postMessage(question, [port2]);
  });
}

export const keep = (form) => {
  const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  return ask({ ask: "keep", fields, at: new Date().toISOString() });
};

// “Three things wait to be sent.”: one sentence for each number, the last one for more.
export function told(sentences, number) {
  const each = sentences.split("|");
  return number ? (each[number - 1] || each.at(-1)).replace("#", number) : "";
}

// A page that was open when the network went: its notice offers to keep the words here.
export function offer(form, notice) {
  const button = notice.querySelector("[data-wait]");
  if (!button || button.dataset.ready) return;
  button.dataset.ready = "1";
  ask({ ask: "count" }).then(({ ready }) => { button.hidden = !ready; });
  button.addEventListener("click", async () => {
    const { ready } = await keep(form);
    if (!ready) return;
    for (const box of form.querySelectorAll("textarea, input[type=text]")) box.value = "";
    for (const id of form.querySelectorAll("input[name=id]")) id.value = crypto.randomUUID();
    notice.querySelector("[data-said]").textContent = button.dataset.done;
    document.getElementById("say").textContent = button.dataset.done;
    button.hidden = true;
    delete button.dataset.ready;
  });
}

// The page that opens without a network

const page = document.querySelector("[data-offline]");
const one = (name) => page.querySelector(`[data-${name}]`);

function show({ ready, waiting, stays, sent, drafts }) {
  const form = one("capture");
  form.hidden = !ready;
  one("nobody").hidden = ready;
  const waits = one("waiting"), gone = one("sent");
  waits.textContent = told(waits.dataset.waiting, waiting - (stays || 0));
  one("stays").hidden = !stays;
  if (drafts) one("drafts").hidden = false;
  if (sent) gone.textContent = told(gone.dataset.sent, sent);
  one("again").hidden = !(sent || drafts) || waiting > (stays || 0);
}

// A network that is said to be there is not always there yet: after one second it is tried again, after two more, …
function send(tries = 1) {
  ask({ ask: "send" }).then((now) => {
    show(now);
    const due = now.waiting - (now.stays || 0);
    if (due > 0 && tries <= 10 && navigator.onLine) setTimeout(send, 1000 * tries, tries + 1);
  });
}

if (page) {
  const form = one("capture");
  const box = form.querySelector("textarea");
  ask({ ask: "count" }).then(show);
  ask({ ask: "take" }).then(({ words }) => { if (words) { box.value = words; } });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const empty = !box.value.trim();
    one("empty").hidden = !empty;
    if (empty) return box.focus();
    const now = await keep(form);
    one("trouble").hidden = now.ready;
    if (!now.ready) return;
    box.value = "";
    show(now);
    document.getElementById("say").textContent = form.dataset.kept;
    box.focus();
    if (navigator.onLine) send();
  });
  addEventListener("online", () => send());
  nav?.addEventListener("message", (event) => show(event.data));
}

// Closing the book while something waits

const leaving = document.querySelector("[data-leaving]");
if (leaving) {
  ask({ ask: "send", again: true }).then(({ waiting }) => {
    if (!waiting) return;
    leaving.hidden = false;
    leaving.querySelector("[data-waiting]").textContent = told(leaving.dataset.leaving, waiting);
    document.querySelector("[data-usual]").hidden = true;
  });
}
