// Other people’s eyes: Escape twice, or the menu, covers the page; left alone, a book that is meant to closes itself.
(() => {
  "use strict";
  const cover = document.querySelector("dialog.cover");
  if (!cover) return;
  const show = () => { if (!cover.open) cover.showModal(); };
  // A third Escape does not give it away: `cancel` is refused only once.
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("keydown", (event) => { if (event.key === "Escape") event.preventDefault(); });
  cover.querySelector("button").addEventListener("click", () => cover.close());
  for (const link of document.querySelectorAll("a[data-hide]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const menu = link.closest("details");
      menu.firstElementChild.focus();
      menu.open = false;
      show();
    });
  }
  let last = -Infinity; // a young page had none yet
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || cover.open || !document.querySelector("a[aria-keyshortcuts='Escape Escape']")) return;
    if (event.timeStamp <= last) return;
    if (event.timeStamp - last < 700) show();
    last = event.timeStamp;
  });

  // Minutes without a press, on a device that others use: what was typed is sent, and comes back unseen.
  const lock = document.querySelector("form[data-lock]");
  if (!lock) return;
  const changed = (form) => [...form.elements].some((one) => one.matches("textarea, input:not([type=hidden])") && one.value !== one.defaultValue);
  const close = async () => {
    show();
    const words = [...document.querySelectorAll("main form[method=post]")].find(changed);
    await fetch(lock.action, { method: "POST", body: new FormData(lock), redirect: "manual" }).catch(() => null);
    if (words) words.submit();
    else lock.submit();
  };
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(close, lock.dataset.lock * 60000);
  };
  for (const press of ["keydown", "pointerdown", "scroll"]) document.addEventListener(press, wait, { passive: true });
  wait();
})();
