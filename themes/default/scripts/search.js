/* Makes the search page search. search-index.js finds; this shows. Both are loaded with `defer`, that one first.

What the page holds (every word that visitors see is in the page, none in here):
  <form id="search" role="search" data-index="../search/en/ ../search/es/" data-root="../"> with <input name="q"> and,
    if wanted, checkboxes named "expired" and "all" (look in all languages), a <select name="sort"> with the values "",
    "new", "title" and "near", an <input name="near" list="search-places"> in #search-near, <datalist
    id="search-places"> and a reset button. data-index has the folder of each language's index, the page's first.
    data-root leads to the site's root; data-portable is there only if links must end in "index.html".
  <p id="search-status" role="status" data-loading data-failed data-none data-some data-one data-other …>: what is said.
    data-cut says that only the first 1,000 characters of a question are looked for. data-elsewhere says that other
    languages were looked in, since one did not have a word; data-some is for entries that have only some of the words,
    and data-mended, with {from} and {to}, for a word that was taken for another. All three stand before the number.
    data-zero, -one, -two, -few, -many and -other are the plural forms of the page's language, with {count}. data-fewer,
    if wanted, says that with {results}, and with {count} how many more have fewer of the words.
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
  'use strict';
  /** @type {HTMLFormElement | null} */
  const found = document.querySelector('form#search');
  if (!found) return;
  const form = found;

  const PAGE = 10;
  const VALUES = 12;
  const PASSAGE = 200;

  /**
   * A part of the page, by its id.
   * @param {string} name
   * @returns {any}
   */
  const get = (name) => document.getElementById(`search-${name}`);

  /**
   * @param {Element} node
   * @param {string} name
   * @returns {HTMLElement | null}
   */
  const part = (node, name) => node.querySelector(`[data-part=${name}]`);

  /**
   * What a template has.
   * @param {string} name
   * @returns {HTMLElement}
   */
  const copy = (name) => get(name).content.firstElementChild.cloneNode(true);

  /** @type {Record<string, any>} */
  const fields = form.elements;
  /** @type {HTMLInputElement} */
  const input = fields.q;
  /** @type {HTMLElement} */
  const status = get('status');
  /** @type {HTMLElement} */
  const results = get('results');
  /** @type {HTMLElement} */
  const more = get('more');
  /** @type {HTMLElement | null} */
  const facets = get('facets');
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const details = document.querySelectorAll('#search-facets [data-facet]');
  const groups = [...details];
  /** @type {HTMLElement} */
  const places = get('places');
  /** @type {HTMLElement} */
  const near = get('near');
  const language = document.documentElement.lang || undefined;
  const format = new Intl.NumberFormat(language);
  const plural = new Intl.PluralRules(language);
  const collator = new Intl.Collator(language);
  const folders = (form.dataset.index ?? '').split(' ');
  let state = new URLSearchParams();
  /** @type {Answer} */
  let answer;
  let turn = 0;
  /** @type {number | undefined} */
  let typing;
  let retried = false;

  /** @param {string[]} keys */
  function say(...keys) {
    const said = keys.map((key) => status.dataset[key]);
    status.textContent = said.filter(Boolean).join(' ');
  }

  /** @param {Answer} answer */
  function sayCount({ cut, count, well, partial, corrected, elsewhere }) {
    if (!count) return say(cut ? 'cut' : '', 'none');
    const { fewer, mended = '' } = status.dataset;
    const best = fewer ? well : count;
    const key = plural.select(best);
    const taken = Object.entries(corrected);
    say(elsewhere ? 'elsewhere' : '', partial && !taken.length ? 'some' : '', key in status.dataset ? key : 'other');
    const said = status.textContent.replace('{count}', format.format(best));
    const all =
      fewer && best < count ? fewer.replace('{results}', said).replace('{count}', format.format(count - best)) : said;
    const corrections = taken.map(([from, to]) => mended.replace('{from}', from).replace('{to}', to));
    status.textContent = [...corrections, all].join(' ');
    if (cut) status.textContent = `${status.dataset.cut ?? ''} ${status.textContent}`.trim();
  }

  /**
   * Cutting a word takes longest of all that is shown, and the same words come again with each letter typed.
   * @type {Map<string, string[]>}
   */
  const cut = new Map();

  /** @param {string} word */
  function tokensOf(word) {
    if (cut.size > 5000) cut.clear();
    const tokens = cut.get(word) ?? ayniSearch.tokens(word);
    cut.set(word, tokens);
    return tokens;
  }

  /** A word, with the signs that may stand in it. */
  const WORD = /[\p{Alphabetic}\p{N}](?:[\p{Alphabetic}\p{M}\p{N}'’‐·-]|\xad|\u200d)*/gu;

  /**
   * Where the words looked for stand in a text.
   * @param {string} text
   * @param {Answer["isTerm"]} isTerm
   */
  function marksOf(text, isTerm) {
    const marks = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      // Several words without a sign between them: a script without spaces.
      const step = /['’‐·-]/.test(word) || tokensOf(word).length < 2 ? word.length : 1;
      for (let at = 0; at < word.length; at += step) {
        const piece = step === 1 ? word.slice(at, at + 2) : word;
        const start = index + at;
        if (tokensOf(piece).some(isTerm)) marks.push({ start, end: start + piece.length });
      }
    }
    return marks;
  }

  /**
   * Puts text into an element with some of it marked.
   * @param {HTMLElement} element
   * @param {string} text
   * @param {ReturnType<typeof marksOf>} marks
   */
  function fill(element, text, marks) {
    let done = 0;
    for (const { start, end } of marks) {
      const from = Math.max(start, done);
      if (end <= from) continue;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(from, end);
      element.append(text.slice(done, from), mark);
      done = end;
    }
    element.append(text.slice(done));
  }

  /**
   * The part of a text that has the first mark; its beginning if nothing else says what the entry is.
   * @param {string} text
   * @param {string} summary
   * @param {Answer["isTerm"]} isTerm
   */
  function passageOf(text, summary, isTerm) {
    if (summary && marksOf(summary, isTerm).length) return '';
    const [mark] = marksOf(text, isTerm);
    if (summary && !mark) return '';
    const first = mark ? mark.start : 0;
    const from = first > 60 ? Math.min(text.indexOf(' ', first - 60) + 1 || first, first) : 0;
    const to = text.length > from + PASSAGE ? text.lastIndexOf(' ', from + PASSAGE) : text.length;
    const passage = text.slice(from, to > first ? to : from + PASSAGE);
    return (from ? '…' : '') + passage + (to < text.length ? '…' : '');
  }

  /**
   * @param {Entry} entry
   * @param {Answer["isTerm"]} isTerm
   */
  function resultOf({ path, title, type, summary, text, expired, language }, isTerm) {
    const node = copy('result');
    const texts = { title, type, summary, snippet: passageOf(text, summary, isTerm) };
    for (const [name, text] of Object.entries(texts)) {
      const element = part(node, name);
      if (!text) element?.remove();
      else if (element) fill(element, text, name === 'type' ? [] : marksOf(text, isTerm));
    }
    if (!expired) part(node, 'expired')?.remove();
    if (language) {
      node.lang = language;
      node.dir = 'auto';
    }
    const href = form.dataset.root + path + ('portable' in form.dataset ? 'index.html' : '');
    part(node, 'title')?.setAttribute('href', href);
    return node;
  }

  /**
   * The next results of an answer.
   * @param {Answer} answer
   * @param {number} from
   */
  async function pageOf(answer, from) {
    const length = Math.min(PAGE, answer.count - from);
    const making = Array.from({ length }, async (_, at) => resultOf(await answer.entry(from + at), answer.isTerm));
    const nodes = await Promise.all(making);
    const fewer = answer.well - from;
    if (fewer >= 0 && fewer < nodes.length && get('fewer')) nodes.splice(fewer, 0, copy('fewer'));
    return nodes;
  }

  /**
   * @param {HTMLElement} group
   * @param {FacetValue} value
   */
  function optionOf(group, { id, label, count, chosen }) {
    const node = copy('value');
    const box = node.querySelector('input');
    if (box) Object.assign(box, { name: group.dataset.facet, value: id, checked: chosen });
    part(node, 'label')?.append(label);
    part(node, 'count')?.append(format.format(count));
    return node;
  }

  /**
   * @param {HTMLElement} group
   * @param {FacetValue[] | null} values
   */
  function showValues(group, values) {
    group.hidden = !values;
    const list = group.querySelector('ul');
    if (!values || !list) return;
    const button = group.querySelector('button');
    const boxes = () => [...list.querySelectorAll('input')];
    const focused = boxes().find((box) => box === document.activeElement);
    const open = !button || group.dataset.all;
    const shown = values
      .filter(({ count, chosen }) => count || chosen)
      .sort((one, other) => other.count - one.count || collator.compare(one.label, other.label));
    const first = shown.filter(({ chosen }, at) => open || at < VALUES || chosen);
    group.hidden = !shown.length;
    list.replaceChildren(...first.map((value) => optionOf(group, value)));
    if (focused)
      boxes()
        .find(({ value }) => value === focused.value)
        ?.focus();
    if (!button) return;
    button.hidden = Boolean(open) || shown.length <= VALUES;
    button.onclick = () => {
      group.dataset.all = 'yes';
      showValues(group, values);
      boxes()[VALUES]?.focus();
    };
  }

  /**
   * Asks what the state says.
   * @param {string[]} asked the facets that are asked for
   */
  const answerTo = (asked) =>
    ayniSearch.search(folders, {
      query: state.get('q') ?? '',
      chosen: Object.fromEntries(asked.map((name) => [name, state.getAll(name)])),
      counted: asked,
      expired: state.has('expired'),
      sort: state.get('sort'),
      near: state.get('near'),
      widen: !state.has('all'),
    });

  /** Answers what the state asks. An answer that comes after a newer question is dropped. */
  async function run() {
    const mine = ++turn;
    const slow = setTimeout(say, 400, 'loading');
    const nameOf = (/** @type {HTMLElement} */ group) => group.dataset.facet ?? '';
    const asked = groups.filter((group) => group.open || state.has(nameOf(group))).map(nameOf);
    try {
      const next = await answerTo(asked);
      const page = await pageOf(next, 0);
      if (mine !== turn) return;
      answer = next;
      results.replaceChildren(...page);
      more.hidden = answer.count <= PAGE;
      for (const group of groups) if (asked.includes(nameOf(group))) showValues(group, answer.facets[nameOf(group)]);
      if (facets) facets.hidden = false;
      if (answer.asked) sayCount(answer);
      else say();
    } catch {
      if (mine !== turn) return;
      if (retried) return say('failed');
      // The site may have been built anew since its directory was loaded.
      retried = true;
      ayniSearch.forget();
      run();
    } finally {
      clearTimeout(slow);
    }
  }

  async function showMore() {
    /** @returns {NodeListOf<HTMLElement>} */
    const shown = () => results.querySelectorAll('[data-part=title]');
    const from = shown().length;
    const mine = turn;
    const next = await pageOf(answer, from).catch(() => say('failed'));
    if (mine !== turn || !next) return;
    results.append(...next);
    more.hidden = shown().length >= answer.count;
    shown()[from].focus();
  }

  /** @type {HTMLInputElement[]} */
  const boxes = ['expired', 'all'].flatMap((name) => fields[name] ?? []);
  /** @type {HTMLSelectElement | undefined} */
  const sort = fields.sort;

  /** Takes the state from the URL. */
  function read() {
    state = new URLSearchParams(location.search);
    input.value = state.get('q') ?? '';
    for (const box of boxes) box.checked = state.has(box.name);
    if (!sort) return;
    sort.value = state.get('sort') ?? '';
    fields.near.value = state.get('near') ?? '';
    offerPlaces();
  }

  /** Names all places, once somebody sorts by how near things are. */
  async function offerPlaces() {
    near.hidden = sort?.value !== 'near';
    if (near.hidden || places.children.length) return;
    const names = await ayniSearch.places(folders[0]).catch(() => []);
    places.append(...names.map((name) => Object.assign(document.createElement('option'), { value: name })));
  }

  /**
   * Puts the state into the URL, as a new step or in place of the last, and answers it.
   * @param {"pushState" | "replaceState"} step
   */
  function ask(step) {
    clearTimeout(typing);
    const asked = new Map([['q', input.value.trim() && input.value]]);
    for (const { name, checked } of boxes) asked.set(name, checked ? '1' : '');
    if (sort) asked.set('sort', sort.value).set('near', sort.value === 'near' ? fields.near.value : '');
    for (const [name, value] of asked) {
      if (value) state.set(name, value);
      else state.delete(name);
    }
    const query = `${state}` && `?${state}`;
    try {
      history[query === location.search ? 'replaceState' : step](null, '', location.pathname + query);
    } catch {
      // Some browsers keep the address of a file as it is.
    }
    run();
  }

  input.addEventListener('focus', () => ayniSearch.warm(folders[0]), { once: true });
  input.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(ask, 150, 'replaceState');
  });
  const push = () => ask('pushState');
  for (const box of boxes) box.addEventListener('change', push);
  sort?.addEventListener('change', () => {
    offerPlaces();
    push();
  });
  fields.near?.addEventListener('change', push);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    push();
  });
  form.addEventListener('reset', () => {
    state = new URLSearchParams();
    // After the fields are empty.
    setTimeout(() => {
      if (sort) offerPlaces();
      push();
    });
  });
  facets?.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const { name, value, checked } = target;
    const others = state.getAll(name).filter((other) => other !== value);
    state.delete(name);
    for (const id of checked ? [...others, value] : others) state.append(name, id);
    push();
  });
  const opened = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLDetailsElement && target.open && !facets?.hidden) run();
  };
  facets?.addEventListener('toggle', opened, true);
  more.addEventListener('click', showMore);
  addEventListener('popstate', () => {
    read();
    run();
  });
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    /** @type {(Element | null)[]} */
    const stops = [input, ...results.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement);
    const steps = new Map(Object.entries({ ArrowDown: 1, ArrowUp: -1, Escape: -at }));
    const stop = at < 0 ? null : stops[at + (steps.get(event.key) || NaN)];
    if (!(stop instanceof HTMLElement)) return;
    event.preventDefault();
    stop.focus();
  });

  const typed = input.value;
  read();
  if (`${state}`) {
    run();
  } else if (typed) {
    input.value = typed;
    ask('replaceState');
  }
})();
