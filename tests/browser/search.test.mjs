// Search, as somebody who looks for help meets it.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findings } from './accessibility.mjs';
import { launch, none, openPage, overflow } from './browser.mjs';
import { build, copyOfSample, sample, serve, siteOf } from './site.mjs';
import { serveFolder } from './static-server.mjs';

const [folder, browser] = await Promise.all([sample(), launch()]);
const server = await serveFolder(folder);
after(server.stop);

/** A need of the sample, whose page is needs/two-cargo-bikes/. */
const BIKES = '8,000 euros for two cargo bikes';

/** Bicycles: the need has both words and the offers one each. */
const small = await siteOf({
  'content/coops/wheels.md': '---\ntitle: "Example: Wheels"\ncountry: PT\n---\nWe ride.\n',
  'content/needs/bicycles.md': '---\ntitle: Scarlet bicycles\ncoop: wheels\nkind: technical\n---\nTwo.\n',
  'content/offers/paint.md': '---\ntitle: Scarlet paint\ncoop: wheels\nkind: technical\n---\nA bucket.\n',
  'content/offers/reparacao.md': '---\ntitle: Reparação de vélos\ncoop: wheels\nkind: human\n---\nAos sábados.\n',
  'content/offers/repair.md': '---\ntitle: Repair of bicycles\ncoop: wheels\nkind: human\n---\nOn Fridays.\n',
});
const smallServer = await serveFolder(await build(small));
after(smallServer.stop);

const field = (page) => page.locator('#search-q');
const titles = (page) => page.locator('#search-results [data-part=title]').allTextContents();
const status = (page) => page.locator('#search-status').textContent();
const value = (page, facet, id) => page.locator(`#search-facets [data-facet=${facet}] input[value="${id}"]`);

/** How many results the page says there are. */
const count = async (page) => Number((await status(page)).match(/(\d+) results?$/)?.[1]);

/** Waits until the results have been shown for what the address asks. */
async function answered(page, says) {
  await page.waitForFunction(
    ({ source }) => new RegExp(source).test(document.querySelector('#search-status').textContent),
    { source: says.source },
  );
}

async function look(page, words, first) {
  await field(page).fill(words);
  await page.waitForFunction(
    (title) => document.querySelector('#search-results [data-part=title]')?.textContent === title,
    first,
  );
}

/** Opens the search page below `url` for one test. */
async function withSearch(context, url, options, test) {
  const page = await openPage(browser, new URL(url).protocol === 'file:' ? 'file://' : new URL(url).origin, options);
  context.after(() => page.context().close());
  await page.goto(url);
  await test(page);
  none(page.problems);
}

