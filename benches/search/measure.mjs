// How much a visitor loads to search, and how long that takes to make: Ayni beside Pagefind and elasticlunr, on the
// same entries and in the same run. README.md says how to run it and what the rows mean.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { documents, elasticlunrIndex, installPagefind, serve, writePages } from './common.mjs';

const [ayni, site, ...others] = process.argv.slice(2);
if (!site) throw new Error('usage: node measure.mjs AYNI SITE [pagefind] [elasticlunr]');
const tests = createRequire(resolve(import.meta.dirname, '../../tests/browser/package.json'));
const { chromium } = tests('playwright-core');
const work = mkdtempSync(join(tmpdir(), 'ayni-search-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const rows = [];
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const row = (what, of, value) => {
  rows.push([what, of, value]);
  console.error(`${what} | ${of} | ${value}`);
};

/** Runs a program; what it says, its wall time in seconds and the most memory that it held. */
function run(program, ...words) {
  const start = process.hrtime.bigint();
  const done = spawnSync('/usr/bin/time', ['-f', 'peak %M', program, ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (done.status) throw new Error(`${program}: ${done.stderr.slice(-2000)}`);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { said: done.stderr + done.stdout, seconds, peak: Number(done.stderr.match(/peak (\d+)/)[1]) * 1024 };
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function sizes(of, files) {
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  let raw = 0,
    gzip = 0,
    brotli = 0;
  for (const file of files) {
    const bytes = readFileSync(file);
    raw += bytes.length;
    gzip += gzipSync(bytes).length;
    brotli += brotliCompressSync(bytes, quick).length;
  }
  row('index: raw, gzip, brotli', of, [raw, gzip, brotli].map(kB).join(', '));
  row('index: files', of, files.length);
}

/** Two words of a title, each in few entries but not in one alone, and a long word for typing. */
function queries(all) {
  const uses = new Map(),
    words = (text) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  for (const { title, summary, text } of all)
    for (const word of words(`${title} ${summary} ${text}`)) uses.set(word, (uses.get(word) ?? 0) + 1);
  const fits = (word) => uses.get(word) > all.length / 200 && uses.get(word) < all.length / 12;
  const middle = all.slice(all.length / 3).find(({ title }) => [...words(title)].filter(fits).length > 1);
  const long = [...uses.keys()].sort().find((word) => word.length === 8 && fits(word));
  return { two: [...words(middle.title)].filter(fits).slice(0, 2).join(' '), long };
}

/** A page, and a count of what it loads from now on. */
async function counting(browser, { url, count }, path = '') {
  const page = await (await browser.newContext()).newPage();
  const devtools = await page.context().newCDPSession(page);
  await page.goto(url + path);
  await page.waitForLoadState('networkidle');
  count.bytes = count.requests = 0;
  return { page, devtools, count, close: () => page.context().close() };
}

const loaded = ({ bytes, requests }) => `${kB(bytes)}, ${requests} requests`;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

async function measureAyni(browser, { two, long }) {
  const out = join(work, 'ayni');
  const build = run(ayni, '--site', site, '--today', '2026-11-22', 'build', '--out', out, '--timings');
  row('build: index alone', 'Ayni', `${build.said.match(/index for search\s+([\d.]+) ms/)[1]} ms`);
  row('build: whole site, its peak memory', 'Ayni', `${build.seconds.toFixed(1)} s, ${kB(build.peak)}`);
  sizes('Ayni', filesBelow(join(out, 'search/en')));
  const server = await serve(out);
  const ask = (page, query, counted) =>
    page.evaluate(
      async ([query, counted]) => {
        const answer = await ayniSearch.search('./en/', { query, chosen: {}, counted });
        await Promise.all(Array.from({ length: Math.min(10, answer.count) }, (_, at) => answer.entry(at)));
        return answer.count;
      },
      [query, counted],
    );
  for (const [what, counted] of [
    ['first search, two words', []],
    ['first search, two words and three facets', ['type', 'country', 'kind']],
  ]) {
    const { page, count, close } = await counting(browser, server, 'search/');
    const found = await ask(page, two, counted);
    row(what, 'Ayni', `${loaded(count)} (${found} results)`);
    await close();
  }
  const typing = await counting(browser, server, 'search/');
  const each = [];
  for (let length = 1; length <= long.length; length++) {
    const before = typing.count.bytes;
    await ask(typing.page, long.slice(0, length), []);
    each.push(typing.count.bytes - before);
  }
  row('each keystroke of a word', 'Ayni', `${each.map((bytes) => (bytes / 1000).toFixed(0)).join(', ')} kB`);
  await typing.devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const times = [];
  const typed = [...two].map((_, at) => two.slice(0, at + 1)).concat([...long].map((_, at) => long.slice(0, at + 1)));
  for (const text of typed) {
    await ask(typing.page, text, ['type', 'country', 'kind']);
    times.push(
      await typing.page.evaluate(async (query) => {
        const start = performance.now();
        const answer = await ayniSearch.search('./en/', { query, chosen: {}, counted: ['type', 'country', 'kind'] });
        await Promise.all(Array.from({ length: Math.min(10, answer.count) }, (_, at) => answer.entry(at)));
        return performance.now() - start;
      }, text),
    );
  }
  // As the page does it: the key, the pause in which more may be typed, the answer, and the results in the page.
  const draw = (text) =>
    typing.page.evaluate(
      (text) =>
        new Promise((done) => {
          const start = performance.now(),
            field = document.querySelector('#search-q'),
            status = document.querySelector('#search-status');
          const observer = new MutationObserver(() => {
            if (!/\d/.test(status.textContent) && !document.querySelector('#search-results > li')) return;
            observer.disconnect();
            done(performance.now() - start - PAUSE);
          });
          const PAUSE = 150;
          observer.observe(status, { childList: true });
          status.textContent = '';
          observer.takeRecords();
          field.value = text;
          field.dispatchEvent(new Event('input', { bubbles: true }));
          setTimeout(() => {
            observer.disconnect();
            done(NaN);
          }, 5000);
        }),
      text,
    );
  const drawing = async () => {
    const drawn = [];
    for (const text of typed.filter((text) => text.length > 1)) drawn.push(await draw(text));
    return said(drawn.filter((time) => !Number.isNaN(time)));
  };
  const said = (times) => `${median(times).toFixed(0)} ms, ${Math.max(...times).toFixed(0)} ms`;
  row('keystroke to answer, files loaded, CPU slowed fourfold: median, worst', 'Ayni', said(times));
  row('keystroke to drawn results, files in the cache of the browser', 'Ayni', await drawing());
  row('keystroke to drawn results, files loaded', 'Ayni', await drawing());
  await typing.close();
  server.stop();
}

async function measurePagefind(browser, { two, long }, all) {
  const folder = join(work, 'pagefind');
  writePages(folder, all);
  const program = installPagefind(join(work, 'npm'));
  const build = run('node', program, '--site', folder);
  row('build: index alone', 'Pagefind', `${build.seconds.toFixed(1)} s`);
  row('build: index alone, its peak memory', 'Pagefind', kB(build.peak));
  sizes(
    'Pagefind',
    filesBelow(join(folder, 'pagefind')).filter((file) => !/pagefind-(ui|modular|component|highlight)/.test(file)),
  );
  const server = await serve(folder);
  const ask = (page, query, filters) =>
    page.evaluate(
      async ([query, filters]) => {
        globalThis.pagefind ??= await import('/pagefind/pagefind.js');
        if (filters) await pagefind.filters();
        const { results } = await pagefind.search(query);
        await Promise.all(results.slice(0, 10).map((result) => result.data()));
        return results.length;
      },
      [query, filters],
    );
  for (const [what, filters] of [
    ['first search, two words', false],
    ['first search, two words and three facets', true],
  ]) {
    const { page, count, close } = await counting(browser, server);
    const found = await ask(page, two, filters);
    row(what, 'Pagefind', `${loaded(count)} (${found} results)`);
    await close();
  }
  const { page, count, close } = await counting(browser, server);
  const each = [];
  for (let length = 1; length <= long.length; length++) {
    const before = count.bytes;
    await ask(page, long.slice(0, length), false);
    each.push(count.bytes - before);
  }
  row('each keystroke of a word', 'Pagefind', `${each.map((bytes) => (bytes / 1000).toFixed(0)).join(', ')} kB`);
  await close();
  server.stop();
}

function measureElasticlunr(all) {
  const elasticlunr = tests('elasticlunr');
  const start = process.hrtime.bigint();
  const index = elasticlunrIndex(elasticlunr, all);
  const json = JSON.stringify(index.toJSON());
  row('build: index alone', 'elasticlunr', `${(Number(process.hrtime.bigint() - start) / 1e9).toFixed(1)} s`);
  row(
    'index: raw, gzip, brotli',
    'elasticlunr',
    [
      json.length,
      gzipSync(json).length,
      brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length,
    ]
      .map(kB)
      .join(', '),
  );
  row('first search, two words', 'elasticlunr', `${kB(gzipSync(json).length)}, 1 request`);
}

const all = documents(site),
  asked = queries(all);
console.error(`${all.length} entries; "${asked.two}", then "${asked.long}" letter by letter; files in ${work}`);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
await measureAyni(browser, asked);
if (others.includes('pagefind')) await measurePagefind(browser, asked, all);
if (others.includes('elasticlunr')) measureElasticlunr(all);
await browser.close();
const names = [...new Set(rows.map(([, of]) => of))];
console.log(`| ${all.length} entries | ${names.join(' | ')} |\n|---|${names.map(() => '---|').join('')}`);
for (const what of new Set(rows.map(([what]) => what))) {
  const cells = names.map((name) => rows.find(([row, of]) => row === what && of === name)?.[2] ?? '');
  console.log(`| ${what} | ${cells.join(' | ')} |`);
}
process.exit(0);
