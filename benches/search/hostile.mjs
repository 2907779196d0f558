// How long the longest and oddest questions take, in a built site with all files loaded. README.md says how to run it.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { serve } from './common.mjs';

const [out] = process.argv.slice(2);
if (!out) throw new Error('usage: node hostile.mjs FOLDER');
const tests = createRequire(resolve(import.meta.dirname, '../../tests/browser/package.json'));
const { chromium } = tests('playwright-core');

const fill = (make, length = 1000) => {
  let text = '';
  for (let at = 0; text.length < length; at++) text += make(at);
  return text.slice(0, length);
};
const letter = (at) => String.fromCharCode(97 + (at % 26));
const word = (at, length) => Array.from({ length }, (_, place) => letter(at * 7 + place * (at + 3))).join('');
const COMMON =
  'cooperative workers repair bicycles training money translation software land food energy housing water'.split(' ');
const common = (at) => COMMON[at % COMMON.length];

/** Each kind of question, 1,000 characters long. */
const QUESTIONS = {
  'two common words, for comparison': 'training cooperative',
  'one word and forty wildcards': `co${'*'.repeat(40)}x`,
  'wildcards between letters': fill(() => 'a*'),
  'many patterns with a beginning': fill((at) => `${word(at, 2)}*${letter(at)} `),
  'many patterns without one': fill((at) => `*${letter(at)}*${letter(at + 4)}* `),
  'many short beginnings': fill((at) => `${letter(at)}${letter(at + 4)}* `),
  'many common words': fill((at) => `${common(at)} `),
  'many words that nothing has': fill((at) => `${word(at, 8)} `),
  'many words with a letter wrong': fill((at) => `${common(at).slice(0, 4)}${letter(at)}${common(at).slice(4)} `),
  'many fuzzy words': fill((at) => `${word(at, 6)}~2 `),
  'fuzzy words in one clause': `${fill((at) => `${word(at, 3)}-`, 997)}~2`,
  'one long word': fill(letter),
  'one long word, fuzzy': `${fill(letter, 998)}~2`,
  'one long compound': fill((at) => `${letter(at)}-`),
  'one long compound of Chinese': fill((at) => String.fromCharCode(0x4e00 + ((at * 13) % 5000))),
  'many phrases': fill((at) => `"${common(at)} ${common(at + 1)}" `),
  'many phrases that must not be there': `training ${fill((at) => `-"${common(at)} ${common(at + 1)}" `, 990)}`,
  'many words of one field': fill((at) => `text:${common(at)} summary:${common(at + 3)} `),
  'many values of a facet': fill((at) => `country:${word(at, 2)} topic:${word(at, 4)} `),
  'quotes alone': fill(() => '"'),
  'signs alone': fill(() => '+-~^:*'),
  'names of what every object has': fill(() => 'constructor __proto__ toString:x __proto__:x hasOwnProperty~2 '),
};
const FACETS = ['type', 'country', 'sector', 'kind', 'topic', 'language'];

const server = await serve(out);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
await page.goto(`${server.url}search/`);
console.log('| question | results | first, with its files | files loaded, median of 5 |\n|---|---:|---:|---:|');
for (const [what, query] of Object.entries(QUESTIONS)) {
  const [count, ...times] = await page.evaluate(
    async ([query, counted]) => {
      const times = [0];
      for (let turn = 0; turn < 6; turn++) {
        const start = performance.now();
        const answer = await ayniSearch.search('./en/', { query, chosen: {}, counted });
        await Promise.all(Array.from({ length: Math.min(10, answer.count) }, (_, at) => answer.entry(at)));
        times.push(performance.now() - start);
        times[0] = answer.count;
      }
      return times;
    },
    [query, FACETS],
  );
  const [first, ...others] = times;
  console.log(`| ${what} | ${count} | ${first.toFixed(0)} ms | ${others.sort((a, b) => a - b)[2].toFixed(0)} ms |`);
}
await browser.close();
process.exit(0);
