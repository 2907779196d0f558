// The script of search cuts texts into the words that the program cuts them into: both have the same examples.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import vm from 'node:vm';
import { sample } from './site.mjs';

const root = new URL('../../', import.meta.url);

const page = vm.createContext({});
vm.runInContext(await readFile(join(await sample(), 'assets/search-index.js'), 'utf8'), page);
const vectors = JSON.parse(await readFile(new URL('src/language/vectors.json', root), 'utf8'));

it('there are examples', () => assert.ok(vectors.length > 50));

for (const [name, text, words] of vectors) {
  it(`cuts words: ${name}`, () => assert.deepEqual([...page.ayniSearch.tokens(text)], words));
}
