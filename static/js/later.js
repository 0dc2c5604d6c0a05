// What a first picture does not need waits in templates; scripts hear what was typed then.
(() => {
  const early = new Map();
  const note = (event) => early.set(event.key ? event : event.target, event);
  addEventListener("input", note);
  addEventListener("keydown", (event) => { if (event.key === "Escape") note(event); });
  // In a tab behind nothing is drawn.
  const seen = (done) => {
    new PerformanceObserver(done).observe({ type: "paint", buffered: true });
    setTimeout(done, 3000);
  };
  const whole = () => document.documentElement.classList.add("seen");
  // Whoever comes back, or for a part of a page, finds it as high as it is. Some browsers do not tell.
  if (location.hash || performance.getEntriesByType("navigation")[0]?.type !== "navigate") whole();
  const bring = () => {
    whole();
    for (const one of document.querySelectorAll("main template")) one.replaceWith(one.content);
    for (const one of document.querySelectorAll("head template")) {
      const here = document.importNode(one.content.firstChild);
      here.async = false;
      if (here.href) one.remove();
      else here.onload = here.onerror = () => {
        one.remove();
        if (document.querySelector("head template")) return;
        for (const event of early.values()) (event.key ? document : event.target).dispatchEvent(event);
      };
      document.head.append(here);
    }
  };
  addEventListener("load", () => new Promise(seen).then(bring));
})();
