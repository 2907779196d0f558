// The facets of entries: their values, how many entries have each, and what a query means by a name.

/**
 * The values that entries have of a facet.
 * @typedef {object} Column
 * @property {string[]} ids
 * @property {string[]} labels
 * @property {() => string[][]} folded ids and labels as they are compared with what somebody typed
 * @property {(entry: number, wanted: Set<number>) => boolean} has whether an entry has one of some values
 * @property {(entry: number, counts: Uint32Array) => void} count counts each value of an entry
 */

/** @typedef {Column & { counts: Uint32Array, chosen: Set<number> }} FacetColumn */

/** @typedef {{ column: Column | undefined, places: Set<number>, not: boolean }} ColumnFilter */

/**
 * @param {number} entries how many there are
 * @param {[ids: string[], labels: string[], column: string]} file
 * @returns {Column}
 */
function decodeColumn(entries, [ids, labels, column]) {
  const ends = new Uint32Array(entries + 1);
  /** @type {number[]} */
  const places = [];
  let last = 0;
  for (const number of numbers(column)) {
    if (number) places.push((number - 1) >> 1);
    if (number % 2 || !number) ends[++last] = places.length;
  }
  /** @type {string[][] | undefined} */
  let folded;
  return {
    ids,
    labels,
    folded() {
      folded ??= [ids, labels].map((texts) => texts.map(foldValue));
      return folded;
    },
    has(entry, wanted) {
      for (let at = ends[entry]; at < ends[entry + 1]; at++) if (wanted.has(places[at])) return true;
      return false;
    },
    count(entry, counts) {
      for (let at = ends[entry]; at < ends[entry + 1]; at++) counts[places[at]]++;
    },
  };
}

/**
 * Which entries have expired.
 * @param {number} entries how many there are
 * @param {string} column
 */
function decodeExpired(entries, column) {
  const expired = new Uint8Array(entries);
  let next = 0;
  for (const gap of numbers(column)) {
    next += gap;
    expired[next++] = 1;
  }
  return expired;
}

/**
 * The columns with some names.
 * @param {Index} index
 * @param {Iterable<string>} names
 */
async function columnsOf({ entries, columns, load }, names) {
  /** @type {Map<string, Column>} */
  const loaded = new Map();
  const loading = [...names].map(async (name) => {
    if (!Object.hasOwn(columns, name)) return;
    loaded.set(name, await load(`facet-${name}-${columns[name]}`, (file) => decodeColumn(entries, file)));
  });
  await Promise.all(loading);
  return loaded;
}

/**
 * A column to count in, with the values that are chosen.
 * @param {Column} column
 * @param {string[]} ids
 * @returns {FacetColumn}
 */
function facetOf(column, ids) {
  const chosen = new Set(ids.map((id) => column.ids.indexOf(id)));
  return { ...column, counts: new Uint32Array(column.ids.length), chosen };
}

/**
 * The values of a facet as they are shown.
 * @param {FacetColumn} column
 * @param {boolean} isCounted
 * @returns {FacetValue[]}
 */
function valuesOf({ ids, labels, counts, chosen }, isCounted) {
  return ids.map((id, place) => ({
    id,
    label: labels[place],
    count: isCounted ? counts[place] : 0,
    chosen: chosen.has(place),
  }));
}

/**
 * The id or label of a value as it is compared.
 * @param {string} text
 */
function foldValue(text) {
  return fold(text).replace(/[-_]/g, ' ');
}

/**
 * The columns that a query narrows by name, with the places of the values that it means.
 * @param {Filter[]} filters
 * @param {Map<string, Column>} columns
 * @returns {ColumnFilter[]}
 */
function filtersOf(filters, columns) {
  return filters.map(({ name, value, not }) => {
    const column = columns.get(name);
    const wanted = foldValue(value);
    const [ids, labels] = column?.folded() ?? [[], []];
    const places = ids.flatMap((id, place) => (id === wanted || labels[place] === wanted ? [place] : []));
    return { column, places: new Set(places), not };
  });
}
