/* Suggests entries below a search field while somebody types: a combobox as the ARIA Authoring Practices describe it.
site.js loads this and search-index.js when a form[data-scripts] gets the focus; every word that visitors see is in the
page.
  data-index: the folder of the index; data-root: the way to the site's root; data-label: what the list is; data-count:
  how many suggestions there are, with {count}; data-all: the way to all results.
Arrow keys move in the list, Enter opens, Escape closes. Without a choice, Enter leads to the search page as ever. */
(() => {
  'use strict';
  const MOST = 6;
  const PAUSE = 150;

  /**
   * @param {Element} element
   * @param {Record<string, string>} attributes
   */
  function setAll(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  }

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   */
  function make(name, attributes, text = '') {
    const element = document.createElement(name);
    setAll(element, attributes);
    element.textContent = text;
    return element;
  }

  /** @param {HTMLFormElement} form */
  function suggest(form) {
    const { index = '', root = '', label = '', count = '', all = '' } = form.dataset;
    /** @type {Record<string, any>} */
    const fields = form.elements;
    /** @type {HTMLInputElement} */
    const input = fields.q;
    const id = `${input.id}-list`;
    const list = make('ul', { id, role: 'listbox', 'aria-label': label, hidden: '' });
    const status = make('p', { role: 'status', class: 'unseen' });
    const closed = { 'aria-expanded': 'false', 'aria-controls': id };
    setAll(input, { role: 'combobox', ...closed, 'aria-autocomplete': 'list' });
    form.append(list, status);
    let active = -1;
    let turn = 0;
    /** @type {number | undefined} */
    let typing;

    /** @param {number} at */
    function choose(at) {
      for (const [other, option] of [...list.children].entries()) {
        option.setAttribute('aria-selected', String(other === at));
      }
      active = at;
      if (at < 0) return input.removeAttribute('aria-activedescendant');
      input.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({ block: 'nearest' });
    }

    /** @param {HTMLElement[]} options */
    function show(options) {
      list.replaceChildren(...options.map((option, at) => Object.assign(option, { id: `${id}-${at}` })));
      list.hidden = !options.length;
      input.setAttribute('aria-expanded', String(!list.hidden));
      choose(-1);
      const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
      const message = options.length ? count.replace('{count}', format.format(options.length - 1)) : '';
      if (status.textContent !== message) status.textContent = message;
    }

    function close() {
      clearTimeout(typing);
      turn++;
      show([]);
    }

    /** @param {Element} option */
    function open(option) {
      const href = option.getAttribute('data-href');
      if (href) location.assign(href);
      else form.requestSubmit();
    }

    /** @param {Entry} entry */
    function optionOf({ type, title, path, language }) {
      const end = form.action.endsWith('index.html') ? 'index.html' : '';
      const option = make('li', { role: 'option', 'data-href': root + path + end });
      const name = make('span', language ? { lang: language, dir: 'auto' } : {}, title);
      option.append(name, ' ', make('span', { class: 'by' }, type));
      return option;
    }

    /** @param {string} query */
    async function find(query) {
      const answer = await ayniSearch.search(index, { query, chosen: {}, counted: [] });
      return Promise.all(Array.from({ length: Math.min(MOST, answer.well) }, (_, at) => answer.entry(at)));
    }

    async function look() {
      const mine = ++turn;
      const query = input.value;
      // A syllable of a script without spaces says enough, a letter does not.
      if (query.trim().length < (query > '\u0e00' ? 1 : 2)) return close();
      const found = await find(query).catch(() => []);
      if (mine !== turn) return;
      show(found.length ? [...found.map(optionOf), make('li', { role: 'option' }, all)] : []);
    }

    function type() {
      clearTimeout(typing);
      typing = setTimeout(look, PAUSE);
    }

    input.addEventListener('input', type);
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { length } = list.children;
      const steps = new Map([
        ['ArrowDown', active + 1 < length ? active + 1 : -1],
        ['ArrowUp', (active < 0 ? length : active) - 1],
      ]);
      const next = steps.get(event.key);
      if (event.key === 'Enter' && active >= 0) open(list.children[active]);
      else if (event.key === 'Escape' && length) close();
      else if (next !== undefined && length) choose(next);
      else if (event.key === 'ArrowDown') type();
      else return;
      event.preventDefault();
    });
    // The field keeps the focus.
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element && target.closest('[role=option]');
      if (option) open(option);
    });
    if (document.activeElement === input && input.value) type();
  }

  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll('form[data-scripts]');
  forms.forEach(suggest);
})();
