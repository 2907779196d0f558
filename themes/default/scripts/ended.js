/* On the page for addresses that lead nowhere: says of the address of a suggestion, or of a ring, that it has ended,
and links the need of a suggestion, if that has a page. Of every two words it says the same: it knows no list of what
there was.
  p[data-ended]: the folder for which it speaks, and in data-needs that of the needs, if one is to be linked. */
(() => {
  'use strict';

  /** @param {string} address */
  function decoded(address) {
    try {
      return decodeURI(address);
    } catch {
      return address;
    }
  }

  /**
   * The names that are joined in the last part of an address below a folder.
   * @param {string} address
   * @param {string} folder
   */
  function namesBelow(address, folder) {
    const [path, start] = [decoded(address), decoded(folder)];
    if (!path.startsWith(start)) return [];
    const names = path
      .slice(start.length)
      .replace(/\/(index\.html)?$/, '')
      .split('--');
    return names.length > 1 && names.every((name) => name && !name.includes('/')) ? names : [];
  }

  /**
   * Adds a link to the page of a need, if there is one; where it has moved, to where it is now.
   * @param {HTMLElement} note
   * @param {string} address
   */
  async function linkNeed(note, address) {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : '', 'text/html');
    // Some servers answer with this very page, and say that all is well.
    if (page.querySelector('[data-ended]')) return;
    const moved = page.querySelector('meta[http-equiv="refresh"]') && page.querySelector('main a');
    const title = moved || page.querySelector('main h1');
    if (!title) return;
    const link = document.createElement('a');
    link.href = moved ? new URL(moved.getAttribute('href') ?? '', answer.url).pathname : address;
    link.textContent = title.textContent;
    link.lang = title.getAttribute('lang') || page.documentElement.lang;
    link.dir = 'auto';
    note.lastElementChild?.before(`${note.dataset.need} `, link, document.createElement('br'));
  }

  /** @type {NodeListOf<HTMLElement>} */
  const notes = document.querySelectorAll('[data-ended]');
  for (const note of notes) {
    const { ended = '', needs } = note.dataset;
    const [need] = namesBelow(location.pathname, ended);
    if (!need) continue;
    note.hidden = false;
    // Without an answer the note says enough.
    if (needs) linkNeed(note, `${needs}${encodeURIComponent(need)}/`).catch(() => undefined);
  }
})();
