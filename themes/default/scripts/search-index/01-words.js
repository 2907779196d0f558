// Cuts a text into words, by the rules of src/language/tokenizer.rs: vectors.json has examples that test both.

/** What is left out of words: marks on letters, and characters that nobody sees. */
const MARKS = [
  '\\xad\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a',
  '\\u061c\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06ed\\u08d3-\\u08ff\\u093c\\u1ab0-\\u1aff\\u1dc0-\\u1dff',
  '\\u200c-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff',
];
const DROPPED = new RegExp(`[${MARKS.join('')}]`, 'g');

/** Letters that are taken for others. */
const LETTERS = new Map(
  "ßss æae œoe øo đd ðd łl ħh ŧt þth ıi ςσ ىي یي ېي ةه ہه ھه ەه ٱا کك ڪك ’' ‘' ‛' ʼ' ʻ' ʹ' ׳' ·' ‐- −-"
    .split(' ')
    .map((pair) => [pair[0], pair.slice(1)]),
);

const DIGIT = /[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯๐-๙໐-໙༠-༩၀-၉០-៩]/g;

/** Scripts without spaces between words. */
const UNSPACED = [
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u31ff\\u3400-\\u9fff',
  '\\uac00-\\ud7af\\u{20000}-\\u{3ffff}',
].join('');

const ONE_SCRIPT = new RegExp(`([${UNSPACED}]+)|[^${UNSPACED}]+`, 'gu');
const RUN = '[\\p{Alphabetic}\\p{N}][\\p{Alphabetic}\\p{M}\\p{N}]*';
const COMPOUND = new RegExp(`${RUN}(?:[-']${RUN})*`, 'gu');
const JOINS = new RegExp(`^[^\\d'${UNSPACED}]`, 'u');
const JOINS_NEXT = new RegExp(`^[^\\d'${UNSPACED}]{1,2}$`, 'u');

/**
 * The value of a digit of any script.
 * @param {string} digit
 */
function digitValue(digit) {
  // From Devanagari to Malayalam the digits begin at 6.
  const first = digit >= '०' && digit <= '൯' ? 6 : 0;
  return String((digit.charCodeAt(0) - first) & 15);
}

/**
 * A text as words are compared.
 * @param {string} text
 */
function fold(text) {
  return text
    .normalize('NFKD')
    .replace(DROPPED, '')
    .toLowerCase()
    .replace(/l·l/g, 'll')
    .replace(/[\x80-\uffff]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replace(DIGIT, digitValue)
    .normalize('NFC');
}

/**
 * The words between apostrophes.
 * @param {string} part
 */
function pieces(part) {
  const all = part.split("'");
  if (all.length < 2) return all;
  const long = all.filter((piece) => [...piece].length > 1);
  return long.length ? long : [all.join('')];
}

/**
 * The words of a piece: in scripts without spaces, every two letters.
 * @param {string} piece
 */
function cut(piece) {
  return [...piece.matchAll(ONE_SCRIPT)].flatMap(([same, unspaced]) => {
    const letters = [...same];
    if (!unspaced) return [letters.slice(0, 40).join('')];
    if (letters.length < 2) return [same];
    return letters.slice(1).map((letter, at) => letters[at] + letter);
  });
}

/**
 * The words of each compound, and what a short first part makes with the next.
 * @param {string} text
 */
function* compounds(text) {
  const folded = fold(text);
  for (const { 0: compound, index } of folded.matchAll(COMPOUND)) {
    const end = index + compound.length;
    if (/^https?$/.test(compound) && folded.startsWith('://', end)) continue;
    if (compound === 'www' && folded[end] === '.') continue;
    const parts = compound.split('-');
    const [next] = pieces(parts[1] ?? '');
    const joined = JOINS_NEXT.test(parts[0]) && JOINS.test(next) ? cut(parts[0] + next) : [];
    yield { parts: parts.flatMap(pieces).flatMap(cut), joined };
  }
}

/**
 * All words of a text.
 * @param {string} text
 */
function tokens(text) {
  return [...compounds(text)].flatMap(({ parts, joined }) => parts.concat(joined));
}

/**
 * The words of a text without what they make together.
 * @param {string} text
 */
function sequence(text) {
  return [...compounds(text)].flatMap(({ parts }) => parts);
}
