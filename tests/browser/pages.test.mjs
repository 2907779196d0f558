// Every kind of page: it loads under a strict policy, fits every screen, can be used by all, and works by keyboard.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findings } from './accessibility.mjs';
import { launch, none, openPage, overflow } from './browser.mjs';
import { sample } from './site.mjs';
import { serveFolder } from './static-server.mjs';

const [folder, browser] = await Promise.all([sample(), launch()]);
const server = await serveFolder(folder);
after(server.stop);

const KINDS = {
  home: '',
  coops: 'coops/',
  'coops, second page': 'coops/page/2/',
  'coops of a country': 'coops/country/br/',
  'coops of a sector': 'coops/sector/delivery/',
  coop: 'coops/agaric/',
  'coop with needs, offers and calls': 'coops/example-harbour-code/',
  'coop in another language': 'coops/example-rede-semente/',
  needs: 'needs/',
  'needs of a kind': 'needs/kind/technical/',
  need: 'needs/accessibility-review-of-our-booking-app/',
  'need in Arabic': 'needs/fatura-lil-kharij/',
  'need that is met': 'needs/share-a-stand-at-the-autumn-fair/',
  'former needs': 'needs/archive/',
  offers: 'offers/',
  offer: 'offers/offline-first-apps/',
  'former offers': 'offers/archive/',
  matches: 'matches/',
  'match that Ayni suggests': 'matches/files-off-the-rented-cloud--move-to-servers-you-own/',
  'match that people made': 'matches/laptops-for-learners--refurbished-laptops/',
  rings: 'rings/',
  ring: 'rings/example-coral-mesh--example-solar-quilt/',
  'ring of four in Spanish':
    'es/rings/example-kite-school--example-river-credit--example-solar-quilt--example-puente-legal/',
  calls: 'calls/',
  'calls of a year': 'calls/2026/',
  'call that was held': 'calls/2026-10/',
  'call that is planned': 'calls/2026-11/',
  agenda: 'calls/2026-11/agenda/',
  'agenda in Spanish': 'es/calls/2026-11/agenda/',
  'call that was cancelled': 'calls/2026-08/',
  wiki: 'pages/',
  'wiki page': 'pages/about/',
  'wiki page with tables': 'pages/handbook/fields/',
  'wiki page with code': 'pages/handbook/for-admins/',
  'wiki page with tasks': 'pages/calls/for-facilitators/',
  topics: 'topics/',
  topic: 'topics/free-software/',
  commons: 'commons/',
  statistics: 'statistics/',
  'a to z': 'a-z/',
  changes: 'changes/',
  'wanted pages': 'wanted/',
  search: 'search/',
  'home in Spanish': 'es/',
  'call in Spanish': 'es/calls/2026-10/',
  'no such page': 'no/such/page/',
};

for (const [kind, path] of Object.entries(KINDS)) {
  describe(`${kind}: /${path}`, () => {
    let page, response;

    before(async () => {
      page = await openPage(browser, server.origin, { viewport: { width: 1280, height: 800 } });
      response = await page.goto(server.url + path, { waitUntil: 'load' });
    });
    after(() => page?.context().close());

    it('loads without an error, a violation of the policy or a foreign request', async () => {
      assert.equal(response.status(), kind === 'no such page' ? 404 : 200);
      assert.notEqual((await page.title()).trim(), '');
      assert.equal(await page.locator('h1').count(), 1);
      none(page.problems);
    });

    for (const width of [320, 360, 1280]) {
      it(`fits a screen of ${width} pixels`, async () => {
        await page.setViewportSize({ width, height: 800 });
        const { pixels, causes, hides } = await overflow(page);
        assert.equal(pixels, 0, `${pixels} pixels too wide:\n  ${causes.join('\n  ')}`);
        assert.equal(hides, false, 'the page hides what is too wide');
      });
    }

    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 320],
    ]) {
      it(`has nothing that axe-core finds (${colorScheme}, ${width} pixels)`, async () => {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        none(await findings(page));
      });
    }

    it('has a link that skips to the content', async () => {
      await page.goto(server.url + path);
      await page.keyboard.press('Tab');
      const link = page.locator(':focus');
      const main = await page.locator('main').getAttribute('id');
      assert.equal(await link.getAttribute('href'), `#${main}`);
      const box = await link.boundingBox();
      assert.ok(
        box.x >= 0 && box.y >= 0 && box.width > 1 && box.height > 1,
        'the link can be seen when it has the focus',
      );
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const isPast = await page.evaluate(() =>
        Boolean(
          document.querySelector('main').compareDocumentPosition(document.activeElement) &
            Node.DOCUMENT_POSITION_FOLLOWING,
        ),
      );
      assert.ok(isPast, 'the next stop is in the content or after it');
    });
  });
}

describe('former address: /coops/agaric-coop/', () => {
  it('leads on', async () => {
    const page = await openPage(browser, server.origin);
    await page.goto(`${server.url}coops/agaric-coop/`);
    await page.waitForURL(`${server.url}coops/agaric/`);
    assert.equal(await page.locator('h1').textContent(), 'Agaric');
    none(page.problems);
    await page.context().close();
  });

  it('says where to, in a browser that does not follow', async () => {
    const page = await openPage(browser, server.origin, { viewport: { width: 320, height: 600 } });
    await page.route('**/coops/agaric-coop/', async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, '');
      await route.fulfill({ response, body: html });
    });
    await page.goto(`${server.url}coops/agaric-coop/`);
    assert.equal(await page.locator('main a').evaluate((link) => link.href), `${server.url}coops/agaric/`);
    assert.equal((await overflow(page)).pixels, 0);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      none(await findings(page));
    }
    none(page.problems);
    await page.context().close();
  });
});

it('what is for the network or was declined is not there', async () => {
  for (const path of [
    'needs/review-of-the-savings-app/',
    'matches/two-cargo-bikes--bridge-loans-from-the-solidarity-fund/',
    'es/matches/two-cargo-bikes--bridge-loans-from-the-solidarity-fund/',
  ]) {
    assert.equal((await fetch(server.url + path)).status, 404, path);
  }
});

it('a coop page is light', async () => {
  const page = await openPage(browser, server.origin);
  const bodies = [];
  page.on('response', (response) => bodies.push(response.body()));
  await page.goto(`${server.url}coops/agaric/`, { waitUntil: 'networkidle' });
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  assert.ok(bytes <= 30_000, `${bytes} bytes over the wire, of at most 30,000`);
  await page.context().close();
});
