/* On every page: loads the scripts of a search field once it has the focus, and says what the reader's own clock shows when a
call starts, where that is not the call's clock. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-scripts]")) form.addEventListener("focusin", () => {
    // In order, and once: the page may load one of them itself.
    for (const src of form.dataset.scripts.split(" ")) document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
  }, { once: true });

  const language = document.documentElement.lang || undefined;
  for (const time of document.querySelectorAll("time.when")) {
    const start = new Date(time.dateTime), { zone, local } = time.dataset;
    const by = (zone) => new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(start);
    try {
      if (by(zone) !== by()) time.append(` · ${local.replace("{time}", by())}`);
    } catch { /* An unknown zone, or no such time: the page already says when. */ }
  }
})();
