// How well search finds, on queries with judged answers: benches/search/relevance.mjs, held to what it reaches today.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { it } from 'node:test';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const AYNI = resolve(process.env.AYNI ?? resolve(REPOSITORY, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/ayni'));

/** The least nDCG@10 of a group, and of all queries: a little below what is measured. */
const LEAST = { 'known item': .97, topical: .83, misspelt: .92, inflected: .78, accents: .86, 'several words': .76, 'side by side': .94, places: .95, cjk: .97, arabic: .95, all: .9 };

it('finds what people look for, in every group of queries', () => {
  const table = execFileSync('node', [resolve(REPOSITORY, 'benches/search/relevance.mjs'), AYNI, 'alone'], { encoding: 'utf8' });
  const found = Object.fromEntries(table.split('\n').map((line) => line.split(' | ')).filter(([, , score]) => /^[\d.]+$/.test(score))
    .map(([group, , score]) => [group.replace('| ', ''), Number(score)]));
  assert.deepEqual(Object.keys(found).sort(), Object.keys(LEAST).sort());
  for (const [group, least] of Object.entries(LEAST)) assert.ok(found[group] >= least, `${group}: ${found[group]} is less than ${least}\n${table}`);
});
