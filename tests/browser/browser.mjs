// A real browser, and pages that remember everything that went wrong on them.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

/** Starts Chromium for the tests of one file. */
export async function launch() {
  if (!CHROMIUM) throw new Error('there is no Chromium at /usr/bin/chromium; name one in CHROMIUM');
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  after(() => browser.close());
  return browser;
}

/**
 * Opens an empty page that may ask only `origin` (`file://` for files). What goes wrong is collected in `problems`:
 * errors and warnings on the console, among them violations of the policy, exceptions, and requests that failed or went
 * elsewhere.
 * `requests` has the addresses that were asked for.
 */
export async function openPage(browser, origin, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.problems = [];
  page.requests = [];
  const isOwn = (url) => url.startsWith(origin === 'file://' ? origin : `${origin}/`) || /^(data|blob):/.test(url);
  await context.route(
    (url) => !isOwn(url.href),
    (route) => {
      page.problems.push(`request beyond the site: ${route.request().url()}`);
      return route.abort();
    },
  );
  page.on('request', (request) => page.requests.push(request.url()));
  page.on('requestfailed', (request) => {
    // Leaving a page ends what it was still loading.
    if (request.failure().errorText !== 'net::ERR_ABORTED')
      page.problems.push(`${request.failure().errorText}: ${request.url()}`);
  });
  page.on('response', (response) => {
    const { status, url } = { status: response.status(), url: response.url() };
    if (status >= 400 && !response.request().isNavigationRequest()) page.problems.push(`${status}: ${url}`);
  });
  page.on('pageerror', (error) => page.problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    const isOfStatus = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isOfStatus) page.problems.push(`console: ${message.text()}`);
  });
  return page;
}

/** How far the content of a page is wider than its window, and what makes it so. */
export async function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width && (right > innerWidth + 1 || (root.dir === 'rtl' && left < -1));
    });
    const name = (element) => element.outerHTML.slice(0, 120);
    const hides = [root, document.body].some(
      (element) => !['visible', 'auto'].includes(getComputedStyle(element).overflowX),
    );
    return {
      pixels: root.scrollWidth - root.clientWidth,
      hides,
      // Those with nothing wide inside are the cause.
      causes: wide
        .filter((one) => !wide.some((other) => other !== one && one.contains(other)))
        .slice(0, 5)
        .map(name),
    };
  });
}

/** Fails with each different line of a list that should be empty. */
export function none(lines) {
  if (lines.length) assert.fail([...new Set(lines)].join('\n'));
}
