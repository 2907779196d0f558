// Entries as results show them, and what only their texts tell: whether words stand together, or in one field.

/**
 * An entry as a block has it, without trailing empty texts.
 * @typedef {[
 *   kind: string,
 *   path: string,
 *   title: string,
 *   summary?: string,
 *   excerpt?: string,
 *   expired?: string,
 *   language?: string,
 * ]} Row
 */

/**
 * @param {Index} index
 * @param {number} entry
 */
async function rowOf({ blocks, load }, entry) {
  const block = Math.floor(entry / blocks.size);
  /** @type {Row[]} */
  const rows = await load(`entries-${block}-${hash(blocks.names, block, 6)}`);
  return rows[entry % blocks.size];
}

/**
 * An entry for those who show it.
 * @param {Index} index
 * @param {number} entry
 * @returns {Promise<Entry>}
 */
async function entryOf(index, entry) {
  const [kind, path, title, summary = '', text = '', expired = 0, language = ''] = await rowOf(index, entry);
  return { type: index.types[kind], path, title, summary, text, expired, language };
}

/**
 * The further text of an entry, below its excerpt.
 * @param {Index} index
 * @param {number} entry
 */
async function furtherText({ blocks, load }, entry) {
  const block = Math.floor(entry / blocks.size);
  const name = hash(blocks.texts, block, 6);
  if (name[0] === '-') return '';
  /** @type {string[]} */
  const texts = await load(`texts-${block}-${name}`);
  return texts[entry % blocks.size];
}

/**
 * The words of an entry, field by field.
 * @param {Index} index
 * @param {number} entry
 * @returns {Promise<Record<string, string[]>>}
 */
async function textsOf(index, entry) {
  const { title, summary, text } = await entryOf(index, entry);
  const whole = text.replace(/…$/, '') + (await furtherText(index, entry));
  return { title: sequence(title), summary: sequence(summary), text: sequence(whole) };
}

/**
 * Whether a word is one of those that a clause found, or begins as the one that is still typed. Small words found none.
 * @param {Clause} clause
 * @param {string} word
 */
function isTermOf({ found, open }, word) {
  return found.has(word) || (found.size > 0 && open.some((term) => word.startsWith(term)));
}

/**
 * Whether words have what a clause asks for: its words together, or its one word.
 * @param {Clause} clause
 * @param {string[]} words
 */
function standsIn(clause, words) {
  const wanted = clause.sequence;
  if (wanted.length < 2) return words.some((word) => isTermOf(clause, word));
  return words.some((_, at) => wanted.every((word, next) => words[at + next] === word));
}

/** So many entries are read at most. */
const MOST_READ = 100;

/**
 * Those entries that have in their texts what can only be seen there.
 * @param {Index} index
 * @param {number[]} order
 * @param {Clause[]} clauses
 */
async function read(index, order, clauses) {
  if (!clauses.length) return order;
  const reading = order.slice(0, MOST_READ).map(async (entry) => {
    const texts = await textsOf(index, entry);
    return clauses.every((clause) => {
      const fields = clause.field ? [texts[clause.field]] : Object.values(texts);
      return fields.some((words) => standsIn(clause, words)) !== clause.not;
    });
  });
  const fits = await Promise.all(reading);
  const isExcluding = clauses.every(({ not }) => not);
  return order.filter((_, at) => fits[at] ?? isExcluding);
}