describe('looking for words', () => {
  it('finds an entry by two words, and leads to it', (context) =>
    withSearch(context, `${server.url}search/`, {}, async (page) => {
      await look(page, 'cargo bikes', BIKES);
      assert.match(await status(page), /^1 result, then with fewer of the words: \d+$/);
      await page.locator('#search-results a').first().click();
      await page.waitForURL(`${server.url}needs/two-cargo-bikes/`);
      assert.equal(await page.locator('h1').textContent(), BIKES);
    }));

  it('takes the last word as the beginning of one', (context) =>
    withSearch(context, `${server.url}search/`, {}, async (page) => {
      await look(page, 'cargo bik', BIKES);
    }));

  it('does not mind case and accents', (context) =>
    withSearch(context, `${smallServer.url}search/`, {}, async (page) => {
      await look(page, 'REPARACAO velo', 'Reparação de vélos');
    }));

  it('shows what has all words, then what has fewer, and says so', (context) =>
    withSearch(context, `${smallServer.url}search/`, {}, async (page) => {
      await look(page, 'scarlet bicycles', 'Scarlet bicycles');
      assert.deepEqual((await titles(page)).toSorted(), ['Repair of bicycles', 'Scarlet bicycles', 'Scarlet paint']);
      assert.equal(await status(page), '1 result, then with fewer of the words: 2');
      const items = await page.locator('#search-results > li').allTextContents();
      assert.equal(items[1], 'These have fewer of the words:');
      assert.equal(items.length, 4);
      await page.goto(`${smallServer.url}search/?q=scarlet+bicycles+&sort=title`);
      await answered(page, /^1 result, /);
      assert.deepEqual(await titles(page), ['Scarlet bicycles', 'Repair of bicycles', 'Scarlet paint']);
    }));

  it('suggests nothing that has fewer of the words', (context) =>
    withSearch(context, smallServer.url, {}, async (page) => {
      await page.locator('main [name=q]').pressSequentially('scarlet bicycles');
      await page.waitForFunction(() => document.querySelector('[role=listbox] [role=option]'));
      assert.deepEqual(await page.locator('[role=option] span:first-child').allTextContents(), ['Scarlet bicycles']);
    }));

  it('says so when nothing has all words', (context) =>
    withSearch(context, `${smallServer.url}search/`, {}, async (page) => {
      await field(page).fill('scarlet repair ');
      await answered(page, /^No entry has all these words.* 3 results$/);
      assert.deepEqual((await titles(page)).sort(), ['Repair of bicycles', 'Scarlet bicycles', 'Scarlet paint']);
    }));

  it('says so when nothing has any', (context) =>
    withSearch(context, `${server.url}search/`, {}, async (page) => {
      await field(page).fill('qwertzuiop');
      await answered(page, /^Nothing found/);
      assert.deepEqual(await titles(page), []);
    }));

  it('shows ten, and ten more when asked', (context) =>
    withSearch(context, `${server.url}search/?q=cooperative`, {}, async (page) => {
      await answered(page, /results$/);
      assert.equal((await titles(page)).length, 10);
      await page.locator('#search-more').click();
      await page.waitForFunction(() => document.querySelectorAll('#search-results > li').length === 20);
      const focused = await page.evaluate(() => document.activeElement.textContent);
      assert.equal(focused, (await titles(page))[10]);
      assert.equal(new Set(await titles(page)).size, 20);
    }));

  it('can be started from the home page', (context) =>
    withSearch(context, server.url, {}, async (page) => {
      await page.locator('main [name=q]').fill('cargo bikes');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${server.url}search/?q=cargo+bikes`);
      await answered(page, /^1 result/);
      assert.equal((await titles(page))[0], BIKES);
    }));

  it('finds former needs only when asked', (context) =>
    withSearch(context, `${server.url}search/?q=share+a+stand`, {}, async (page) => {
      const title = 'Somebody to share a stand at the housing fair';
      await answered(page, /result/);
      assert.ok(!(await titles(page)).includes(title));
      await page.locator('[name=expired]').check();
      await look(page, 'share a stand', title);
      assert.match(page.url(), /expired=1/);
      assert.equal(await page.locator('#search-results > li').first().locator('[data-part=expired]').count(), 1);
    }));

  it('works with the keyboard alone', (context) =>
    withSearch(context, `${server.url}search/`, {}, async (page) => {
      await field(page).focus();
      await page.keyboard.type('cargo bikes');
      await answered(page, /^1 result/);
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), BIKES);
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'search-q');
      assert.equal(await page.locator('#search-status').getAttribute('role'), 'status');
    }));

  it('loads nothing before somebody turns to it', (context) =>
    withSearch(context, `${server.url}search/`, {}, async (page) => {
      const loaded = () => page.requests.filter((url) => url.startsWith(`${server.url}search/en/`));
      await page.waitForLoadState('networkidle');
      assert.deepEqual(loaded(), []);
      const directory = page.waitForRequest(`${server.url}search/en/directory.js`);
      await field(page).focus();
      await directory;
      assert.equal(loaded().length, 1);
      await look(page, 'cargo bikes', BIKES);
      const all = (await readdir(`${folder}/search/en`)).length;
      assert.ok(new Set(loaded()).size < all, 'only parts of the index are loaded');
    }));
});

describe('narrowing a search', () => {
  const url = `${server.url}search/?q=cooperative`;

  it('counts what each value would leave, keeps the choice in the address, and goes back', (context) =>
    withSearch(context, url, {}, async (page) => {
      await answered(page, /results$/);
      const before = await count(page);
      const offers = page.locator('[data-facet=type] label:has([value=offer]) [data-part=count]');
      const promised = Number(await offers.textContent());
      assert.ok(promised > 0 && promised < before, `${promised} of ${before}`);

      await value(page, 'type', 'offer').check();
      await answered(page, new RegExp(`^${promised} results?$`));
      assert.equal(new URL(page.url()).searchParams.get('type'), 'offer');
      const types = await page.locator('#search-results [data-part=type]').allTextContents();
      assert.deepEqual([...new Set(types)], ['Offer']);

      await page.goBack();
      await answered(page, new RegExp(`^${before} results$`));
      assert.equal(page.url(), url);
      assert.equal(await value(page, 'type', 'offer').isChecked(), false);

      await page.goForward();
      await answered(page, new RegExp(`^${promised} results?$`));
      assert.equal(await value(page, 'type', 'offer').isChecked(), true);
    }));

  it('combines two facets, and two values of one', (context) =>
    withSearch(context, `${server.url}search/?q=cooperative&type=offer&type=need`, {}, async (page) => {
      await answered(page, /results$/);
      const both = await count(page);
      assert.equal(await value(page, 'type', 'need').isChecked(), true);
      await value(page, 'kind', 'knowledge').check();
      await page.waitForURL(/kind=knowledge/);
      await page.waitForFunction(
        (both) => parseInt(document.querySelector('#search-status').textContent, 10) < both,
        both,
      );
      assert.deepEqual(new URL(page.url()).searchParams.getAll('type'), ['offer', 'need']);
    }));

  it('opens as it was when the address is shared', (context) =>
    withSearch(context, `${server.url}search/?type=coop&country=br`, {}, async (page) => {
      await answered(page, /results?$/);
      assert.equal(await value(page, 'country', 'br').isChecked(), true);
      assert.ok((await titles(page)).includes('AppJusto'));
      await page.locator('button[type=reset]').click();
      await page.waitForURL(`${server.url}search/`);
      await page.waitForFunction(() => !document.querySelector('#search-results > li'));
    }));

  it('has nothing that axe-core finds, and fits every screen, with its results', (context) =>
    withSearch(context, url, {}, async (page) => {
      await answered(page, /results$/);
      for (const facet of await page.locator('#search-facets [data-facet]:not([open])').elementHandles()) {
        await (await facet.$('summary')).click();
        await page.waitForFunction((facet) => facet.hidden || facet.querySelector('li'), facet);
      }
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 1280],
        ['light', 320],
      ]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        none(await findings(page));
        const { pixels, causes } = await overflow(page);
        assert.equal(pixels, 0, causes.join('\n'));
      }
    }));
});

describe('wherever the site lies', () => {
  it('works under a path', async (context) => {
    const deep = await serveFolder(folder, '/any/path/');
    context.after(deep.stop);
    await withSearch(context, `${deep.url}search/`, {}, async (page) => {
      await look(page, 'cargo bikes', BIKES);
      await page.locator('#search-results a').first().click();
      await page.waitForURL(`${deep.url}needs/two-cargo-bikes/`);
      await page.locator('.top a', { hasText: 'Ayni Directory' }).click();
      await page.waitForURL(deep.url);
    });
  });

  it('works from a folder, without a server', async (context) => {
    const portable = pathToFileURL(await build(await copyOfSample(), '--portable')).href;
    await withSearch(context, `${portable}/index.html`, {}, async (page) => {
      await page.locator('main [name=q]').press('Enter');
      await page.waitForURL(`${portable}/search/index.html?q=`);
      await look(page, 'cargo bikes', BIKES);
      await page.locator('#search-results a').first().click();
      await page.waitForURL(`${portable}/needs/two-cargo-bikes/index.html`);
      assert.equal(await page.locator('h1').textContent(), BIKES);
    });
  });

  it('works in `ayni serve`', async (context) => {
    const url = await serve(small);
    await withSearch(context, `${url}search/`, {}, async (page) => {
      await look(page, 'scarlet bicycles', 'Scarlet bicycles');
      await page.locator('#search-results a').first().click();
      await page.waitForURL(`${url}needs/bicycles/`);
    });
  });
});

it('text stays text, whatever it is', async (context) => {
  const title = `</script><script>alert(1)</script> <img src=x onerror=alert(2)> & "quoted" 'too' zebra`;
  const site = await siteOf({
    'site.yaml': 'title: A <b>bold</b> & "quoted" site\nlanguages: [en, es]\n',
    'content/topics.yaml': `stripes:\n  label: {en: '<img src=x onerror=alert(3)> stripes'}\n`,
    'content/coops/zebra.md': [
      '---',
      `title: ${JSON.stringify(title)}`,
      `summary: ${JSON.stringify(`${title}<!-- summary`)}`,
      'topics: [stripes]',
      '---',
      `${title} <svg onload=alert(5)></svg>`,
      '',
    ].join('\n'),
  });
  const hostile = await serveFolder(await build(site));
  context.after(hostile.stop);
  await withSearch(context, `${hostile.url}search/`, {}, async (page) => {
    page.on('dialog', (dialog) => {
      page.problems.push(`a script ran: ${dialog.message()}`);
      return dialog.dismiss();
    });
    await look(page, 'zebra', title);
    assert.equal(await page.locator('#search-results :is(img, script, svg[onload], b)').count(), 0);
    await page.locator('#search-facets [data-facet=topic] summary').click();
    const label = page.locator('#search-facets [data-facet=topic] [data-part=label]');
    await label.waitFor();
    assert.equal(await label.textContent(), '<img src=x onerror=alert(3)> stripes');
    await page.locator('#search-results a').click();
    await page.waitForURL(`${hostile.url}coops/zebra/`);
    assert.equal(await page.locator('h1').textContent(), title);
    assert.equal(await page.locator('main :is(script, img, svg[onload], a[href^="javascript"])').count(), 0);
    for (const path of ['', 'coops/', 'a-z/', 'topics/stripes/', 'changes/', 'es/coops/zebra/']) {
      await page.goto(hostile.url + path);
      assert.equal(await page.locator('main :is(script, img, svg[onload])').count(), 0, path);
    }
  });
});

it('without JavaScript, the page leads to lists instead', (context) =>
  withSearch(context, `${server.url}search/`, { javaScriptEnabled: false }, async (page) => {
    const note = page.locator('noscript');
    assert.match(await note.innerText(), /JavaScript/);
    for (const path of ['a-z/', 'coops/', 'needs/', 'offers/']) {
      assert.equal(await note.locator(`a[href="../${path}"]`).count(), 1, path);
    }
    assert.equal(await page.locator('#search-facets').isVisible(), false);
  }));
