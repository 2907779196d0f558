// Loads the files of an index, and reads the numbers and terms in them. src/search/mod.rs specifies the format.

/**
 * The directory of an index, and how to load its other files.
 * @typedef {object} Index
 * @property {number} version
 * @property {number} entries how many there are
 * @property {number} levels how well a term can fit an entry: so many steps
 * @property {{ names: string }} terms the hashes of the shards
 * @property {Record<string, string>} spelling the hash for each length of words
 * @property {Record<string, string>} columns the hash for each name
 * @property {{ size: number, names: string, texts: string }} blocks
 * @property {Record<string, string>} types the label of each kind of entry
 * @property {string[]} first what each shard begins with
 * @property {Set<string>} small words that say nothing of what an entry is about
 * @property {LoadFile} load
 */

/** @typedef {<Decoded>(name: string, decode?: (data: any) => Decoded) => Promise<Decoded>} LoadFile */

/**
 * What files brought, by their names, until it is taken.
 * @type {Map<string, any>}
 */
const arrived = new Map();

/**
 * What is being loaded, or is there, by its address.
 * @type {Map<string, Promise<any>>}
 */
const loading = new Map();

/** Stands behind the address of a directory, so that it is loaded anew. */
let fresh = '';

globalThis.ayni = (name, data) => arrived.set(name, data);

/**
 * Loads a file, once, and decodes what it holds.
 * @template Decoded
 * @param {string} folder
 * @param {string} name
 * @param {(data: any) => Decoded} [decode]
 * @returns {Promise<Decoded>}
 */
function load(folder, name, decode = (data) => data) {
  const url = `${folder}${name}.js${name === 'directory' ? fresh : ''}`;
  const before = loading.get(url);
  if (before) return before;
  const data = new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = script.onerror = () => {
      script.remove();
      if (arrived.has(name)) {
        resolve(arrived.get(name));
      } else {
        loading.delete(url);
        reject(Error(url));
      }
      arrived.delete(name);
    };
    document.head.append(script);
  });
  const decoded = data.then(decode);
  loading.set(url, decoded);
  return decoded;
}

/**
 * Loads the directory of an index.
 * @param {string} folder
 * @returns {Promise<Index>}
 */
function directory(folder) {
  return load(folder, 'directory', (index) => {
    if (index.version !== 3) throw Error('version');
    return {
      ...index,
      first: index.terms.first.split(' '),
      small: new Set(index.terms.small.split(' ')),
      load: (/** @type {string} */ name, /** @type {any} */ decode) => load(folder, name, decode),
    };
  });
}

/** The place of each character that numbers are written in. */
const PLACE = new Uint8Array(127);
for (let code = 33, place = 0; code < 127; code++) {
  if (!'"<\\'.includes(String.fromCharCode(code))) PLACE[code] = place++;
}

/**
 * Numbers as they are written in files.
 * @param {string} text
 */
function numbers(text) {
  const found = [];
  let value = 0;
  let unit = 1;
  for (let at = 0; at < text.length; at++) {
    const place = PLACE[text.charCodeAt(at)];
    value += place * unit;
    unit *= 32;
    if (place < 59) {
      found.push(value);
      value = 0;
      unit = 1;
    }
  }
  return found;
}

/**
 * The terms of a list, each of which is written as how much it shares with the one before, and what follows.
 * @param {string} written
 */
function termsOf(written) {
  let term = '';
  return written.split(' ').map((next) => {
    const length = PLACE[next.charCodeAt(0)] < 59 ? 1 : 2;
    term = term.slice(0, numbers(next.slice(0, length))[0]) + next.slice(length);
    return term;
  });
}

/**
 * One of the hashes that stand in a row.
 * @param {string} names
 * @param {number} at
 * @param {number} length
 */
function hash(names, at, length) {
  return names.slice(at * length, (at + 1) * length);
}
