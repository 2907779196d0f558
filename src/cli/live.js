// Part of `ayni serve` only: reloads the page when its content changes, and shows what is wrong.
'use strict';
(() => {
  const { revision } = document.currentScript.dataset;
  const overlay = document.createElement('pre');
  overlay.id = 'ayni-problems';
  overlay.setAttribute('role', 'status');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`#ayni-problems { position: fixed; inset: auto 0 0 0; max-block-size: 50vh; margin: 0;
    padding: 1rem; overflow: auto; background: #2b1216; color: #ffe9e4; font: 14px/1.4 monospace;
    border-block-start: 4px solid #e0563f; z-index: 99; white-space: pre-wrap; }
    #ayni-problems:empty { display: none; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(overlay);
  const show = async () => {
    const text = await (await fetch('/.ayni/problems')).text();
    overlay.textContent = /^error/m.test(text) ? text : '';
  };
  show();
  // Browsers allow six connections to a host, so a page that nobody sees gives its own up.
  let events;
  const compare = (event) => {
    if ((event.data || '0') !== revision) location.reload();
  };
  const listen = () => {
    events = new EventSource('/.ayni/events');
    events.addEventListener('reload', compare);
    events.addEventListener('latest', compare);
  };
  document.addEventListener('visibilitychange', () => {
    events?.close();
    if (!document.hidden) listen();
  });
  // A reload must not call back somebody who is on the way to another page.
  addEventListener('beforeunload', () => events?.close());
  if (!document.hidden) listen();
})();
