"use strict";
// Search, filter and folding. The page is complete without this: it only hides what the reader asks not to see.
(() => {
  const form = document.getElementById("filter");
  const search = document.getElementById("search");
  const selects = [...form.querySelectorAll("select")];
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const provisions = [...document.querySelectorAll("article.provision")];
  const chapters = [...document.querySelectorAll("section.chapter")];
  const folds = [...document.querySelectorAll("details.fold")];
  const foldOf = (one) => one.querySelector(":scope > details.fold:not(.wording)");
  const inProvisions = provisions.map(foldOf);
  const MARKS = /[\u0300-\u036f]/g;

  const plain = (text) => text.normalize("NFD").replace(MARKS, "").toLowerCase();
  // The same, letter by letter, so that places in the text stay what they are.
  const plainInPlace = (text) => text.split("").map((one) => plain(one)[0] || one).join("");

  const texts = new Map();
  const textOf = (one) => {
    if (!texts.has(one)) texts.set(one, plain(one.textContent));
    return texts.get(one);
  };

  const chosen = (one, select) => {
    if (!select.value) return true;
    const has = (one.dataset[select.dataset.field] ?? "").split(" ");
    if (select.value === "*") return has[0] !== "";
    return has.includes(select.value.slice(1));
  };

  const mark = (words, shown) => {
    if (!window.CSS || !CSS.highlights) return;
    CSS.highlights.delete("found");
    if (!words.length) return;
    const found = new Highlight();
    for (const one of shown) {
      const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = plainInPlace(walker.currentNode.data);
        for (const word of words) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + word.length);
            found.add(range);
          }
        }
      }
    }
    CSS.highlights.set("found", found);
  };

  let searched = false;
  let narrowed = false;
  const apply = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const shown = provisions.filter((one) =>
      selects.every((select) => chosen(one, select)) && words.every((word) => textOf(one).includes(word)));
    const visible = new Set(shown);
    for (const one of provisions) one.hidden = !visible.has(one);
    for (const one of chapters) one.hidden = !one.querySelector("article.provision:not([hidden])");
    if (words.length || searched) {
      provisions.forEach((one, place) => { inProvisions[place].open = words.length > 0 && visible.has(one); });
    }
    searched = words.length > 0;
    const narrows = searched || selects.some((select) => select.value);
    if (narrows || narrowed) for (const one of chapters) foldOf(one).open = narrows && !one.hidden;
    narrowed = narrows;
    mark(words, shown);
    nothing.hidden = shown.length > 0;
    count.textContent = count.dataset.words.replace("{shown}", shown.length).replace("{all}", provisions.length);
  };

  const clear = () => {
    search.value = "";
    for (const select of selects) select.value = "";
    apply();
  };

  const addressed = (fragment) => {
    try {
      return document.getElementById(decodeURIComponent(fragment));
    } catch {
      return null;  // not an address at all
    }
  };

  // A link shows what it leads to, whatever the filter hides or a fold holds, and opens it.
  const reveal = () => {
    const target = addressed(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) clear();
    for (let fold = foldOf(target) ?? target.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    if (target.matches("article.provision")) target.focus({ preventScroll: true });
    target.scrollIntoView();
  };

  const openAll = (open) => { for (const one of [...chapters.map(foldOf), ...inProvisions]) one.open = open; };

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  for (const select of selects) select.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("reset").addEventListener("click", () => { clear(); search.focus(); });
  document.getElementById("open-all").addEventListener("click", () => openAll(true));
  document.getElementById("close-all").addEventListener("click", () => openAll(false));
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });

  // On paper everything stands open; afterwards the page is as it was.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = folds.filter((one) => !one.open);
    for (const one of closed) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

  // The contents show which section is being read.
  const links = new Map([...document.querySelectorAll("nav.contents a")].map((link) => [link.hash.slice(1), link]));
  const strip = document.querySelector("nav.contents > ul");
  const keepInSight = (link) => {
    strip.scrollLeft += link.getBoundingClientRect().left - strip.getBoundingClientRect().left - strip.clientWidth / 3;
  };
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const link = links.get(entry.target.id);
      if (entry.isIntersecting) {
        for (const other of links.values()) other.removeAttribute("aria-current");
        link.setAttribute("aria-current", "true");
        keepInSight(link);
      }
    }
  }, { rootMargin: "-20% 0px -75% 0px" });
  for (const section of document.querySelectorAll("main section[id]")) if (links.has(section.id)) watch.observe(section);

  // The findings stand open where there is room for them.
  const roomy = matchMedia("(min-width: 40.01rem)").matches;
  for (const one of folds) one.open = roomy && "stays" in one.dataset;
  form.hidden = false;
  apply();
  if (location.hash) reveal();
})();
