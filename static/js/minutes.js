// Five minutes that somebody began: how many are left. Without this, the page says until when.
(() => {
  "use strict";
  const left = document.querySelector("[data-until]");
  const tell = () => {
    const minutes = Math.ceil((new Date(left.dataset.until) - Date.now()) / 60000);
    left.textContent = minutes > 0 ? `${left.dataset.left} ${minutes}` : left.dataset.over;
    if (minutes > 0) setTimeout(tell, 1000);
    else document.getElementById("say").textContent = left.dataset.over;
  };
  if (left && Date.now() < new Date(left.dataset.until)) tell();
})();
