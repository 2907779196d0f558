// Answers a question. ayni.d.ts says what can be asked and what the answer holds; search.js and suggest.js show it.

/**
 * @param {string | string[]} folders
 * @param {Question} question
 * @returns {Promise<Answer>}
 */
async function search(folders, question) {
  const all = [folders].flat();
  if (!question.widen || all.length < 2) return searchIn(all, question);
  const own = await searchIn(all.slice(0, 1), question);
  if (!own.asked || (own.count && !own.unknown)) return own;
  // What nobody has written in this language may stand in another.
  const wider = await searchIn(all, question);
  const isBetter = !own.count || wider.unknown < own.unknown || wider.well > own.well;
  return wider.count && isBetter ? { ...wider, elsewhere: true } : own;
}

/**
 * The part of a long query that counts.
 * @param {string} query
 */
function beginningOf(query) {
  // Not half a character.
  return query.slice(0, MOST_LETTERS).replace(/[\ud800-\udbff]$/, '');
}

/**
 * Which entries have expired and must not answer.
 * @param {Index} index
 * @param {Question} question
 */
async function hiddenIn({ entries, columns, load }, question) {
  if (question.expired || !columns.expired) return null;
  return load(`expired-${columns.expired}`, (column) => decodeExpired(entries, column));
}

/**
 * The facets that a question chooses or counts.
 * @param {Question} question
 * @param {Map<string, Column>} columns
 */
function facetsOf({ chosen, counted }, columns) {
  const names = [...new Set(counted.concat(Object.keys(chosen)))];
  return names.map((name) => {
    const column = columns.get(name);
    return { name, column: column ? facetOf(column, Object.hasOwn(chosen, name) ? chosen[name] : []) : null };
  });
}

/**
 * Answers a question in all folders.
 * @param {string[]} folders
 * @param {Question} question
 * @returns {Promise<Answer>}
 */
async function searchIn(folders, question) {
  const { query, chosen, counted } = question;
  const indexes = await Promise.all(folders.map(directory));
  const [index] = indexes;
  const asking = {
    // All indexes number the same entries alike, unless the site was built anew in between.
    indexes: indexes.filter((other) => other.entries === index.entries),
    guessed: new Set(),
    guesses: 0,
    corrected: new Map(),
  };
  const isLong = query.length > MOST_LETTERS;
  const { clauses, filters } = parse(isLong ? beginningOf(query) : query);
  const named = [...counted, ...Object.keys(chosen), ...filters.map(({ name }) => name)];
  const [scored, hidden, columns] = await Promise.all([
    score(asking, clauses),
    hiddenIn(index, question),
    columnsOf(index, new Set(named)),
  ]);
  hidden?.forEach((isHidden, entry) => {
    if (isHidden) scored.out[entry] = 1;
  });
  const facets = facetsOf(question, columns);
  const present = facets.flatMap(({ column }) => column ?? []);
  const asked = clauses.length + filters.length > 0 || present.some((column) => column.chosen.size > 0);
  const shown = clauses.filter(({ not }) => !not);
  const { order, well, most } = narrow(scored, { columns: present, filters: filtersOf(filters, columns) });
  const isFound = asked && (most > 0 || !shown.length);
  const reading = clauses.filter(({ isRead }) => isRead);
  const parts = isFound ? [order.slice(0, well), order.slice(well)] : [[], []];
  const [first, others] = await Promise.all(
    parts.map(async (part) => arrange(index, await read(index, part, reading), question)),
  );
  const answers = first.concat(others);
  const isCounted = answers.length > 0 || !asked;
  return {
    asked,
    cut: isLong,
    count: answers.length,
    well: first.length || others.length,
    partial: most < scored.all * 0.999,
    unknown: scored.unknown,
    corrected: Object.fromEntries(asking.corrected),
    facets: Object.fromEntries(facets.map(({ name, column }) => [name, column && valuesOf(column, isCounted)])),
    entry: (at) => entryOf(index, answers[at]),
    isTerm: (token) => shown.some((clause) => isTermOf(clause, token)),
  };
}

/**
 * @param {string} folder
 * @returns {Promise<unknown>}
 */
function warm(folder) {
  return directory(folder).catch(() => undefined);
}

/** @param {string} folder */
async function places(folder) {
  return (await placesOf(await directory(folder)))?.names ?? [];
}

function forget() {
  fresh = `?${Date.now()}`;
}

globalThis.ayniSearch = { tokens, search, places, warm, forget };
