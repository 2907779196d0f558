// The page for addresses that lead nowhere, where somebody follows a link to a suggestion or a ring that has ended.
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { findings } from './accessibility.mjs';
import { launch, none, openPage } from './browser.mjs';
import { build, siteOf } from './site.mjs';
import { serveFolder } from './static-server.mjs';

const side = (title, coop) => `---\ntitle: ${title}\ncoop: ${coop}\nkind: human\naliases: [${title}-before]\n---\n`;
const site = await siteOf({
  'site.yaml': 'title: A small site\nbase_url: https://small.example/wiki/\nlanguages: [en, es]\n',
  'content/coops/a.md': '---\ntitle: A\n---\n',
  'content/coops/b.md': '---\ntitle: B\n---\n',
  'content/needs/wheat.md': side('wheat', 'a'),
  'content/needs/wheat.es.md': '---\ntitle: Trigo\n---\n',
  'content/offers/wheat.md': side('wheat', 'b'),
  'content/needs/told.md': side('told', 'a'),
  'content/offers/told.md': side('told', 'b'),
  'content/matches/told--told.md': '---\nneed: told\noffer: told\nstatus: declined\n---\n',
});
const [folder, browser] = await Promise.all([build(site), launch()]);
const server = await serveFolder(folder, '/wiki/');
after(server.stop);

/** What the page says at a path: the notes that are shown, and the links in them. */
async function said(context, path, options = {}) {
  const page = await openPage(browser, server.origin, options);
  context.after(() => page.context().close());
  const response = await page.goto(server.url + path, { waitUntil: 'networkidle' });
  assert.equal(response.status(), 404, path);
  const notes = await page.locator('[data-ended]:not([hidden])').all();
  const texts = await Promise.all(notes.map((note) => note.textContent()));
  const links = await page.locator('[data-ended]:not([hidden]) a').evaluateAll((all) => all.map((it) => it.pathname));
  return { page, texts, links };
}

const ENDED = 'If a suggestion was here, it has ended: suggestions come and go with needs and offers.';

it('says that a suggestion has ended, and links its need', async (context) => {
  for (const path of ['matches/wheat--gone/', 'matches/wheat--gone', 'matches/wheat--gone/index.html']) {
    const { page, texts, links } = await said(context, path);
    assert.deepEqual(texts, [`${ENDED}The need: wheatNew suggestions`], path);
    assert.deepEqual(links, ['/wiki/needs/wheat/', '/wiki/matches/new/']);
    none(await findings(page));
  }
});

it('speaks the language of the address', async (context) => {
  const { page, texts, links } = await said(context, 'es/matches/wheat--gone/');
  assert.equal(texts.length, 1);
  assert.match(texts[0], /^Si aquí había una sugerencia, ha terminado: .*La necesidad: TrigoSugerencias nuevas$/);
  assert.deepEqual(links, ['/wiki/es/needs/wheat/', '/wiki/es/matches/new/']);
  assert.equal(await page.locator('[data-ended]:not([hidden])').getAttribute('lang'), 'es');
  none(await findings(page));
});

it('follows the former name of a need', async (context) => {
  const { texts, links } = await said(context, 'matches/wheat-before--gone/');
  assert.deepEqual(texts, [`${ENDED}The need: wheatNew suggestions`]);
  assert.equal(links[0], '/wiki/needs/wheat/');
});

it('says the same of what never was and of what was declined', async (context) => {
  const never = await said(context, 'matches/never--was/');
  assert.deepEqual(never.texts, [`${ENDED}New suggestions`]);
  const declined = await said(context, 'matches/told--told/');
  const other = await said(context, 'matches/told--gone/');
  assert.deepEqual(declined.texts, [`${ENDED}The need: toldNew suggestions`]);
  assert.deepEqual([declined.texts, declined.links], [other.texts, other.links]);
});

it('speaks of rings', async (context) => {
  const { texts, links } = await said(context, 'rings/a--b--gone/');
  assert.deepEqual(texts, ['If a ring was here, it has ended: rings come and go with needs and offers.Rings']);
  assert.deepEqual(links, ['/wiki/rings/']);
});

it('says nothing of other addresses', async (context) => {
  for (const path of ['needs/a--b/', 'matches/topic/a--b/', 'matches/gone/', 'matches/--gone/', 'x/matches/a--b/']) {
    const { texts } = await said(context, path);
    assert.deepEqual(texts, [], path);
  }
});

it('is a good page without a script', async (context) => {
  const { page, texts } = await said(context, 'matches/wheat--gone/', { javaScriptEnabled: false });
  assert.deepEqual(texts, []);
  assert.match(await page.locator('main').textContent(), /Suggestions and rings that have ended have no page either\./);
});
