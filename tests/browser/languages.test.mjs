// Pages in several languages, and what they say about words that are in another one.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { findings } from './accessibility.mjs';
import { launch, none, openPage, overflow } from './browser.mjs';
import { build, sample, siteOf } from './site.mjs';
import { serveFolder } from './static-server.mjs';

const [folder, browser] = await Promise.all([sample(), launch()]);
const server = await serveFolder(folder);
after(server.stop);

/** Opens a page for one test, at the end of which nothing may have gone wrong on it. */
async function at(context, path, test, { origin, url } = server) {
  const page = await openPage(browser, origin);
  context.after(() => page.context().close());
  await page.goto(url + path);
  await test(page);
  none(page.problems);
}

const languageOf = (page, selector) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.closest('[lang]').lang);

describe('the sample in Spanish', () => {
  it('has its own words around the content', (context) =>
    at(context, 'es/', async (page) => {
      assert.equal(await page.locator('html').getAttribute('lang'), 'es');
      const sections = await page.locator('.top nav a').allTextContents();
      assert.ok(sections.includes('Necesidades') && sections.includes('Ofertas'), sections.join(', '));
    }));

  it('shows a translation as such', (context) =>
    at(context, 'es/coops/agaric/', async (page) => {
      assert.match(await page.locator('.lead').first().textContent(), /^Cooperativa de desarrollo web/);
      assert.equal(await languageOf(page, '.lead'), 'es');
      assert.match(await page.locator('.prose').textContent(), /Nicaragua que organiza|llamadas abiertas/);
      assert.equal(await languageOf(page, '.prose'), 'es');
    }));

  it('shows what is not translated in its own language, and says so', (context) =>
    at(context, 'es/coops/ampled/', async (page) => {
      assert.match(await page.locator('.lead').textContent(), /^A cooperatively owned platform/);
      for (const selector of ['h1', '.lead', '.prose']) assert.equal(await languageOf(page, selector), 'en', selector);
      assert.match(await page.locator('.body .note').first().textContent(), /inglés/i);
      assert.equal(await languageOf(page, '.body .note'), 'es');
    }));

  it('stays in Spanish from page to page', (context) =>
    at(context, 'es/', async (page) => {
      const links = await page
        .locator('main a[href], .top nav a[href], .foot nav a[href]')
        .evaluateAll((all) =>
          all.map(({ href }) => href).filter((href) => href.startsWith(location.origin) && !/\.(ics|atom)$/.test(href)),
        );
      const elsewhere = links.filter((href) => !href.startsWith(`${server.url}es/`));
      assert.deepEqual(elsewhere, []);
    }));

  it('searches in Spanish', (context) =>
    at(context, 'es/search/', async (page) => {
      await page.locator('#search-q').fill('desarrollo web');
      await page.waitForFunction(() => document.querySelector('#search-results a'));
      const [link] = await page.locator('#search-results a').evaluateAll((all) => all.map(({ href }) => href));
      assert.ok(link.startsWith(`${server.url}es/`), link);
      assert.match(
        await page.locator('#search-status').textContent(),
        /^\d+ resultados?, y después, con menos palabras: \d+$/,
      );
      assert.ok(page.requests.some((url) => url.startsWith(`${server.url}search/es/`)));
      assert.ok(!page.requests.some((url) => url.startsWith(`${server.url}search/en/`)));
    }));

  it('marks results that are in another language', (context) =>
    at(context, 'es/search/?q=Ampled', async (page) => {
      const result = page.locator('#search-results > li', { hasText: 'Ampled' }).first();
      await result.waitFor();
      assert.equal(await result.getAttribute('lang'), 'en');
    }));
});

