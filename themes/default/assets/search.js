/* Makes the search page search. search-index.js finds; this shows. Both are loaded with `defer`, that one first.

What the page holds (every word that visitors see is in the page, none in here):
  <form id="search" role="search" data-index="../search/en/ ../search/es/" data-root="../"> with <input name="q"> and, if
    wanted, checkboxes named "expired" and "all" (look in all languages), a <select name="sort"> with the values "", "new",
    "title" and "near", an <input name="near" list="search-places"> in #search-near, <datalist id="search-places"> and a
    reset button. data-index has the folder of each language's index, the page's first. data-root leads to the site's
    root; data-portable is there only if links must end in "index.html".
  <p id="search-status" role="status" data-loading data-failed data-none data-some data-one data-other …>: what is said.
    data-cut says that only the first 1,000 characters of a question are looked for. data-elsewhere says that other languages were looked in, since one did not have a word; data-some is for entries that
    have only some of the words, and data-mended, with {from} and {to}, for a word that was taken for another. All three
    stand before the number. data-zero, -one, -two, -few, -many and -other are the plural forms of the page's language,
    with {count}. data-fewer, if wanted, says that with {results}, and with {count} how many more have fewer of the words.
  <div id="search-facets" hidden> with <details data-facet="country"> for each facet offered, each with a <ul>
    and, if wanted, a <button hidden> for the values beyond the first twelve. What is open has its counts loaded.
  <template id="search-value">: one value, an <li> with a checkbox, [data-part=label] and [data-part=count].
  <ol id="search-results">, and <button id="search-more" hidden> for the next ten.
  <template id="search-fewer">, if wanted: an <li> that stands before the first result which has fewer of the words.
  <template id="search-result">: one result, an <li> with <a data-part="title">; [data-part=type], [data-part=summary],
    [data-part=snippet] (a passage of the text) and [data-part=expired] (removed unless it has) may be left out.
Facets are type, country, sector, kind, topic, language, status and year. The state is in the URL:
?q=…&country=br&country=fr&expired=1. Arrow keys lead from the field through the results, Escape back.
Nothing is loaded before the field has the focus, unless the URL asks for something. Titles are only ever text. */
(() => {
  "use strict";
  const form = document.getElementById("search");
  if (!form) return;

  const PAGE = 10, VALUES = 12, PASSAGE = 200;
  const get = (name) => document.getElementById("search-" + name);
  const part = (node, name) => node.querySelector(`[data-part=${name}]`);
  const copy = (name) => get(name).content.firstElementChild.cloneNode(true);
  const input = form.elements.q, status = get("status"), results = get("results"), more = get("more"), facets = get("facets");
  const groups = [...document.querySelectorAll("#search-facets [data-facet]")];
  const language = document.documentElement.lang || undefined;
  const format = new Intl.NumberFormat(language), plural = new Intl.PluralRules(language), collator = new Intl.Collator(language);
  const folders = form.dataset.index.split(" "), places = get("places"), near = get("near");
  let state, answer, turn = 0, typing, retried = false;

  const say = (...keys) => { status.textContent = keys.map((key) => status.dataset[key]).filter(Boolean).join(" "); };

  function sayCount({ cut, count, well, partial, corrected, elsewhere }) {
    if (!count) return say(cut ? "cut" : "", "none");
    const { fewer } = status.dataset, best = fewer ? well : count, key = plural.select(best), mended = Object.entries(corrected);
    say(elsewhere ? "elsewhere" : "", partial && !mended.length ? "some" : "", key in status.dataset ? key : "other");
    const said = status.textContent.replace("{count}", format.format(best));
    const all = best < count ? fewer.replace("{results}", said).replace("{count}", format.format(count - best)) : said;
    status.textContent = [...mended.map(([from, to]) => status.dataset.mended.replace("{from}", from).replace("{to}", to)), all].join(" ");
    if (cut) status.textContent = `${status.dataset.cut ?? ""} ${status.textContent}`.trim();
  }

  // Cutting a word takes longest of all that is shown, and the same words come again with each letter typed.
  const cut = new Map();
  function tokensOf(word) {
    if (cut.size > 5000) cut.clear();
    if (!cut.has(word)) cut.set(word, ayniSearch.tokens(word));
    return cut.get(word);
  }

  /** Where the words looked for stand in a text. */
  function marksOf(text, isTerm) {
    const marks = [], fits = (word) => tokensOf(word).some(isTerm);
    for (const { 0: word, index } of text.matchAll(/[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{M}\p{N}\xad\u200d'’‐·-]*/gu)) {
      // Several words without a sign between them: a script without spaces.
      const step = /['’‐·-]/.test(word) || tokensOf(word).length < 2 ? word.length : 1;
      for (let at = 0; at < word.length; at += step) {
        const piece = step === 1 ? word.slice(at, at + 2) : word;
        if (fits(piece)) marks.push([index + at, index + at + piece.length]);
      }
    }
    return marks;
  }

  /** Puts text into an element with some of it marked. */
  function fill(element, text, marks) {
    let done = 0;
    for (let [start, end] of marks) {
      start = Math.max(start, done);
      if (end <= start) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      element.append(text.slice(done, start), mark);
      done = end;
    }
    element.append(text.slice(done));
  }

  /** The part of a text that has the first mark; its beginning if nothing else says what the entry is. */
  function passageOf(text, summary, isTerm) {
    if (summary && marksOf(summary, isTerm).length) return "";
    const marks = marksOf(text, isTerm), first = marks.length ? marks[0][0] : 0;
    if (summary && !marks.length) return "";
    const from = first > 60 ? Math.min(text.indexOf(" ", first - 60) + 1 || first, first) : 0;
    const to = text.length > from + PASSAGE ? text.lastIndexOf(" ", from + PASSAGE) : text.length;
    return (from ? "…" : "") + text.slice(from, to > first ? to : from + PASSAGE) + (to < text.length ? "…" : "");
  }

  function resultOf({ path, title, type, summary, text, expired, language }, isTerm) {
    const node = copy("result"), texts = { title, type, summary, snippet: passageOf(text, summary, isTerm) };
    for (const [name, text] of Object.entries(texts)) {
      const element = part(node, name);
      if (text) element && fill(element, text, name === "type" ? [] : marksOf(text, isTerm));
      else element?.remove();
    }
    if (!expired) part(node, "expired")?.remove();
    if (language) node.lang = language, node.dir = "auto";
    part(node, "title").href = form.dataset.root + path + ("portable" in form.dataset ? "index.html" : "");
    return node;
  }

  async function pageOf(answer, from) {
    const nodes = await Promise.all(Array.from({ length: Math.min(PAGE, answer.count - from) },
      async (_, at) => resultOf(await answer.entry(from + at), answer.isTerm)));
    const fewer = answer.well - from;
    if (fewer >= 0 && fewer < nodes.length && get("fewer")) nodes.splice(fewer, 0, copy("fewer"));
    return nodes;
  }

  function showValues(group, values) {
    group.hidden = !values;
    if (!values) return;
    const list = group.querySelector("ul"), button = group.querySelector("button");
    const focused = list.contains(document.activeElement) && document.activeElement.value;
    const open = !button || group.dataset.all;
    const shown = values.filter(({ count, chosen }) => count || chosen)
      .sort((one, other) => other.count - one.count || collator.compare(one.label, other.label));
    group.hidden = !shown.length;
    list.replaceChildren(...shown.filter(({ chosen }, at) => open || at < VALUES || chosen).map(({ id, label, count, chosen }) => {
      const node = copy("value"), box = node.querySelector("input");
      Object.assign(box, { name: group.dataset.facet, value: id, checked: chosen });
      part(node, "label").textContent = label;
      part(node, "count").textContent = format.format(count);
      return node;
    }));
    if (focused !== false) [...list.querySelectorAll("input")].find(({ value }) => value === focused)?.focus();
    if (!button) return;
    button.hidden = open || shown.length <= VALUES;
    button.onclick = () => {
      group.dataset.all = "yes";
      showValues(group, values);
      list.children[VALUES]?.querySelector("input").focus();
    };
  }

  /** Answers what the state asks. An answer that comes after a newer question is dropped. */
  async function run() {
    const mine = ++turn, slow = setTimeout(say, 400, "loading");
    const asked = groups.filter((group) => group.open || state.has(group.dataset.facet)).map((group) => group.dataset.facet);
    try {
      const next = await ayniSearch.search(folders, {
        query: state.get("q") ?? "",
        chosen: Object.fromEntries(asked.map((name) => [name, state.getAll(name)])),
        counted: asked,
        expired: state.has("expired"),
        sort: state.get("sort"),
        near: state.get("near"),
        widen: !state.has("all"),
      });
      const page = await pageOf(next, 0);
      if (mine !== turn) return;
      answer = next;
      results.replaceChildren(...page);
      more.hidden = answer.count <= PAGE;
      groups.forEach((group) => { if (asked.includes(group.dataset.facet)) showValues(group, answer.facets[group.dataset.facet]); });
      if (facets) facets.hidden = false;
      if (answer.asked) sayCount(answer);
      else say();
    } catch {
      if (mine !== turn) return;
      if (retried) return say("failed");
      // The site may have been built anew since its directory was loaded.
      retried = true;
      ayniSearch.forget();
      run();
    } finally {
      clearTimeout(slow);
    }
  }

  async function showMore() {
    const shown = () => results.querySelectorAll("[data-part=title]"), from = shown().length;
    const mine = turn, next = await pageOf(answer, from).catch(() => say("failed"));
    if (mine !== turn || !next) return;
    results.append(...next);
    more.hidden = shown().length >= answer.count;
    shown()[from].focus();
  }

  const boxes = ["expired", "all"].flatMap((name) => form.elements[name] ?? []);
  const { sort } = form.elements;

  /** Takes the state from the URL. */
  function read() {
    state = new URLSearchParams(location.search);
    input.value = state.get("q") ?? "";
    for (const box of boxes) box.checked = state.has(box.name);
    if (sort) sort.value = state.get("sort") ?? "", form.elements.near.value = state.get("near") ?? "", offerPlaces();
  }

  /** Names all places, once somebody sorts by how near things are. */
  async function offerPlaces() {
    near.hidden = sort.value !== "near";
    if (near.hidden || places.children.length) return;
    places.append(...(await ayniSearch.places(folders[0]).catch(() => [])).map((name) => Object.assign(document.createElement("option"), { value: name })));
  }

  /** Puts the state into the URL, as a new step or in place of the last, and answers it. */
  function ask(step) {
    clearTimeout(typing);
    const asked = [["q", input.value.trim() && input.value], ...boxes.map(({ name, checked }) => [name, checked && "1"])];
    if (sort) asked.push(["sort", sort.value], ["near", sort.value === "near" && form.elements.near.value]);
    for (const [name, value] of asked) if (value) state.set(name, value); else state.delete(name);
    const query = `${state}` && "?" + state;
    try {
      history[(query === location.search ? "replace" : step) + "State"](null, "", location.pathname + query);
    } catch { /* Some browsers keep the address of a file as it is. */ }
    run();
  }

  input.addEventListener("focus", () => ayniSearch.warm(folders[0]), { once: true });
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(ask, 150, "replace");
  });
  for (const box of boxes) box.addEventListener("change", () => ask("push"));
  sort?.addEventListener("change", () => { offerPlaces(); ask("push"); });
  form.elements.near?.addEventListener("change", () => ask("push"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask("push");
  });
  form.addEventListener("reset", () => {
    state = new URLSearchParams();
    setTimeout(() => { if (sort) offerPlaces(); ask("push"); }); // After the fields are empty.
  });
  facets?.addEventListener("change", ({ target: { name, value, checked } }) => {
    const others = state.getAll(name).filter((other) => other !== value);
    state.delete(name);
    for (const id of checked ? [...others, value] : others) state.append(name, id);
    ask("push");
  });
  facets?.addEventListener("toggle", ({ target }) => { if (target.open && !facets.hidden) run(); }, true);
  more.addEventListener("click", showMore);
  addEventListener("popstate", () => { read(); run(); });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stops = [input, ...results.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
    const stop = at < 0 ? null : stops[at + ({ ArrowDown: 1, ArrowUp: -1, Escape: -at }[event.key] || NaN)];
    if (!stop) return;
    event.preventDefault();
    stop.focus();
  });

  const typed = input.value;
  read();
  if (`${state}`) run();
  else if (typed) input.value = typed, ask("replace");
})();
