// Pages on paper: a call's notes or a match, to read aloud or to pin to a wall.
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { launch, none, openPage } from './browser.mjs';
import { sample } from './site.mjs';
import { serveFolder } from './static-server.mjs';

const [folder, browser] = await Promise.all([sample(), launch()]);
const server = await serveFolder(folder);
after(server.stop);

const luminance = (colour) => {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
};

for (const path of [
  '',
  'coops/example-harbour-code/',
  'matches/laptops-for-learners--refurbished-laptops/',
  'calls/2026-10/',
  'calls/2026-11/',
  'calls/2026-11/agenda/',
  'pages/handbook/fields/',
]) {
  it(`/${path} prints its content and nothing to click`, async (context) => {
    const page = await openPage(browser, server.origin, { colorScheme: 'dark' });
    context.after(() => page.context().close());
    await page.goto(server.url + path);
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['.top nav', '.languages', '.foot nav', '.crumbs', 'form']) {
      for (const element of await page.locator(selector).all())
        assert.equal(await element.isVisible(), false, selector);
    }
    assert.equal(await page.locator('h1').isVisible(), true);
    assert.equal(await page.locator('main').isVisible(), true);

    // Dark on light, even where the screen is dark.
    const colours = await page.evaluate(() => {
      const { color } = getComputedStyle(document.querySelector('main'));
      const behind = [document.body, document.documentElement].map(
        (element) => getComputedStyle(element).backgroundColor,
      );
      return { color, behind: behind.find((colour) => !/, 0\)|transparent/.test(colour)) ?? 'rgb(255, 255, 255)' };
    });
    assert.ok(luminance(colours.color) < 0.3, `the text is ${colours.color}`);
    assert.ok(luminance(colours.behind) > 0.8, `the paper is ${colours.behind}`);

    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format });
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      assert.ok(pdf.length > 5_000);
    }
    none(page.problems);
  });
}

it('nothing is cut off at the edge of the paper', async (context) => {
  // A4 with margins of 15 mm, which is narrower than Letter.
  const page = await openPage(browser, server.origin, { viewport: { width: 680, height: 960 } });
  context.after(() => page.context().close());
  for (const path of [
    'calls/2026-10/',
    'calls/2026-11/agenda/',
    'pages/handbook/fields/',
    'pages/handbook/for-admins/',
  ]) {
    await page.goto(server.url + path);
    await page.emulateMedia({ media: 'print' });
    const cut = await page
      .locator('main *')
      .evaluateAll((all) =>
        all
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 100)),
      );
    none(cut.map((element) => `/${path}: ${element}`));
  }
});
