// Texts are read as CommonMark reads them: all examples of its specification, but for the differences in
// commonmark-differences.json, which the handbook's page on Markdown explains.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { launch, none } from './browser.mjs';
import { build, siteOf } from './site.mjs';

/** What the specification writes an arrow for. */
const TAB = { sign: /→/g, is: '\t' };

const examples = createRequire(import.meta.url)('commonmark-spec').tests.map(({ number, markdown, html }) => ({
  number,
  markdown: markdown.replace(TAB.sign, TAB.is),
  html: html.replace(TAB.sign, TAB.is),
}));
const differences = JSON.parse(await readFile(join(import.meta.dirname, 'commonmark-differences.json'), 'utf8'));
const expected = new Map(differences.flatMap(({ kind, examples }) => examples.map((number) => [number, kind])));

const idOf = ({ number }) => `example-${number}`;
const pageOf = (example) => [
  `content/pages/${idOf(example)}.md`,
  `---\ntitle: ${idOf(example)}\n---\n${example.markdown}`,
];
const site = await siteOf(Object.fromEntries(examples.map(pageOf)));
const folder = await build(site, '--quarantine');

/** A page that was built; null where the example has an address that is refused. */
async function built(example) {
  try {
    return await readFile(join(folder, 'pages', idOf(example), 'index.html'), 'utf8');
  } catch {
    return null;
  }
}

/** In the browser: the words of each piece of HTML, those of pictures among them, and code letter by letter. */
function words(pieces) {
  return pieces.map(({ html, selector }) => {
    if (html === null) return 'refused';
    const page = new DOMParser().parseFromString(html, 'text/html');
    const body = page.querySelector(selector);
    if (!body) return JSON.stringify(['']);
    for (const picture of body.querySelectorAll('img')) picture.replaceWith(picture.alt);
    const code = [...body.querySelectorAll('pre')].map((pre) => pre.textContent.trimEnd());
    return JSON.stringify([body.textContent.replace(/\s+/g, ' ').trim(), ...code]);
  });
}

const browser = await launch();
const page = await browser.newPage();
const ours = await page.evaluate(
  words,
  await Promise.all(examples.map(async (example) => ({ html: await built(example), selector: '.prose' }))),
);
const theirs = await page.evaluate(
  words,
  examples.map(({ html }) => ({ html, selector: 'body' })),
);
const differs = (at) => ours[at] !== theirs[at];
const excerpt = (at) => {
  const { number, markdown } = examples[at];
  return `example ${number}: ${JSON.stringify(markdown)}\n    here  ${ours[at]}\n    there ${theirs[at]}`;
};

it('shows the text that the specification shows, but for the differences that are listed', () => {
  assert.ok(examples.length >= 652, `${examples.length} examples`);
  none(examples.flatMap(({ number }, at) => (differs(at) && !expected.has(number) ? [excerpt(at)] : [])));
});

/** Whether all letters of a text stand in another one, in their order. */
function isWithin(text, other) {
  let at = 0;
  return [...text].every((letter) => {
    at = other.indexOf(letter, at) + 1;
    return at > 0;
  });
}

it('loses no letter where there is a difference', () => {
  const letters = (text) => JSON.parse(text)[0].replace(/[\s[\]!]/g, '');
  const loses = (at) => ours[at] !== 'refused' && !isWithin(letters(theirs[at]), letters(ours[at]));
  none(examples.flatMap((_, at) => (loses(at) ? [excerpt(at)] : [])));
  const refused = examples.filter((_, at) => ours[at] === 'refused').map(({ number }) => number);
  assert.deepEqual(refused, differences.find(({ kind }) => kind === 'address').examples);
});

it('lists no difference that there is not', () => {
  none(
    examples.flatMap(({ number }, at) =>
      !differs(at) && expected.has(number) ? [`${expected.get(number)}: example ${number} is the same`] : [],
    ),
  );
  assert.equal(expected.size, differences.flatMap(({ examples }) => examples).length, 'each once');
});

it('explains every kind of difference in the handbook', async () => {
  const handbook = await readFile(join(import.meta.dirname, '../../content/pages/handbook/markdown.md'), 'utf8');
  none(
    differences.flatMap(({ kind, handbook: words }) =>
      handbook.replace(/\s+/g, ' ').includes(words) ? [] : [`${kind}: “${words}”`],
    ),
  );
});
