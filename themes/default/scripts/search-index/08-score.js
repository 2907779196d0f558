// How well each entry answers all words together, and which entries answer at all.

/**
 * How well entries answer.
 * @typedef {object} Scored
 * @property {Float32Array} scores
 * @property {Float32Array} covered how much of what was asked each entry has
 * @property {number} all how much was asked
 * @property {Uint8Array} out which entries may not answer
 * @property {number} unknown how many words no entry has as they are
 * @property {number} words how many words count
 */

/**
 * The words without the small ones ("how", "with", "the"), unless there are no others.
 * @param {Asking} asking
 * @param {Word[]} words
 */
function largeOf({ indexes }, words) {
  const isSmall = (/** @type {Term} */ { term }) => indexes.some((index) => index.small.has(term));
  const large = words.filter(({ ways: [terms], clause: { must, not, titles, fuzz } }) => {
    return must || not || titles || fuzz || !terms.every(isSmall);
  });
  return large.length ? large : words;
}

/**
 * How well each entry fits the words, together.
 * @param {Asking} asking
 * @param {Clause[]} clauses
 * @returns {Promise<Scored>}
 */
async function score(asking, clauses) {
  const { entries } = asking.indexes[0];
  const all = clauses.flatMap((clause) => clause.words.map((ways) => ({ ways, clause })));
  const words = largeOf(asking, all);
  const fitting = await Promise.all(words.map((word) => fitsWord(asking, word)));
  await addJoined(asking, words, fitting);
  const scored = {
    scores: new Float32Array(entries),
    covered: new Float32Array(entries),
    all: 0,
    out: new Uint8Array(entries),
    unknown: 0,
    words: words.length,
  };
  for (const [at, { ways, clause }] of words.entries()) {
    const { not, isRead } = clause;
    // Entries that have the words elsewhere may answer.
    if (not && isRead) continue;
    const rarity = scoreWord(scored, clause, fitting[at]);
    if (not) continue;
    scored.all += rarity;
    const isGuessed = ways.flat().some(({ term }) => asking.guessed.has(term));
    if (isGuessed || !howMany(fitting[at])) scored.unknown++;
  }
  return scored;
}

/**
 * Adds what one word says of each entry, and returns how rare the word is.
 * @param {Scored} scored
 * @param {Clause} clause
 * @param {Float32Array} fits
 */
function scoreWord({ scores, covered, out }, { not, must, boost }, fits) {
  const entries = fits.length;
  const count = howMany(fits);
  const rarity = Math.log(1 + (entries - count + 0.5) / (count + 0.5));
  for (let entry = 0; entry < entries; entry++) {
    const has = fits[entry] > 0;
    if (not ? has : must && !has) out[entry] = 1;
    if (not || !has) continue;
    scores[entry] += fits[entry] * rarity * boost;
    covered[entry] += rarity;
  }
  return rarity;
}

/**
 * An entry answers well if it has so much of what those have that have most: of two words both, or the much rarer one.
 * @param {number} words
 */
const enough = (words) => (words > 2 ? 0.5 : 0.6);

/** Where fewer than these answer well, those that have less follow them. */
const FEW = 10;
const LEAST = 0.2;

// Entries are sorted as numbers, each its score and its place in one, which is several times faster than by a function.
const STEPS = 1024;
const PLACES = 2 ** 24;
const WELL = 2 ** 50;

/**
 * What an entry must have of the words: to answer at all, and to answer well. `most` is what any has.
 * @param {Scored} scored
 */
function thresholds({ covered, out, words }) {
  let most = 0;
  for (let entry = 0; entry < out.length; entry++) if (!out[entry] && covered[entry] > most) most = covered[entry];
  const well = most * enough(words);
  let answering = 0;
  for (let entry = 0; entry < out.length; entry++) if (!out[entry] && covered[entry] >= well) answering++;
  return { least: answering < FEW ? most * LEAST : well, well, most };
}

/**
 * The entries with the chosen values that have enough of the words, best first; how many of them answer well; and how
 * much of what was asked any has. Counts how many have each value.
 * @param {Scored} scored
 * @param {{ columns: FacetColumn[], filters: ColumnFilter[] }} facets
 */
function narrow(scored, { columns, filters }) {
  const { scores, covered, out } = scored;
  const { least, well, most } = thresholds(scored);
  /** @type {number[]} */
  const found = [];
  const choosing = columns.filter(({ chosen }) => chosen.size);
  const take = (/** @type {number} */ entry) => {
    if (filters.some(({ column, places, not }) => (column?.has(entry, places) ?? false) === not)) return;
    const missed = choosing.filter((column) => !column.has(entry, column.chosen));
    if (!missed.length) {
      found.push((covered[entry] >= well ? WELL : 0) + PLACES * Math.round(scores[entry] * STEPS) + entry);
    }
    if (missed.length > 1) return;
    // A facet's counts say what else could be chosen in it, so its own choice does not lower them.
    for (const column of missed.length ? missed : columns) column.count(entry, column.counts);
  };
  for (let entry = 0; entry < out.length; entry++) if (!out[entry] && covered[entry] >= least) take(entry);
  const order = Float64Array.from(found).sort().reverse();
  const less = order.findIndex((number) => number < WELL);
  return { order: Array.from(order, (number) => number % PLACES), well: less < 0 ? order.length : less, most };
}
