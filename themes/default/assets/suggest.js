/* Suggests entries below a search field while somebody types: a combobox as the ARIA Authoring Practices describe it. site.js
loads this and search-index.js when a form[data-scripts] gets the focus; every word that visitors see is in the page.
  data-index: the folder of the index; data-root: the way to the site's root; data-label: what the list is; data-count: how many
  suggestions there are, with {count}; data-all: the way to all results.
Arrow keys move in the list, Enter opens, Escape closes. Without a choice, Enter leads to the search page as ever. */
(() => {
  "use strict";
  const MOST = 6, PAUSE = 150;
  const make = (name, attributes, text = "") => Object.assign(Object.entries(attributes).reduce((element, [key, value]) => {
    element.setAttribute(key, value);
    return element;
  }, document.createElement(name)), { textContent: text });

  function suggest(form) {
    const input = form.elements.q, { index, root, label, count, all } = form.dataset, id = `${input.id}-list`;
    const list = make("ul", { id, role: "listbox", "aria-label": label, hidden: "" }), status = make("p", { role: "status", class: "unseen" });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": false, "aria-controls": id, "aria-autocomplete": "list" }))
      input.setAttribute(name, value);
    form.append(list, status);
    let active = -1, turn = 0, typing;

    function choose(at) {
      [...list.children].forEach((option, other) => option.setAttribute("aria-selected", other === at));
      active = at;
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }

    function show(options) {
      list.replaceChildren(...options.map((option, at) => Object.assign(option, { id: `${id}-${at}` })));
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", !list.hidden);
      choose(-1);
      const message = options.length ? count.replace("{count}", new Intl.NumberFormat(document.documentElement.lang || undefined).format(options.length - 1)) : "";
      if (status.textContent !== message) status.textContent = message;
    }

    function close() {
      clearTimeout(typing);
      turn++;
      show([]);
    }

    const open = (option) => option.dataset.href ? location.assign(option.dataset.href) : form.requestSubmit();

    function optionOf({ type, title, path, language }) {
      const end = form.action.endsWith("index.html") ? "index.html" : "", option = make("li", { role: "option", "data-href": root + path + end });
      const name = make("span", language ? { lang: language, dir: "auto" } : {}, title);
      option.append(name, " ", make("span", { class: "by" }, type));
      return option;
    }

    async function look() {
      const mine = ++turn, query = input.value;
      // A syllable of a script without spaces says enough, a letter does not.
      if (query.trim().length < (query > "\u0e00" ? 1 : 2)) return close();
      const answer = await ayniSearch.search(index, { query, chosen: {}, counted: [] }).catch(() => null);
      const found = answer && await Promise.all(Array.from({ length: Math.min(MOST, answer.well) }, (_, at) => answer.entry(at))).catch(() => null);
      if (mine !== turn) return;
      show(found?.length ? [...found.map(optionOf), make("li", { role: "option" }, all)] : []);
    }

    const type = () => {
      clearTimeout(typing);
      typing = setTimeout(look, PAUSE);
    };
    input.addEventListener("input", type);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { length } = list.children;
      const next = { ArrowDown: active + 1 < length ? active + 1 : -1, ArrowUp: (active < 0 ? length : active) - 1 }[event.key];
      if (event.key === "Enter" && active >= 0) open(list.children[active]);
      else if (event.key === "Escape" && length) close();
      else if (next !== undefined && length) choose(next);
      else if (event.key === "ArrowDown") type();
      else return;
      event.preventDefault();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // The field keeps the focus.
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) open(option);
    });
    if (document.activeElement === input && input.value) type();
  }

  document.querySelectorAll("form[data-scripts]").forEach(suggest);
})();
