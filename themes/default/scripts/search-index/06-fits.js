// How well each entry fits a word of a question.

/**
 * A question being answered.
 * @typedef {object} Asking
 * @property {Index[]} indexes the first is that of the page's language
 * @property {Set<string>} guessed words that no entry has as they are
 * @property {number} guesses for how many words others were looked for
 * @property {Map<string, string>} corrected words that were taken for others
 */

/** @typedef {{ ways: Ways, clause: Clause }} Word */

/** How much it counts what is found in another way than as it was typed. */
const SHARES = { elsewhere: 0.9, pattern: 0.9, half: 0.8, fuzzy: 0.8, mended: 0.7, ending: 0.6 };

/**
 * Of each entry's fits the worst, in the first list.
 * @param {Float32Array[]} lists
 */
function worst([merged, ...others]) {
  for (const fits of others) {
    for (let entry = 0; entry < fits.length; entry++) if (fits[entry] < merged[entry]) merged[entry] = fits[entry];
  }
  return merged;
}

/**
 * Of each entry's fits the best, in the first list.
 * @param {Float32Array[]} lists
 */
function best([merged, ...others]) {
  for (const fits of others) {
    for (let entry = 0; entry < fits.length; entry++) if (fits[entry] > merged[entry]) merged[entry] = fits[entry];
  }
  return merged;
}

/** @param {Float32Array} fits */
function howMany(fits) {
  let count = 0;
  for (let entry = 0; entry < fits.length; entry++) if (fits[entry]) count++;
  return count;
}

/**
 * An Arabic word as it stands with its article and what is written together with that, or without.
 * @param {string} word
 */
function withArticle(word) {
  if (!/^[\u0621-\u064a]{3,}$/.test(word)) return [];
  return word.startsWith('ال') ? [word.slice(2)] : ['ال', 'بال', 'لل', 'وال'].map((article) => article + word);
}

/**
 * Adds how well each entry fits some terms, in all indexes.
 * @param {Asking} asking
 * @param {Term[]} terms
 * @param {number} share
 * @param {Tally} tally
 */
function addTerms({ indexes }, terms, share, tally) {
  const shareOf = (/** @type {number} */ at) => (at ? share * SHARES.elsewhere : share);
  const adding = indexes.flatMap((index, at) => terms.map((term) => addTerm(index, term, shareOf(at), tally)));
  return Promise.all(adding);
}

/** Each half has at least so many letters. */
const LEAST_HALF = 3;

/**
 * How well each entry fits two words that somebody wrote as one: `wildcloud`.
 * @param {Index} index
 * @param {string} word
 * @param {Tally} tally
 */
async function fitsHalves(index, word, { found, titles }) {
  const none = new Float32Array(index.entries);
  if (!index.terms.names) return none;
  const { terms } = await loadShard(index, shardOf(index, word));
  const isHalf = (/** @type {string} */ term) =>
    term.length >= LEAST_HALF && term.length + LEAST_HALF <= word.length && word.startsWith(term);
  const first = terms.filter(isHalf).pop();
  if (!first) return none;
  const halves = [first, word.slice(first.length)].map(async (term) => {
    const fits = new Float32Array(index.entries);
    await addTerm(index, { term }, SHARES.half, { fits, found, titles });
    return fits;
  });
  return worst(await Promise.all(halves));
}

/**
 * How many letters of a word that nothing has may be wrong.
 * @param {Asking} asking
 * @param {string} word
 * @param {number} fuzz
 */
function mostWrong({ indexes }, word, fuzz) {
  if (indexes.some((index) => index.small.has(word)) || !/^\p{L}+$/u.test(word)) return 0;
  if (fuzz) return fuzz;
  if (word.length < LEAST_MENDED) return 0;
  return word.length < 7 ? 1 : 2;
}

/**
 * The words that are nearest to one in any index.
 * @param {Asking} asking
 * @param {Term} term
 * @param {number} most
 */
async function nearestOfAll({ indexes }, { term, open }, most) {
  const near = await Promise.all(indexes.map((index) => nearest(index, term, most, open)));
  return near.flat();
}

/**
 * Adds what is like a word that no entry has: words with few letters wrong, its other forms, or else its halves.
 * @param {Asking} asking
 * @param {Term} term
 * @param {number} most
 * @param {Tally} tally
 */
