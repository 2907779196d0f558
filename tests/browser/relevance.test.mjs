// How well search finds, on queries with judged answers: benches/search/relevance.mjs, held to what it reaches today.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { it } from 'node:test';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const AYNI = resolve(process.env.AYNI ?? resolve(REPOSITORY, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/ayni'));

/** The least nDCG@10 of each group of a set, and of all its queries: a little below what is measured. */
const LEAST = [
  {
    'known item': 0.97,
    topical: 0.85,
    misspelt: 0.93,
    inflected: 0.83,
    accents: 0.97,
    'several words': 0.87,
    'side by side': 0.95,
    places: 0.95,
    'Chinese, Japanese, Korean, Thai': 0.97,
    Arabic: 0.96,
    all: 0.93,
  },
  {
    'known item': 0.91,
    topical: 0.73,
    misspelt: 0.79,
    inflected: 0.82,
    accents: 0.97,
    'several words': 0.76,
    places: 0.74,
    'Chinese, Japanese, Korean, Thai': 0.83,
    Arabic: 0.95,
    all: 0.83,
  },
  { 'known item': 0.94, topical: 0.62, misspelt: 0.83, inflected: 0.52, 'several words': 0.49, all: 0.63 },
];

it('finds what people look for, in every group of queries', () => {
  const said = execFileSync('node', [resolve(REPOSITORY, 'benches/search/relevance.mjs'), AYNI, 'alone'], {
    encoding: 'utf8',
  });
  const tables = said.split('| group |').slice(1);
  assert.equal(tables.length, LEAST.length);
  tables.forEach((table, at) => {
    const found = Object.fromEntries(
      table
        .split('\n')
        .map((line) => line.split(' | '))
        .filter(([, , score]) => /^[\d.]+$/.test(score))
        .map(([group, , score]) => [group.replace('| ', ''), Number(score)]),
    );
    assert.deepEqual(Object.keys(found).sort(), Object.keys(LEAST[at]).sort());
    for (const [group, least] of Object.entries(LEAST[at]))
      assert.ok(found[group] >= least, `${group}: ${found[group]} is less than ${least}\n${table}`);
  });
});
