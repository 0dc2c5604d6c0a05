/* The copy that opens from a disk: it looks for words and checks itself. It asks nobody, and keeps nothing. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const say = document.getElementById("state");
  const book = document.getElementById("book");
  const result = (name, wrong = []) => {
    say.textContent = say.dataset[name];
    say.dataset.is = name;
    for (const page of wrong) {
      page.classList.add("changed");
      say.append(" ", Object.assign(document.createElement("a"), { href: `#${page.id}`, textContent: page.firstElementChild.textContent }));
    }
  };
  const ends = !!document.getElementById("end");
  if (!ends) result("short");
  if (!book) return;
  const pages = [...book.querySelectorAll("article")];

  /* Finding: letters are compared as Onward compares them (journal/folding.py) */
  const ALIKE = { "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ς": "σ", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "" };
  /* A mark that moves past another when a text is put in order is one that combines */
  const combines = (mark) => (mark + "\u0334").normalize("NFD")[0] === "\u0334" || ("\u0345" + mark).normalize("NFD")[0] !== "\u0345";
  const folded = new Map();
  const one = (char) => {
    if (!folded.has(char)) {
      const parts = [...char.normalize("NFKD")].filter((part) => !/\p{Cf}/u.test(part) && !(/\p{M}/u.test(part) && combines(part)));
      folded.set(char, [...parts.join("").toLowerCase()].map((part) => ALIKE[part] ?? part).join(""));
    }
    return folded.get(char);
  };
  const fold = (text) => [...text].map(one).join("");
  const texts = [];
  /* What somebody wrote, and not what we call it */
  const SAID = "p:not(.said), .own, th, td";
  const field = document.getElementById("find");
  const found = document.getElementById("found");

  const look = () => {
    const terms = fold(field.value).split(/\s+/).filter(Boolean);
    let any = false;
    pages.forEach((page, at) => {
      texts[at] ??= fold([...page.querySelectorAll(SAID)].map((part) => part.textContent).join("\n"));
      page.hidden = !terms.every((term) => texts[at].includes(term));
      any ||= !page.hidden;
    });
    const shown = { H2: false, H3: false };
    for (const line of [...book.children].reverse()) {
      if (line.tagName === "ARTICLE") { shown.H3 ||= !line.hidden; shown.H2 ||= shown.H3; }
      else if (line.tagName === "H3") { line.hidden = !shown.H3; shown.H2 ||= shown.H3; shown.H3 = false; }
      else if (line.tagName === "H2") { line.hidden = !shown.H2; shown.H2 = shown.H3 = false; }
    }
    found.textContent = terms.length ? (any ? found.dataset.some : found.dataset.none) : "";
    mark(terms);
  };

  const mark = (terms) => {
    if (!CSS.highlights) return;
    CSS.highlights.delete("found");
    const ranges = [];
    for (const page of terms.length ? pages.filter((one) => !one.hidden).slice(0, 200) : []) {
      for (const part of page.querySelectorAll(SAID)) if (part.firstChild) ranges.push(...places(part.firstChild, terms));
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };
  const places = (node, terms) => {
    const from = [];
    let whole = "", place = 0;
    for (const char of node.data) {
      for (const part of one(char)) { whole += part; for (let unit = 0; unit < part.length; unit++) from.push([place, place + char.length]); }
      place += char.length;
    }
    const ranges = [];
    for (const term of terms)
      for (let at = whole.indexOf(term); at >= 0; at = whole.indexOf(term, at + term.length)) {
        const range = new Range();
        range.setStart(node, from[at][0]);
        range.setEnd(node, from[at + term.length - 1][1]);
        ranges.push(range);
      }
    return ranges;
  };

  let waits;
  field.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(look, 150); });
  field.addEventListener("keydown", (key) => { if (key.key === "Escape") { field.value = ""; look(); } });
  document.getElementById("finder").hidden = false;
  document.getElementById("without").hidden = true;

  /* Checking: each page is reckoned again and laid beside what stood there when the file was made */
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const sha = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const said = () => {
    let month = "", day = "";
    const texts = [];
    for (const line of book.children) {
      if (line.tagName === "H2") [month, day] = [line.textContent, ""];
      else if (line.tagName === "H3") day = line.textContent;
      else if (line.tagName === "ARTICLE") texts.push([month, day, ...[...line.children].map((part) => part.textContent)].join("\n"));
    }
    return texts;
  };
  const check = async () => {
    if (!globalThis.crypto?.subtle) return result("unable");
    let whole;
    try { whole = JSON.parse(document.getElementById("hashes").textContent); } catch { return result("changed"); }
    const now = [], texts = said();
    for (let at = 0; at < texts.length; at += 500) {
      now.push(...await Promise.all(texts.slice(at, at + 500).map(sha)));
      await new Promise((go) => setTimeout(go));
    }
    const wrong = pages.filter((_, at) => now[at] !== whole.pages[at]);
    const number = document.getElementById("number").textContent.replace(/\s/g, "");
    const holds = !wrong.length && pages.length === whole.pages.length && await sha(now.join("")) === whole.whole && number === whole.whole;
    result(holds ? "whole" : "changed", wrong.slice(0, 20));
  };
  if (ends) check();
});
