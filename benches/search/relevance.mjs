// How well search finds: nDCG@10 and success@1 of Ayni, Pagefind and elasticlunr on judged queries, by group. README.md
// says more.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { documents, elasticlunrIndex, installPagefind, serve, writePages } from './common.mjs';

const [ayni, ...flags] = process.argv.slice(2);
if (!ayni) throw new Error('usage: node relevance.mjs AYNI [alone] [misses]');
const root = resolve(import.meta.dirname, '../..'),
  evaluation = join(root, 'tests/evaluation/search');
const tests = createRequire(join(root, 'tests/browser/package.json'));
const { chromium } = tests('playwright-core'),
  elasticlunr = tests('elasticlunr');
const work = mkdtempSync(join(tmpdir(), 'ayni-relevance-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const sites = {
  sample: root,
  network: join(root, 'tests/evaluation'),
  scripts: join(evaluation, 'directory'),
  languages: join(evaluation, 'languages'),
};
const sets = ['queries', 'judged', 'judged-again'].map((name) =>
  JSON.parse(readFileSync(join(evaluation, `${name}.json`), 'utf8')),
);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

const gain = (grades) => grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);
const measure = (found, answers) => ({
  ndcg:
    gain(found.slice(0, 10).map((id) => answers[id] ?? 0)) /
    gain(
      Object.values(answers)
        .sort((a, b) => b - a)
        .slice(0, 10),
    ),
  first: found[0] in answers ? 1 : 0,
});

/** Opens a folder in the browser and asks each query. */
async function inBrowser(folder, path, asked, ask) {
  const server = await serve(folder),
    page = await browser.newPage();
  await page.goto(server.url + path);
  const found = [];
  for (const { query } of asked) found.push(await page.evaluate(ask, query));
  await page.close();
  server.stop();
  return found;
}

function ofAyni(name, asked) {
  const out = join(work, name, 'ayni');
  execFileSync(ayni, ['--site', sites[name], '--today', '2026-11-22', 'build', '--out', out], { stdio: 'ignore' });
  return inBrowser(out, 'search/', asked, async (query) => {
    const folders = document
      .querySelector('#search')
      .dataset.index.split(' ')
      .map((folder) => folder.replace('../search/', './'));
    const answer = await ayniSearch.search(folders, { query, chosen: {}, counted: [], expired: true, widen: true });
    const entries = await Promise.all(Array.from({ length: Math.min(10, answer.count) }, (_, at) => answer.entry(at)));
    return entries.map(({ path }) => path.replace(/\/$/, ''));
  });
}

let program;
function ofPagefind(name, asked) {
  const folder = join(work, name, 'pagefind');
  writePages(folder, documents(sites[name]).filter(isOriginal));
  program ??= installPagefind(join(work, 'npm'));
  execFileSync('node', [program, '--site', folder], { stdio: 'ignore' });
  return inBrowser(folder, '', asked, async (query) => {
    globalThis.pagefind ??= await import('/pagefind/pagefind.js');
    const { results } = await pagefind.search(query);
    const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return data.map(({ url }) => url.replace(/^\/|\/$/g, ''));
  });
}

function ofElasticlunr(name, asked) {
  const index = elasticlunrIndex(elasticlunr, documents(sites[name]).filter(isOriginal));
  return asked.map(({ query }) => index.search(query, { expand: true }).map(({ ref }) => ref));
}

/** Translations have a page of their own, in another index. */
function isOriginal({ id }) {
  return !/\.[a-z]{2}$/.test(id);
}

const programs = {
  Ayni: ofAyni,
  ...(flags.includes('alone') ? {} : { Pagefind: ofPagefind, elasticlunr: ofElasticlunr }),
};
const scores = sets.map(() => ({}));
const queries = sets.flatMap(({ queries }, set) => queries.map((query) => ({ ...query, set })));
for (const [of, ask] of Object.entries(programs))
  for (const name of Object.keys(sites)) {
    const asked = queries.filter(({ directory }) => directory === name);
    const found = await ask(name, asked);
    asked.forEach(({ set, group, query, answers }, at) => {
      const score = measure(found[at], answers);
      for (const key of [group, 'all']) {
        scores[set][key] ??= {};
        scores[set][key][of] ??= [];
        scores[set][key][of].push(score);
      }
      const isAsked = flags.includes('misses') && (of === 'Ayni' || flags.includes('everybody'));
      if (!isAsked || score.ndcg >= (flags.includes('all') ? 0.95 : 0.6)) return;
      console.error(`${of} ${score.ndcg.toFixed(2)} ${group}: ${query}`);
      console.error(`   wanted ${JSON.stringify(answers)}\n   found ${found[at].slice(0, 5).join(', ')}`);
    });
  }
const mean = (list, key) => (list.reduce((sum, it) => sum + it[key], 0) / list.length).toFixed(3).replace(/^0/, '');
sets.forEach(({ about }, set) => {
  console.log(
    `\n${about}\n\n| group | queries | ${Object.keys(programs)
      .map((of) => `${of}: nDCG@10 | success@1`)
      .join(' | ')} |`,
  );
  console.log(
    `|---|---:|${Object.keys(programs)
      .map(() => '---:|---:|')
      .join('')}`,
  );
  for (const [group, of] of Object.entries(scores[set]))
    console.log(
      `| ${group} | ${of.Ayni.length} | ${Object.keys(programs)
        .map((name) => `${mean(of[name], 'ndcg')} | ${mean(of[name], 'first')}`)
        .join(' | ')} |`,
    );
});
await browser.close();
process.exit(0);