async function addSimilar(asking, term, most, tally) {
  const { indexes, guessed, corrected } = asking;
  const word = term.term;
  guessed.add(word);
  const known = await Promise.all(indexes.map((index) => knownForms(index, word)));
  const shared = Math.max(0, ...known.map((it) => it.most));
  const forms = known.flatMap((it) => (it.most === shared ? it.forms : []));
  const near = await nearestOfAll(asking, term, forms.length && shared > 4 ? 1 : most);
  const terms = [...new Set(near)].map((term) => ({ term }));
  await addTerms(asking, terms, SHARES.mended, tally);
  // Too much for an ending may be a word.
  const isForm = forms.length > 0 && word.length - shared < 4;
  if (!near.length && !isForm) {
    best([tally.fits, ...(await Promise.all(indexes.map((index) => fitsHalves(index, word, tally))))]);
    if (howMany(tally.fits)) return;
  }
  const others = forms.map((term) => ({ term }));
  await addTerms(asking, others, SHARES.ending, tally);
  if (near.length && !forms.length) corrected.set(word, near[0]);
}

/**
 * Adds the words that differ in few letters, as was asked for.
 * @param {Asking} asking
 * @param {Term} term
 * @param {number} most
 * @param {Tally} tally
 */
async function addFuzzy(asking, term, most, tally) {
  const near = new Set(await nearestOfAll(asking, term, most));
  const terms = [...near].map((term) => ({ term, exact: true }));
  await addTerms(asking, terms, SHARES.fuzzy, tally);
}

/**
 * Adds the terms that a pattern means in each index.
 * @param {Asking} asking
 * @param {string} pattern
 * @param {Tally} tally
 */
async function addMeant(asking, pattern, tally) {
  for (const index of asking.indexes) {
    const terms = (await matching(index, pattern)).map((term) => ({ term, exact: true }));
    await addTerms(asking, terms, SHARES.pattern, tally);
  }
}

/**
 * How well each entry fits a term in any of the indexes; of a term that nothing has, one that is nearly the same.
 * @param {Asking} asking
 * @param {Term} term
 * @param {Clause} clause
 */
async function fitsTerm(asking, term, { titles, fuzz, not, found }) {
  const fits = new Float32Array(asking.indexes[0].entries);
  const tally = { fits, found, titles };
  const word = term.term;
  if (term.isPattern) {
    await addMeant(asking, word, tally);
    return fits;
  }
  await addTerms(asking, [term], 1, tally);
  if (!term.exact) {
    const others = withArticle(word).map((other) => ({ ...term, term: other }));
    await addTerms(asking, others, FORM, tally);
  }
  const isEnough = !fuzz && howMany(fits) > 0;
  const most = mostWrong(asking, word, fuzz);
  if (isEnough || !most || not || term.exact || asking.guesses >= MOST_GUESSED) return fits;
  asking.guesses++;
  await (fuzz ? addFuzzy : addSimilar)(asking, term, most, tally);
  return fits;
}

/**
 * How well each entry fits the terms that are one way to have a word.
 * @param {Asking} asking
 * @param {Term[]} terms
 * @param {Clause} clause
 */
async function fitsWay(asking, terms, clause) {
  return worst(await Promise.all(terms.map((term) => fitsTerm(asking, term, clause))));
}

/**
 * How well each entry fits a word.
 * @param {Asking} asking
 * @param {Word} word
 */
async function fitsWord(asking, { ways: [joined, parts], clause }) {
  const fits = await fitsWay(asking, joined, clause);
  // Where many have the word they make, the parts need no look.
  return parts && howMany(fits) < 10 ? best([fits, await fitsWay(asking, parts, clause)]) : fits;
}

/**
 * The term of a word that may be a part of one that others write as one.
 * @param {Word} word
 */
function joinable({ ways, clause: { field, not, fuzz } }) {
  if (ways.length > 1 || ways[0].length > 1 || field || not || fuzz) return undefined;
  const [term] = ways[0];
  return term.term && !term.exact && !term.isPattern ? term : undefined;
}

/**
 * Words that others write as one: `big blue button`. Looked for only where that costs no further file.
 * @param {Asking} asking
 * @param {Word[]} words
 * @param {Float32Array[]} fitting what fits each word
 */
async function addJoined({ indexes: [index] }, words, fitting) {
  const terms = words.flatMap((word) => joinable(word) ?? []);
  if (words.length < 2 || words.length > 4 || terms.length < words.length) return;
  const term = terms.map((it) => it.term).join('');
  if (shardOf(index, term) !== shardOf(index, terms[0].term)) return;
  const fits = new Float32Array(index.entries);
  const { found } = words[0].clause;
  await addTerm(index, { term, open: terms.at(-1)?.open }, 1, { fits, found, titles: false });
  for (const own of fitting) best([own, fits]);
}
