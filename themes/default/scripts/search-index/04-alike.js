// Terms that are like a word: with a few letters wrong, with another ending, or with letters left out on purpose.

/** A shorter word is not mended. */
const LEAST_MENDED = 4;

/** A pattern means so many terms at most. */
const MOST_MEANT = 50;

/**
 * The least number of letters to add, leave out, change or swap between two words, if it is at most `most`.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j - 1] + same, last[j] + 1, row[j - 1] + 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      if (row[j] < least) least = row[j];
    }
    if (least > most) return Infinity;
    before = last;
    last = row;
  }
  return last[b.length] <= most ? last[b.length] : Infinity;
}

/**
 * Which letters a word has, each one of 32 bits: two words that are alike have few that the other does not.
 * @param {string} word
 */
function lettersOf(word) {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/** @param {number} bits */
function countBits(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count++;
  return count;
}

/** @param {string} written */
function decodeSpelling(written) {
  return termsOf(written).map((term) => ({ term, letters: lettersOf(term) }));
}

/**
 * The words of one length that typing errors are mended by.
 * @param {Index} index
 * @param {number | string} length
 */
function spelling({ spelling, load }, length) {
  return Object.hasOwn(spelling, length) ? load(`spell-${length}-${spelling[length]}`, decodeSpelling) : [];
}

/**
 * The words that are nearest to one, by at most so many letters. An open word may be the beginning of them.
 * @param {Index} index
 * @param {string} word
 * @param {number} most
 * @param {boolean} [open]
 */
async function nearest(index, word, most, open) {
  const lengths = [];
  for (let length = word.length - most; length <= word.length + (open ? 4 : most); length++) lengths.push(length);
  const lists = await Promise.all(lengths.map((length) => spelling(index, length)));
  const letters = lettersOf(word);
  let best = most + 0.5;
  /** @type {string[]} */
  let found = [];
  for (const { term: candidate, letters: others } of lists.flat()) {
    if (countBits(letters & ~others) > best || (!open && countBits(others & ~letters) > best)) continue;
    const isLonger = open && candidate.length > word.length + most;
    const compared = isLonger ? candidate.slice(0, word.length) : candidate;
    // Few err in the first letter.
    const far = distance(word, compared, Math.floor(best)) + (candidate[0] === word[0] ? 0 : 0.5);
    if (far > best) continue;
    if (far < best) found = [];
    best = far;
    found.push(candidate);
  }
  return found.slice(0, 5);
}

/**
 * Other forms of a word that no entry has: terms of which it begins with the stem, or which begin with it. Those that
 * have most in common with it, three letters of five at least; and how much that is.
 * @param {Index} index
 * @param {string} word
 */
async function knownForms(index, word) {
  let most = Math.max(3, Math.round(word.length * 0.6));
  /** @type {string[]} */
  let forms = [];
  if (!index.terms.names) return { most, forms };
  const shards = shardsOf(index, word.slice(0, most), 2).map((shard) => loadShard(index, shard));
  for (const { terms, endings } of await Promise.all(shards)) {
    terms.forEach((term, at) => {
      let shared = 0;
      while (shared < word.length && word[shared] === term[shared]) shared++;
      if (shared < most || term.length < LEAST_MENDED) return;
      if (shared < term.length - endings[at] && shared < word.length) return;
      if (shared > most) forms = [];
      most = shared;
      forms.push(term);
    });
  }
  return { most, forms };
}

/**
 * Whether a term fits a pattern of letters and `*`. Each part is looked for once, from where the last one ended.
 * @param {string} pattern
 */
function fitterOf(pattern) {
  const parts = pattern.split('*');
  const start = parts.shift() ?? '';
  const end = parts.pop() ?? '';
  return (/** @type {string} */ term) => {
    let at = start.length;
    const stop = term.length - end.length;
    if (at > stop || !term.startsWith(start) || !term.endsWith(end)) return false;
    for (const part of parts) {
      const found = term.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= stop;
  };
}

/**
 * The terms among which those that a pattern means are looked for: of the shards of its beginning, or else of the words
 * for spelling.
 * @param {Index} index
 * @param {string} start
 */
async function candidates(index, start) {
  if (start.length > 1 && index.terms.names) {
    const shards = await Promise.all(shardsOf(index, start, 4).map((shard) => loadShard(index, shard)));
    return shards.flatMap(({ terms }) => terms);
  }
  const lists = await Promise.all(Object.keys(index.spelling).map((length) => spelling(index, length)));
  return lists.flatMap((list) => list.map(({ term }) => term));
}

/**
 * The terms that a pattern of letters and `*` means.
 * @param {Index} index
 * @param {string} pattern
 */
async function matching(index, pattern) {
  const fits = fitterOf(pattern);
  const found = [];
  for (const term of await candidates(index, pattern.slice(0, pattern.indexOf('*')))) {
    if (fits(term)) found.push(term);
    if (found.length === MOST_MEANT) break;
  }
  return found;
}