describe('the language switcher', () => {
  for (const path of ['', 'coops/agaric/', 'calls/2026-10/', 'coops/page/2/']) {
    it(`leads from /${path} to the same page and back`, (context) =>
      at(context, path, async (page) => {
        const choose = async (name) => {
          await page.locator('.languages summary').click();
          await page.locator('.languages a', { hasText: name }).click();
        };
        await choose('Español');
        await page.waitForURL(`${server.url}es/${path}`);
        assert.equal(await page.locator('html').getAttribute('lang'), 'es');
        await choose('English');
        await page.waitForURL(server.url + path);
        assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      }));
  }

  it('names each language in itself and marks the present one', (context) =>
    at(context, '', async (page) => {
      const links = await page
        .locator('.languages a')
        .evaluateAll((all) =>
          all.map((link) => [link.lang, link.hreflang, link.textContent, link.getAttribute('aria-current')]),
        );
      assert.deepEqual(links, [
        ['en', 'en', 'English', 'true'],
        ['es', 'es', 'Español', null],
      ]);
    }));
});

describe('words of another language', () => {
  const mark = async (link) => [await link.getAttribute('lang'), await link.getAttribute('dir')];

  it('are marked in lists, and in titles on their own page', (context) =>
    at(context, 'needs/', async (page) => {
      const link = page.locator('main a[href$="needs/probar-con-repartidores/"]').first();
      assert.deepEqual(await mark(link), ['es', 'ltr']);
      assert.equal(
        await page.locator('main a[href$="needs/plataforma-de-reparto/"]').first().getAttribute('lang'),
        null,
        'it is translated',
      );
      await link.click();
      await page.waitForURL(`${server.url}needs/probar-con-repartidores/`);
      assert.deepEqual(await mark(page.locator('h1')), ['es', 'ltr']);
      assert.match(await page.locator('.body .note').first().textContent(), /Spanish/);
    }));

  it('have their own direction', (context) =>
    at(context, 'es/needs/fatura-lil-kharij/', async (page) => {
      assert.deepEqual(await mark(page.locator('html')), ['es', 'ltr']);
      for (const selector of ['h1', '.lead', '.prose'])
        assert.deepEqual(await mark(page.locator(selector)), ['ar', 'rtl'], selector);
    }));
});

describe('a site from right to left', async () => {
  const title = 'تعاونية المثال';
  const site = await siteOf({
    'site.yaml': 'title: دليل التعاونيات\nlanguages: [ar]\n',
    'content/coops/mithal.md': [
      `---\ntitle: "${title}"\nsummary: نبني مواقع للتعاونيات الأخرى\ncountry: MA\n---`,
      'نعمل منذ سنوات معاً.\n',
    ].join('\n'),
    'content/coops/example.md':
      '---\ntitle: "Example: Left"\nlang: en\nsummary: We write from left to right.\n---\nHello.\n',
    'content/needs/tarjama.md': '---\ntitle: ترجمة دليلنا\ncoop: mithal\nkind: human\n---\nعشر صفحات.\n',
    'content/offers/tarjama.md': '---\ntitle: ترجمة كل دليل\ncoop: example\nkind: human\n---\nمئة صفحة.\n',
  });
  const arabic = await serveFolder(await build(site));
  after(arabic.stop);

  for (const path of ['', 'coops/', 'coops/mithal/', 'needs/tarjama/', 'matches/', 'calls/', 'search/', 'a-z/']) {
    it(`/${path} fits every screen and has nothing that axe-core finds`, (context) =>
      at(
        context,
        path,
        async (page) => {
          assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
          assert.equal(await page.locator('html').getAttribute('lang'), 'ar');
          for (const width of [320, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            const { pixels, causes } = await overflow(page);
            assert.equal(pixels, 0, causes.join('\n'));
          }
          for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme });
            none(await findings(page));
          }
        },
        arabic,
      ));
  }

  it('marks what is written from left to right', (context) =>
    at(
      context,
      'coops/example/',
      async (page) => {
        const heading = page.locator('h1');
        assert.deepEqual([await heading.getAttribute('lang'), await heading.getAttribute('dir')], ['en', 'ltr']);
      },
      arabic,
    ));

  it('finds a word with or without its vowel marks', (context) =>
    at(
      context,
      'search/',
      async (page) => {
        await page.locator('#search-q').fill('تَرْجَمة دليل');
        await page.waitForFunction(() => document.querySelectorAll('#search-results a').length === 2);
      },
      arabic,
    ));
});
