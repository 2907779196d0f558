// Reads a query. It is words, each of which counts.
//
//   +word, -word                    it must be there, or must not
//   title:word                      looks in titles only
//   summary:word, text:word         it must be there
//   country:br                      narrows, as every facet does
//   wor*, *ord                      letters are left out
//   word~1, word^3                  allows for a wrong letter; counts three times
//   "some words"                    they stand together
//
// Whatever else is typed is taken for words: no query is wrong. None takes long either: of its characters, words and
// guesses, only so many count.

/**
 * A piece of a query that entries have or have not.
 * @typedef {object} Clause
 * @property {boolean} must
 * @property {boolean} not
 * @property {boolean} titles it looks in titles only
 * @property {number} fuzz so many letters may be wrong
 * @property {number} boost it counts so many times
 * @property {string} field the field it looks in, if it names one
 * @property {boolean} isRead only the texts of entries tell whether they have it
 * @property {Ways[]} words
 * @property {string[]} open the terms that may go on
 * @property {string[]} sequence its words in their order
 * @property {Set<string>} found the terms of the dictionary that were found for it
 */

/**
 * One or two ways to have a word, each the terms it takes.
 * @typedef {Term[][]} Ways
 */

/**
 * A facet that a query narrows by name.
 * @typedef {{ name: string, not: boolean, value: string }} Filter
 */

// The first of each count: characters, clauses, words, patterns, and words that nothing has as they are.
const MOST_LETTERS = 1000;
const MOST_CLAUSES = 20;
const MOST_WORDS = 40;
const MOST_PATTERNS = 12;
const MOST_GUESSED = 12;

const FIELDS = ['title', 'summary', 'text'];
const FACETS = ['type', 'country', 'sector', 'kind', 'topic', 'language', 'status', 'year'];
const CLAUSE = /(?<sign>[+-]?)(?:(?<name>[a-z]+):)?(?:"(?<phrase>[^"]*)"?|(?<bare>[^\s"]+))/gu;

/**
 * The clauses of a query, and the facets that it narrows.
 * @param {string} query
 */
function parse(query) {
  const clauses = [];
  /** @type {Filter[]} */
  const filters = [];
  const seen = new Set();
  for (const match of query.matchAll(CLAUSE)) {
    const isLast = match.index + match[0].length === query.length;
    if (seen.has(match[0]) && !isLast) continue;
    seen.add(match[0]);
    const piece = pieceOf(match);
    const { sign, name, text } = piece;
    if (FACETS.includes(name)) filters.push({ name, not: sign === '-', value: text });
    else clauses.push(clauseOf(piece, isLast));
  }
  return { clauses: atMost(clauses), filters: filters.slice(0, MOST_CLAUSES) };
}

/**
 * What somebody typed as one piece, taken apart.
 * @param {RegExpExecArray} match
 */
function pieceOf({ groups }) {
  /** @type {Record<string, string | undefined>} */
  const { sign, name = '', phrase, bare = '' } = groups ?? {};
  const isKnown = !name || FIELDS.includes(name) || FACETS.includes(name);
  const written = (isKnown ? '' : `${name}:`) + (phrase ?? bare);
  if (phrase !== undefined) return { sign, name, text: written, isPhrase: true, fuzz: 0, boost: 1 };
  const [end, letters = 0, times = 1] = /(?:~(\d))?(?:\^(\d+(?:\.\d+)?))?$/.exec(written) ?? [''];
  return {
    sign,
    name,
    text: written.slice(0, written.length - end.length),
    isPhrase: false,
    fuzz: Math.min(Number(letters), 2),
    boost: Math.min(Number(times), 100),
  };
}

/**
 * @param {ReturnType<typeof pieceOf>} piece
 * @param {boolean} isLast nothing stands after it
 * @returns {Clause}
 */
function clauseOf({ sign, name, text, isPhrase, fuzz, boost }, isLast) {
  const together = sequence(text);
  // What stands together, or in a field that the lists do not know, is seen when the entries are read.
  const isRead = name === 'summary' || name === 'text' || (isPhrase && together.length > 1);
  const words = wordsOf(text, isLast && !isPhrase && !fuzz, isPhrase);
  const open = words.flat(2).filter((term) => term.open);
  return {
    must: sign === '+' || isRead || isPhrase,
    not: sign === '-',
    titles: name === 'title',
    fuzz,
    boost,
    field: FIELDS.includes(name) ? name : '',
    isRead,
    words,
    open: open.map(({ term }) => term),
    sequence: together,
    found: new Set(),
  };
}

/**
 * The clauses that count.
 * @param {Clause[]} clauses
 */
function atMost(clauses) {
  let words = 0;
  let patterns = 0;
  const withWords = clauses.filter((clause) => clause.words.length);
  return withWords.slice(0, MOST_CLAUSES).filter((clause) => {
    words += clause.words.length;
    patterns += clause.words.flat(2).filter(({ isPattern, open }) => isPattern || open).length;
    return words <= MOST_WORDS && patterns <= MOST_PATTERNS;
  });
}

/**
 * The words of a clause.
 * @param {string} text
 * @param {boolean} isTyped somebody may still be typing the last word
 * @param {boolean} exact
 * @returns {Ways[]}
 */
function wordsOf(text, isTyped, exact) {
  if (text.includes('*') && /[\p{L}\p{N}]/u.test(text)) return [[[patternOf(text)]]];
  const all = [...compounds(text)].flatMap(({ parts, joined }) =>
    joined.length && !exact ? [[joined, parts]] : parts.map((part) => [[part]]),
  );
  const words = all.slice(0, 20);
  const last = isTyped && words.at(-1)?.[0];
  return words.map((ways) =>
    ways.map((terms) =>
      terms.map((term, at) => {
        // One letter begins too much, but where it is a word or a syllable.
        const isBeginning = term.length > 1 || term > '\u0e00';
        return { term, exact, open: terms === last && at === terms.length - 1 && isBeginning };
      }),
    ),
  );
}

/**
 * What a word with `*` in it means: the beginning of terms, or a pattern.
 * @param {string} text
 * @returns {Term}
 */
function patternOf(text) {
  const pattern = fold(text)
    .replace(/[^\p{L}\p{N}\p{M}*]/gu, '')
    .replace(/\*+/g, '*');
  const start = pattern.slice(0, -1);
  const isBeginning = pattern.indexOf('*') === start.length && sequence(start).join() === start;
  return isBeginning ? { term: start, open: true } : { term: pattern, isPattern: true };
}
