// The script of search cuts texts into the words that the program cuts them into: both have the same examples.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import vm from 'node:vm';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');

const page = vm.createContext({});
vm.runInContext(await read('themes/default/assets/search-index.js'), page);
const vectors = JSON.parse(await read('src/language/vectors.json'));

it('there are examples', () => assert.ok(vectors.length > 50));

for (const [name, text, words] of vectors) {
  it(`cuts words: ${name}`, () => assert.deepEqual([...page.ayniSearch.tokens(text)], words));
}
