// The order in which somebody wants what was found: what fits best, by day, by title, or by how near it is.

/**
 * @typedef {object} Places
 * @property {string[]} names
 * @property {number[]} latitudes
 * @property {number[]} longitudes
 * @property {number[]} of for each entry 1 and the position of its place, or 0
 */

/**
 * @param {[names: string[], latitudes: number[], longitudes: number[], column: string]} file
 * @returns {Places}
 */
function decodePlaces([names, latitudes, longitudes, column]) {
  return { names, latitudes, longitudes, of: numbers(column) };
}

/**
 * @param {Index} index
 * @returns {Promise<Places> | null}
 */
function placesOf({ columns, load }) {
  return columns.place ? load(`place-${columns.place}`, decodePlaces) : null;
}

/** The diameter of the Earth in kilometres. */
const EARTH = 12742;

/** Where nobody knows how far it is. */
const FARTHEST = 1e9;

/**
 * Kilometres from one place to each other, as the crow flies.
 * @param {Places} places
 * @param {number} from
 */
function distances({ latitudes, longitudes }, from) {
  const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const cosine = (/** @type {number} */ at) => Math.cos(radians(latitudes[at]));
  const half = (/** @type {number} */ degrees) => Math.sin(radians(degrees) / 2) ** 2;
  return latitudes.map((latitude, at) => {
    const along = cosine(at) * cosine(from) * half(longitudes[at] - longitudes[from]);
    const share = half(latitude - latitudes[from]) + along;
    return EARTH * Math.asin(Math.sqrt(Math.min(1, share)));
  });
}

/**
 * Puts what was found, best first, into another order.
 * @param {Index} index
 * @param {number[]} order
 * @param {Pick<Question, "sort" | "near">} by
 */
async function arrange(index, order, { sort, near }) {
  if (sort === 'new') return order.sort((one, other) => other - one);
  if (sort === 'title' && index.columns.title) {
    const ranks = await index.load(`title-${index.columns.title}`, numbers);
    return order.sort((one, other) => ranks[one] - ranks[other]);
  }
  const places = sort === 'near' ? await placesOf(index) : null;
  const from = places && near ? places.names.indexOf(near) : -1;
  if (!places || from < 0) return order;
  const far = distances(places, from);
  const farOf = (/** @type {number} */ entry) => (places.of[entry] ? far[places.of[entry] - 1] : FARTHEST);
  return order
    .map((entry) => ({ entry, far: farOf(entry) }))
    .sort((one, other) => one.far - other.far)
    .map(({ entry }) => entry);
}
