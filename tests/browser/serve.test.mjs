// `ayni serve`, as somebody meets it who edits the site and looks at it beside the editor.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { launch, none, openPage } from './browser.mjs';
import { copyOfSample, serve, write } from './site.mjs';

const [browser, site] = await Promise.all([launch(), copyOfSample()]);
const url = await serve(site);

const edit = async (file, from, to) => {
  const text = await readFile(join(site, file), 'utf8');
  assert.ok(text.includes(from), `${file} has “${from}”`);
  await writeFile(join(site, file), text.replace(from, to));
};

/** Opens a page and waits until it listens for changes. */
async function open(context, path) {
  const page = await openPage(browser, new URL(url).origin);
  context.after(() => page.context().close());
  await listening(page, () => page.goto(url + path));
  return page;
}

async function listening(page, cause) {
  const events = page.waitForResponse('**/.ayni/events');
  await cause();
  await events;
}

const reads = (page, selector, text) =>
  page.waitForFunction(
    ([selector, text]) => document.querySelector(selector)?.textContent.includes(text),
    [selector, text],
  );

it('shows what has been saved', async (context) => {
  const page = await open(context, 'needs/two-cargo-bikes/');
  assert.equal(await page.locator('h1').textContent(), '8,000 euros for two cargo bikes');
  await listening(page, () => edit('content/needs/two-cargo-bikes.md', '8,000 euros', '9,000 euros'));
  await reads(page, 'h1', '9,000 euros for two cargo bikes');
  // Saved again: it goes on listening.
  await listening(page, () => edit('content/needs/two-cargo-bikes.md', '9,000 euros', '8,000 euros'));
  await reads(page, 'h1', '8,000 euros for two cargo bikes');
  none(page.problems);
});

it('shows it on every page that mentions it', async (context) => {
  const page = await open(context, 'coops/example-first-cart/');
  await listening(page, () => edit('content/needs/two-cargo-bikes.md', 'two cargo bikes', 'three cargo bikes'));
  await reads(page, 'main', '8,000 euros for three cargo bikes');
  await listening(page, () => edit('content/needs/two-cargo-bikes.md', 'three cargo bikes', 'two cargo bikes'));
  await reads(page, 'main', '8,000 euros for two cargo bikes');
  none(page.problems);
});

it('shows a new entry', async (context) => {
  const page = await open(context, 'needs/');
  await listening(page, () =>
    write(site, {
      'content/needs/a-kettle.md':
        '---\ntitle: A kettle for the workshop\ncoop: agaric\nkind: technical\ncreated: 2026-11-22\n---\nAny.\n',
    }),
  );
  await page.locator('main a', { hasText: 'A kettle for the workshop' }).first().click();
  await page.waitForURL(`${url}needs/a-kettle/`);
  none(page.problems);
});

it('lays errors over the page, which stays, until they are corrected', async (context) => {
  const page = await open(context, 'coops/agaric/');
  const problems = page.locator('#ayni-problems');
  assert.equal(await problems.isVisible(), false);

  await listening(page, () => edit('content/coops/agaric.md', 'country: US', 'contry: US'));
  await reads(page, '#ayni-problems', 'contry');
  assert.match(await problems.textContent(), /content\/coops\/agaric\.md:\d+:\d+/);
  assert.match(await problems.textContent(), /did you mean `country`/);
  assert.equal(await problems.isVisible(), true);
  assert.equal(await page.locator('h1').textContent(), 'Agaric');
  assert.match(await page.locator('main').textContent(), /regular open calls/);

  await listening(page, () => edit('content/coops/agaric.md', 'contry: US', 'country: US'));
  await page.waitForFunction(() => document.querySelector('#ayni-problems')?.textContent === '');
  assert.equal(await problems.isVisible(), false);
  assert.match(await page.locator('main .facts').first().textContent(), /United States/);
  none(page.problems);
});

it('shows an error in site.yaml and goes on', async (context) => {
  const page = await open(context, '');
  await listening(page, () => edit('site.yaml', 'title: Ayni Directory', 'titel: Ayni Directory'));
  await reads(page, '#ayni-problems', 'titel');
  await listening(page, () => edit('site.yaml', 'titel: Ayni Directory', 'title: Another Directory'));
  await reads(page, 'h1', 'Another Directory');
  await page.waitForFunction(() => document.querySelector('#ayni-problems')?.textContent === '');
  none(page.problems);
});

it('answers as a web server does', async () => {
  const status = async (path, options) => (await fetch(url + path, { redirect: 'manual', ...options })).status;
  assert.equal(await status('coops/agaric/'), 200);
  assert.equal(await status('coops/agaric'), 308);
  assert.equal(await status('no/such/page/'), 404);
  assert.equal(await status('coops/agaric/', { method: 'POST', body: 'text' }), 413);
  assert.equal(await status('%2e%2e/site.yaml'), 404);
  assert.equal(await status('site.yaml'), 404);
});
