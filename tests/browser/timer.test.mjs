// The timer of an agenda, by keyboard, while the clock of the browser is moved by hand.
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { findings } from './accessibility.mjs';
import { launch, none, openPage, overflow } from './browser.mjs';
import { sample } from './site.mjs';
import { serveFolder } from './static-server.mjs';

const [folder, browser] = await Promise.all([sample(), launch()]);
const server = await serveFolder(folder);
after(server.stop);

/** An agenda with its timer open. */
async function open(context, options = {}, path = 'calls/2026-11/agenda/') {
  const page = await openPage(browser, server.origin, options);
  context.after(() => page.context().close());
  await page.clock.install({ time: new Date('2026-11-25T16:00:00Z') });
  await page.goto(server.url + path);
  await page.locator('#timer-start').click();
  return page;
}

const text = (page, name) => page.locator(`#timer-${name}`).textContent();

it('counts down, says when little is left, and goes on below zero', async (context) => {
  const page = await open(context);
  assert.equal(await text(page, 'left'), '5:00');
  assert.equal(await text(page, 'name'), 'Welcome');
  assert.equal(await text(page, 'then'), 'Then: Example: Coral Mesh and Example: Solar Quilt');
  await page.clock.runFor(60_000);
  assert.equal(await text(page, 'left'), '4:00');
  await page.keyboard.press('ArrowRight');
  assert.equal(await text(page, 'part'), 'Earlier introductions');
  assert.equal(await text(page, 'left'), '1:00');
  for (let pair = 0; pair < 2; pair++) await page.keyboard.press('ArrowRight');
  assert.equal(await text(page, 'part'), 'First round: who we are');
  assert.equal(await text(page, 'left'), '2:00');
  await page.clock.runFor(106_000);
  assert.equal(await text(page, 'left'), '0:14');
  assert.equal(await text(page, 'said'), '15 seconds left');
  await page.clock.runFor(21_000);
  assert.equal(await text(page, 'left'), '−0:07');
  assert.equal(await text(page, 'said'), 'Time is up');
  none(page.problems);
});

it('pauses by button and goes to the speaker before and after', async (context) => {
  const page = await open(context);
  // The button that pauses has the focus.
  await page.keyboard.press('Space');
  await page.clock.runFor(30_000);
  assert.equal(await text(page, 'left'), '5:00');
  assert.equal(await text(page, 'pause'), 'Go on');
  for (let step = 0; step < 4; step++) await page.locator('#timer-next').click();
  assert.equal(await text(page, 'name'), 'Example: Maison Commune');
  await page.locator('#timer-back').click();
  assert.equal(await text(page, 'name'), 'Example: Slow Signal');
  assert.equal(await text(page, 'said'), 'Example: Slow Signal');
  await page.locator('#timer-pause').click();
  await page.clock.runFor(10_000);
  assert.equal(await text(page, 'left'), '1:50');
  none(page.problems);
});

it('ends with the last part, and is where it was after a reload', async (context) => {
  const page = await open(context);
  for (let step = 0; step < 40; step++) await page.keyboard.press('ArrowRight');
  assert.equal(await text(page, 'name'), 'Close');
  assert.equal(await text(page, 'then'), '');
  assert.equal(await page.locator('#timer-next').isDisabled(), true);
  await page.clock.runFor(20_000);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#timer').isVisible(), false);
  await page.clock.runFor(60_000);
  await page.reload();
  await page.locator('#timer-start').click();
  assert.equal(await text(page, 'name'), 'Close');
  assert.equal(await text(page, 'left'), '4:40');
  none(page.problems);
});

it('makes no sound unless asked', async (context) => {
  const page = await open(context);
  const sound = page.locator('#timer-sound');
  assert.equal(await sound.getAttribute('aria-pressed'), 'false');
  await sound.click();
  assert.equal(await sound.getAttribute('aria-pressed'), 'true');
  none(page.problems);
});

for (const [width, height] of [
  [360, 640],
  [1280, 720],
]) {
  for (const colorScheme of ['light', 'dark']) {
    it(`can be read at ${width} × ${height}, ${colorScheme}`, async (context) => {
      const page = await open(context, { viewport: { width, height }, colorScheme }, 'es/calls/2026-11/agenda/');
      none(await findings(page));
      assert.equal((await overflow(page)).pixels, 0);
      // To the introductions, which are long: their minutes have two digits.
      for (let step = 0; step < 40; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowLeft');
      assert.match(await text(page, 'left'), /^\d\d:00$/);
      const digits = await page.locator('#timer-left').boundingBox();
      assert.ok(digits.height > height / 8, `the digits are ${digits.height} pixels high`);
      assert.ok(digits.x >= 0 && digits.x + digits.width <= width, 'the digits are cut off');
      await page.clock.runFor(3_600_000);
      none(await findings(page));
    });
  }
}
