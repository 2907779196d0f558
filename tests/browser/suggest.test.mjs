// The search field of every page, as a combobox: by keyboard alone, with a screen reader, by touch, without JavaScript.
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findings } from './accessibility.mjs';
import { launch, none, openPage, overflow } from './browser.mjs';
import { build, copyOfSample, sample, siteOf } from './site.mjs';
import { serveFolder } from './static-server.mjs';

const [folder, browser] = await Promise.all([sample(), launch()]);
const server = await serveFolder(folder);
after(server.stop);

const field = (page) => page.locator('form[data-scripts] [name=q]');
const options = (page) => page.locator('[role=listbox] [role=option]');
const active = (page) =>
  page.evaluate(() => {
    const id = document.activeElement.getAttribute('aria-activedescendant');
    return id && document.getElementById(id).textContent;
  });

/** Opens a page for one test. */
const on =
  (path, test, settings = {}) =>
  async (context) => {
    const page = await openPage(browser, server.origin, settings);
    context.after(() => page.context().close());
    await page.goto(server.url + path);
    await test(page);
    none(page.problems);
  };

async function type(page, text) {
  await field(page).focus();
  await page.keyboard.type(text);
  await options(page).first().waitFor();
}

it(
  'loads nothing before the field has the focus, and only what is needed then',
  on('coops/agaric/', async (page) => {
    const scripts = () => page.requests.filter((url) => /search-index|suggest|\/search\//.test(url));
    await page.waitForLoadState('networkidle');
    assert.deepEqual(scripts(), []);
    await type(page, 'cargo bikes');
    assert.ok(scripts().length < 16, scripts().join('\n'));
  }),
);

it(
  'suggests entries, and leads to one by the keyboard alone',
  on('coops/agaric/', async (page) => {
    await type(page, 'cargo bik');
    assert.equal(await field(page).getAttribute('aria-expanded'), 'true');
    assert.equal(await active(page), null);
    await page.keyboard.press('ArrowDown');
    assert.match(await active(page), /^8,000 euros for two cargo bikes Need$/);
    assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(page), null, 'back in the field');
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(page), 'All results', 'round the end');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}needs/two-cargo-bikes/`);
  }),
);

it(
  'closes with Escape and keeps what was typed; without a choice, Enter searches',
  on('needs/', async (page) => {
    await type(page, 'cargo bikes');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[role=listbox]').isVisible(), false);
    assert.equal(await field(page).getAttribute('aria-expanded'), 'false');
    assert.equal(await field(page).inputValue(), 'cargo bikes');
    await page.keyboard.press('ArrowDown');
    await options(page).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}search/?q=cargo+bikes`);
  }),
);

it(
  'can be clicked, and leads to all results',
  on(
    'statistics/',
    async (page) => {
      await type(page, 'solar');
      await options(page).last().click();
      await page.waitForURL(`${server.url}search/?q=solar`);
      await page.goBack();
      await type(page, 'cargo bikes');
      await options(page).first().click();
      await page.waitForURL(`${server.url}needs/two-cargo-bikes/`);
    },
    { hasTouch: true },
  ),
);

it(
  'says how many there are, and nothing where there are none',
  on('coops/agaric/', async (page) => {
    await type(page, 'cargo bikes');
    assert.match(
      await page.locator('form[data-scripts] [role=status]').textContent(),
      /^Suggestions: \d\. Choose with the arrow keys\.$/,
    );
    await field(page).fill('qwertzuiopasdfg');
    await page.waitForFunction(() => document.querySelector('[role=listbox]').hidden);
    assert.equal(await page.locator('form[data-scripts] [role=status]').textContent(), '');
  }),
);

it(
  'goes away when the focus does',
  on('coops/agaric/', async (page) => {
    await type(page, 'solar');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('[role=listbox]').isVisible(), false);
  }),
);

it(
  'has nothing that axe-core finds while it is open, and fits every screen',
  on('', async (page) => {
    for (const path of ['', 'es/coops/agaric/']) {
      await page.goto(server.url + path);
      await type(page, 'solar');
      await page.keyboard.press('ArrowDown');
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 1280],
        ['dark', 320],
      ]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        none(await findings(page));
        const { pixels, causes } = await overflow(page);
        assert.equal(pixels, 0, causes.join('\n'));
      }
    }
  }),
);

it('text stays text, and another direction is kept', async (context) => {
  const title = 'مطحنة <img src=x onerror=alert(1)> zebra';
  const hostile = await serveFolder(
    await build(
      await siteOf({
        'content/coops/zebra.md': `---\ntitle: ${JSON.stringify(title)}\nlang: ar\n---\nمياه\n`,
      }),
    ),
  );
  context.after(hostile.stop);
  const page = await openPage(browser, hostile.origin, {});
  context.after(() => page.context().close());
  await page.goto(`${hostile.url}coops/`);
  await type(page, 'zebra');
  const name = options(page).first().locator('span').first();
  assert.equal(await name.textContent(), title);
  assert.deepEqual([await name.getAttribute('lang'), await name.getAttribute('dir')], ['ar', 'auto']);
  assert.equal(await page.locator('[role=listbox] img').count(), 0);
  none(page.problems);
});

it('works from a folder, without a server', async (context) => {
  const portable = pathToFileURL(await build(await copyOfSample(), '--portable')).href;
  const page = await openPage(browser, 'file://', {});
  context.after(() => page.context().close());
  await page.goto(`${portable}/es/coops/agaric/index.html`);
  await type(page, 'cargo bikes');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${portable}/es/needs/two-cargo-bikes/index.html`);
  none(page.problems);
});

it(
  'without JavaScript it leads to the search page, which explains',
  on(
    'coops/agaric/',
    async (page) => {
      await field(page).fill('cargo bikes');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${server.url}search/?q=cargo+bikes`);
      assert.match(await page.locator('noscript').innerText(), /JavaScript/);
    },
    { javaScriptEnabled: false },
  ),
);
