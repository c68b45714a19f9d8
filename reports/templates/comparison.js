"use strict";
// Filter, sorting, the details of a figure and folding. The page is complete without this.
(() => {
  const form = document.getElementById("filter");
  const words = form.dataset;
  const byId = (id) => document.getElementById(id);
  const tables = [...document.querySelectorAll(".heat table[id]")];
  const bodies = tables.map((table) => [...(table.tBodies[0]?.rows ?? [])]);
  const heads = bodies[0] ?? [];
  const cards = [...document.querySelectorAll("[data-of]")];
  const folds = [...document.querySelectorAll("details.fold")];
  const dimensions = [...document.querySelectorAll("[data-dimension]:not(table)")];
  const MARKS = /[\u0300-\u036f]/g;
  const NUMBERS = /\d+/g;

  const plain = (text) => text.normalize("NFD").replace(MARKS, "").toLowerCase();
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);
  const percent = (number) => fill(words.percent, { number });

  // Filter

  const value = (id) => byId(id)?.value ?? "";
  const names = heads.map((row) => plain(`${row.dataset.name} ${row.dataset.code}`));
  const apply = () => {
    const asked = plain(value("search")).split(/\s+/).filter(Boolean);
    const [group, dimension] = ["filter-group", "filter-dimension"].map(value);
    const latest = byId("latest")?.checked;
    const visible = heads.map(({ dataset }, place) =>
      asked.every((word) => names[place].includes(word)) &&
      (!group || group === `=${dataset.group}`) && (!latest || "latest" in dataset));
    for (const rows of bodies) rows.forEach((row, place) => { row.hidden = !visible[place]; });
    for (const one of dimensions) one.hidden = Boolean(dimension) && dimension !== `=${one.dataset.dimension}`;
    for (const one of cards) {
      one.hidden = !visible[one.dataset.of] || (Boolean(dimension) && "dimension" in one.dataset && dimension !== `=${one.dataset.dimension}`);
    }
    const shown = visible.filter(Boolean).length;
    byId("nothing").hidden = shown > 0 || !heads.length;
    byId("count").textContent = fill(byId("count").dataset.words, { shown, all: heads.length });
    for (const table of tables) stay(table);
  };

  const clear = () => {
    byId("search").value = "";
    for (const one of form.querySelectorAll("select")) one.value = "";
    if (byId("latest")) byId("latest").checked = false;
    apply();
  };

  // Order: one for all tables and small charts

  const number = (cell) => {
    if (!cell || cell.classList.contains("sx") || !/^s\d$/.test(cell.className)) return null;
    return Number(cell.firstChild.data.match(NUMBERS)[0]);
  };
  const natural = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const place = (order) => {
    for (const rows of bodies) if (rows.length) rows[0].parentNode.append(...order.map((place) => rows[place]));
    const at = new Map(order.map((place, position) => [String(place), position]));
    const parents = new Set(cards.map((one) => one.parentNode));
    for (const parent of parents) {
      const own = cards.filter((one) => one.parentNode === parent);
      parent.append(...own.sort((one, other) => at.get(one.dataset.of) - at.get(other.dataset.of)));
    }
  };

  const sort = (values, down) => {
    const order = values.map((_, place) => place);
    order.sort((one, other) => (down ? -1 : 1) * natural.compare(values[one], values[other]) || one - other);
    place(order);
  };

  const say = (text) => { byId("sorted").textContent = text; };
  const announce = (header, down) => {
    for (const one of document.querySelectorAll("[aria-sort]")) one.removeAttribute("aria-sort");
    header?.setAttribute("aria-sort", down ? "descending" : "ascending");
    byId("restore").disabled = false;
    say(fill(down ? words.down : words.up, { column: header.textContent }));
  };

  const sortByHead = (field, header) => {
    const down = header.getAttribute("aria-sort") === (field === "day" ? null : "ascending") ||
      (field === "day" && header.getAttribute("aria-sort") !== "descending");
    sort(heads.map((row) => row.dataset[field]), down);
    announce(header, down);
  };
  const restore = () => {
    place(heads.map((_, place) => place));
    for (const one of document.querySelectorAll("[aria-sort]")) one.removeAttribute("aria-sort");
    byId("restore").disabled = true;
    say("");
  };

  // Only names and dates sort: an order by a figure would be a league table.
  const makeButton = (header, field) => {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sortByHead(field, header));
  };

  // Details of a figure, by pointer and by keyboard

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    return made;
  };
  const paragraph = (...parts) => { const made = element("p", ""); made.append(...parts); return made; };
  const lines = (cell) => cell.textContent.split("\n");

  const between = (cell) => {
    const [, middle, last] = lines(cell);
    if (last === undefined) return /^[1-9]/.test(middle ?? "") ? words.few : "";
    const [low, high] = middle.match(NUMBERS) ?? [];
    return high === undefined ? words.certain : fill(words.range, { low: percent(low), high: percent(high) });
  };
  const answered = (cell) => {
    const [answered, applicable] = (lines(cell).at(-1).match(NUMBERS) ?? []);
    return applicable === undefined || lines(cell).length < 2 ? "" : fill(words.answered, { answered, applicable });
  };
  const beside = (cell, scope) => {
    const figure = number(cell);
    const foot = cell.closest("table").querySelector(`tfoot tr[data-scope="${scope}"]`)?.cells[cell.cellIndex];
    if (figure === null || !foot?.title) return "";
    const points = figure - Number(foot.textContent.match(NUMBERS)[0]);
    return fill(points > 0 ? words.above : points < 0 ? words.below : words.same, { points: Math.abs(points), median: foot.title });
  };

  const chapterOf = (cell) => {
    const table = cell.closest("table");
    const header = table.tHead.rows[0].cells[cell.cellIndex];
    const target = byId(`p-${table.dataset.dimension}-${header.dataset.node}`);
    return target && { target, title: header.title || header.textContent };
  };

  const emptied = new WeakMap();  // titles of cells: shown in the panel, not twice
  const behind = (cell) => {
    if (cell.title) {
      emptied.set(cell, cell.title);
      cell.removeAttribute("title");
    }
    return emptied.get(cell) ?? "";
  };

  const describe = (cell) => {
    const row = cell.parentNode;
    const head = heads[row.dataset.row];
    const header = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    const title = header.title || header.textContent;
    const who = paragraph(element("b", `${head.dataset.name} · ${title}`), ` · ${row.cells[1].firstChild.data}`);
    const what = paragraph(element("b", lines(cell)[0], "display"), [between(cell), answered(cell)].filter(Boolean).join(", "));
    const more = [beside(cell, head.dataset.scope), behind(cell)].filter(Boolean).join(" · ");
    const marks = [...head.querySelectorAll("abbr")].map((one) => one.title).concat(head.dataset.notes ?? []).join(" ");
    const found = [who, what, paragraph(more)];
    if (marks) found.push(paragraph(element("span", marks, "quiet")));
    const chapter = chapterOf(cell);
    if (chapter) {
      const link = element("a", fill(words.provisions, { chapter: chapter.title }));
      link.href = `#${chapter.target.id}`;
      who.append(" · ", link);
    }
    return found;
  };

  const current = new Map();  // table to the field that Tab reaches
  const pinned = new Map();   // table to the field whose details stay
  const show = (table, cell) => {
    const panel = byId(`${table.id}-detail`);
    panel.classList.toggle("used", Boolean(cell));
    panel.replaceChildren(...(cell ? describe(cell) : [element("p", `${words.hint} ${words.keys}`, "quiet")]));
  };

  const isFigure = (cell) => cell && cell.matches("tbody td:not(.when, .nothing)");
  const within = (cell) => cell.querySelector("button, a") ?? cell;
  const reach = (table, cell) => {
    const before = current.get(table);
    if (before) within(before).tabIndex = -1;
    current.set(table, cell);
    within(cell).tabIndex = 0;
  };
  const stay = (table) => {
    const row = [...(narrow.matches ? table.tBodies : [table.tHead])].flatMap((part) => [...part.rows]).find((one) => !one.hidden);
    if (row && !(current.get(table)?.checkVisibility())) reach(table, row.cells[0]);
    if (pinned.get(table)?.parentNode.hidden) { pinned.delete(table); show(table); }
  };

  const focus = (table, cell) => {
    const region = table.closest(".heat");
    region.style.scrollPaddingTop = `${table.tHead.offsetHeight}px`;
    region.style.scrollPaddingBottom = `${table.tFoot?.offsetHeight ?? 0}px`;
    const [name, when] = table.tHead.rows[0].cells;
    region.style.scrollPaddingInlineStart = `${name.offsetWidth + (getComputedStyle(when).insetInlineStart === "auto" ? 0 : when.offsetWidth)}px`;
    reach(table, cell);
    within(cell).focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const move = (table, cell, key, far) => {
    const rows = [table.tHead.rows[0], ...(table.tBodies[0]?.rows ?? [])].filter((row) => row.checkVisibility());
    const row = rows.indexOf(cell.parentNode);
    const forth = getComputedStyle(table).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forth === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const at = cell.cellIndex;
    const page = 8;
    const [down, across] = {
      ArrowDown: [row + 1, at], ArrowUp: [row - 1, at], [forth]: [row, at + 1], [back]: [row, at - 1],
      Home: [far ? 0 : row, 0], End: [far ? rows.length - 1 : row, Infinity], PageDown: [row + page, at], PageUp: [row - page, at],
    }[key] ?? [];
    if (down === undefined) return null;
    const cells = rows[Math.min(Math.max(down, 0), rows.length - 1)].cells;
    return cells[Math.min(Math.max(across, 0), cells.length - 1)];
  };

  const prepare = (table) => {
    table.setAttribute("role", "grid");
    const [name, when] = table.tHead.rows[0].cells;
    makeButton(name, "name");
    makeButton(when, "day");
    for (const link of table.querySelectorAll("tbody a")) link.tabIndex = -1;
    const panel = byId(`${table.id}-detail`);
    panel.hidden = false;
    show(table);
    const cellAt = (event) => event.target.closest("th, td");
    table.addEventListener("keydown", (event) => {
      const cell = cellAt(event);
      if (event.key === "Enter" && isFigure(cell)) {
        const chapter = chapterOf(cell);
        if (chapter) go(chapter.target.id);
        return;
      }
      const next = event.altKey || event.metaKey ? null : move(table, cell, event.key, event.ctrlKey);
      if (!next) return;
      event.preventDefault();
      focus(table, next);
    });
    table.addEventListener("click", (event) => {
      const cell = cellAt(event);
      if (isFigure(cell)) focus(table, cell);
    });
    table.addEventListener("focusin", (event) => {
      const cell = cellAt(event);
      reach(table, cell);
      if (!isFigure(cell)) return;
      pinned.set(table, cell);
      show(table, cell);
      cell.setAttribute("aria-describedby", panel.id);
    });
    table.addEventListener("focusout", (event) => cellAt(event).removeAttribute("aria-describedby"));
    table.addEventListener("pointerover", (event) => { if (isFigure(cellAt(event))) show(table, cellAt(event)); });
    table.addEventListener("pointerleave", () => { if (pinned.has(table)) show(table, pinned.get(table)); });
  };

  // On a narrow screen a table becomes a list of each assessment, its figures named
  const narrow = window.matchMedia("(max-width: 60rem)");
  const list = () => {
    for (const table of narrow.matches ? document.querySelectorAll(".heat table") : []) {
      const titles = [...table.tHead.rows[0].cells].map((head) => head.title || head.textContent);
      for (const cell of table.querySelectorAll("td:not(.when, .nothing)")) cell.dataset.column = titles[cell.cellIndex];
      table.closest(".heat").classList.add("listed");
    }
    for (const table of tables) stay(table);
  };

  // Links, folds, paper

  const go = (id) => {
    if (location.hash === `#${id}`) reveal();
    else location.hash = id;
  };
  const addressed = (fragment) => {
    try {
      return byId(decodeURIComponent(fragment));
    } catch {
      return null;  // not an address at all
    }
  };
  const reveal = () => {
    const target = addressed(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) clear();
    for (let fold = target.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    const aim = target.matches("details") ? target.querySelector("summary") : target;
    aim.focus({ preventScroll: true });
    target.scrollIntoView();
  };

  let waiting = 0;
  byId("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  for (const one of form.querySelectorAll("select, [type=checkbox]")) one.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", () => { clear(); byId("search").focus(); });
  byId("restore").addEventListener("click", () => { restore(); byId("search").focus(); });
  byId("by-name").addEventListener("click", () => sortByHead("name", tables[0].tHead.rows[0].cells[0]));
  byId("by-date").addEventListener("click", () => sortByHead("day", tables[0].tHead.rows[0].cells[1]));
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });

  // Of a small comparison everything stands open on paper; of a large one what the reader opened.
  const complete = folds.some((one) => one.open && !("stays" in one.dataset));
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = complete ? folds.filter((one) => !one.open) : [];
    for (const one of closed) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

  for (const one of folds) one.open = "stays" in one.dataset && !narrow.matches;
  for (const table of tables) prepare(table);
  narrow.addEventListener("change", list);
  list();
  form.hidden = !heads.length;
  apply();
  if (location.hash) reveal();
})();
