/* On every page: loads the scripts of a search field once it has the focus, and says what the reader's own clock shows
when a call starts, where that is not the call's clock. */
(() => {
  'use strict';

  /** @param {HTMLFormElement} form */
  function loadScripts(form) {
    // In order, and once: the page may load one of them itself.
    for (const src of (form.dataset.scripts ?? '').split(' ')) {
      document.head.append(Object.assign(document.createElement('script'), { src, async: false }));
    }
  }

  /**
   * Says beside a time what the reader's own clock shows then.
   * @param {HTMLTimeElement} time
   */
  function addLocal(time) {
    const start = new Date(time.dateTime);
    const { zone, local } = time.dataset;
    const language = document.documentElement.lang || undefined;
    /** @param {string} [timeZone] */
    const by = (timeZone) =>
      new Intl.DateTimeFormat(language, {
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone,
      }).format(start);
    try {
      if (local && by(zone) !== by()) time.append(` · ${local.replace('{time}', by())}`);
    } catch {
      // An unknown zone, or no such time: the page already says when.
    }
  }

  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll('form[data-scripts]');
  for (const form of forms) form.addEventListener('focusin', () => loadScripts(form), { once: true });

  /** @type {NodeListOf<HTMLTimeElement>} */
  const times = document.querySelectorAll('time.when');
  times.forEach(addLocal);
})();
