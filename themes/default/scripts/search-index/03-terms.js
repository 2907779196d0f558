// The dictionary: which entries have a term, and how well it fits each of them.

/**
 * What a word is looked for as.
 * @typedef {object} Term
 * @property {string} term
 * @property {boolean} [open] it may be the beginning of other terms
 * @property {boolean} [exact] its other forms do not count
 * @property {boolean} [isPattern] it is letters and `*`
 */

/**
 * Where it is noted what entries fit a word.
 * @typedef {object} Tally
 * @property {Float32Array} fits how well each entry fits, up to 1
 * @property {Set<string>} found the terms of the dictionary that were found
 * @property {boolean} titles only titles count
 */

/**
 * One file of the dictionary; all lists but `others` and `rest` have one item a term.
 * @typedef {object} Shard
 * @property {string[]} terms
 * @property {string[]} lists the entries of each
 * @property {Record<number, string>} rest the hashes of files with more entries of a term
 * @property {number[]} groups the first of those that have the same stem
 * @property {number[]} endings the length of each ending
 * @property {Record<number, string>} others terms of the same stem in other shards
 */

/**
 * @param {[terms: string, lists: string, rest: Shard["rest"], stems: string, others: Shard["others"]]} file
 * @returns {Shard}
 */
function decodeTerms([terms, lists, rest, stems, others]) {
  /** @type {number[]} */
  const groups = [];
  const each = numbers(stems);
  each.forEach((number, at) => {
    groups.push(number > 7 ? groups[at - (number >> 3)] : at);
  });
  const endings = each.map((number) => number & 7);
  return { terms: termsOf(terms), lists: lists.split(' '), rest, groups, endings, others };
}

/**
 * The shard in which a term is, if it is in any.
 * @param {Index} index
 * @param {string} term
 */
function shardOf({ first }, term) {
  let low = 0;
  let high = first.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (first[middle] > term) high = middle - 1;
    else low = middle;
  }
  return low;
}

/**
 * The shards in which terms with a beginning are; a few of them, where it is short.
 * @param {Index} index
 * @param {string} start
 * @param {number} most
 */
function shardsOf(index, start, most) {
  const shards = [shardOf(index, start)];
  for (let next = shards[0] + 1; shards.length < most && index.first[next]?.startsWith(start); next++) {
    shards.push(next);
  }
  return shards;
}

/**
 * @param {Index} index
 * @param {number} shard
 */
function loadShard(index, shard) {
  return index.load(`terms-${hash(index.terms.names, shard, 8)}`, decodeTerms);
}

/**
 * Where a sorted list would have a term.
 * @param {string[]} terms
 * @param {string} term
 */
function placeIn(terms, term) {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Levels from this one on are of titles. */
const BODY_LEVELS = 6;

/**
 * Raises how well each entry of a list fits, if it does so better than before.
 * @param {string} runs
 * @param {number} levels
 * @param {number} share how much the term is worth
 * @param {Tally} tally
 */
function put(runs, levels, share, { fits, titles }) {
  const all = numbers(runs);
  for (let at = 0; at < all.length; ) {
    const head = all[at++];
    const level = head % levels;
    // Runs are best first.
    if (titles && level < BODY_LEVELS) return;
    const fit = ((level + 1) / levels) ** 1.5 * share;
    for (let left = (head / levels) | 0, entry = 0; left; left--, entry++) {
      entry += all[at++];
      if (fits[entry] < fit) fits[entry] = fit;
    }
  }
}

/** Another form of a word counts less: one in a title as much as the word itself in a text. */
const FORM = 0.8;

/** So does a word that only begins so. */
const LONGER = 0.8;

/**
 * Adds the entries of one term of a shard; of the whole term, if it has more entries than the shard says.
 * @param {Index} index
 * @param {Shard} shard
 * @param {{ at: number, share: number, whole: boolean }} wanted
 * @param {Tally} tally
 */
async function addListed(index, { terms, lists, rest }, { at, share, whole }, tally) {
  tally.found.add(terms[at]);
  put(lists[at], index.levels, share, tally);
  if (!rest[at] || !whole) return;
  /** @type {Promise<string>[]} */
  const more = (rest[at].match(/.{8}/g) ?? []).map((name) => index.load(`rest-${name}`));
  for (const runs of await Promise.all(more)) put(runs, index.levels, share, tally);
}

/**
 * Adds what a shard has of a term, and returns other forms of it, which are elsewhere.
 * @param {Index} index
 * @param {number} number
 * @param {Term & { share: number }} term
 * @param {Tally} tally
 */
async function addOfShard(index, number, { term, open, exact, share }, tally) {
  const shard = await loadShard(index, number);
  const { terms, groups, others } = shard;
  const at = placeIn(terms, term);
  const isThere = terms[at] === term;
  const wanted = isThere ? [{ at, share, whole: true }] : [];
  if (isThere && !exact) {
    groups.forEach((group, other) => {
      if (other !== at && group === groups[at]) wanted.push({ at: other, share: share * FORM, whole: true });
    });
  }
  if (open) {
    for (let other = isThere ? at + 1 : at; terms[other]?.startsWith(term); other++) {
      wanted.push({ at: other, share: share * LONGER, whole: term.length > 2 });
    }
  }
  await Promise.all(wanted.map((it) => addListed(index, shard, it, tally)));
  return isThere && !exact && others[at] ? others[at].split(' ') : [];
}

/**
 * Adds how well each entry fits a term, in any of its forms.
 * @param {Index} index
 * @param {Term} term
 * @param {number} share
 * @param {Tally} tally
 */
async function addTerm(index, term, share, tally) {
  if (!index.terms.names) return;
  // The shorter the beginning, the more words it begins: some of them will do until more is typed.
  const shards = shardsOf(index, term.term, term.open ? Math.min(term.term.length, 3) : 1);
  const others = await Promise.all(shards.map((shard) => addOfShard(index, shard, { ...term, share }, tally)));
  const forms = [...new Set(others.flat())];
  await Promise.all(forms.map((form) => addTerm(index, { term: form, exact: true }, share * FORM, tally)));
}
