/* Finds entries in the index that src/search/mod.rs describes; search.js and suggest.js show them.

  ayniSearch.tokens(text): the words of a text.
  ayniSearch.search(folders, { query, chosen: { country: ["br"] }, counted: ["type"], expired: false, sort, near, widen }):
    a promise of { asked, cut, count, well, partial, unknown, elsewhere, corrected, facets, isTerm, entry }: whether anything
    was asked, whether it was too long and its end was cut, how many entries answer, how many of them do well (they are first, and all of them where none does better than
    the others), whether the best have only some of the words, how many words no entry has as they are, whether the other
    folders were needed, { from: to } for words taken for others, { type: [{ id, label, count, chosen }] } for each facet
    chosen or counted (null if no entry has it), isTerm(token), and entry(at) for a promise of the entry in that place. The first folder is that of the page's language; words are looked for in all, or
    with "widen" in the others only if one of them is not known in the first.
    sort is "new", "title", "near" (with the name of a place) or nothing, for what fits best.
  ayniSearch.places(folder): a promise of the names of all places.
  ayniSearch.warm(folder) loads the directory. ayniSearch.forget() makes the next search load it anew.

  A query is words, each of which counts. +word must be there and -word must not; title:word looks in titles only, and
  summary:word and text:word must be there; country:br and the like narrow; wor* and *ord leave letters out; word~1 allows
  for a wrong letter, word^3 counts three times; "some words" stand together. Whatever else is typed is taken for words: no query is wrong.
  None takes long either: of its characters, words and guesses, only so many count. */
(() => {
  "use strict";

  // Words: see src/language/tokenizer.rs, whose rules these are. vectors.json tests both.
  const DROPPED = /[\xad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u200c-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]/g;
  const LETTERS = new Map(
    "ßss æae œoe øo đd ðd łl ħh ŧt þth ıi ςσ ىي یي ېي ةه ہه ھه ەه ٱا کك ڪك ’' ‘' ‛' ʼ' ʻ' ʹ' ׳' ·' ‐- −-"
      .split(" ").map((pair) => [pair[0], pair.slice(1)]));
  const DIGIT = /[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯๐-๙໐-໙༠-༩၀-၉០-៩]/g;
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u31ff\\u3400-\\u9fff\\uac00-\\ud7af\\u{20000}-\\u{3ffff}";
  const ONE_SCRIPT = new RegExp(`([${UNSPACED}]+)|[^${UNSPACED}]+`, "gu");
  const RUN = "[\\p{Alphabetic}\\p{N}][\\p{Alphabetic}\\p{M}\\p{N}]*";
  const COMPOUND = new RegExp(`${RUN}(?:[-']${RUN})*`, "gu");
  const JOINS = new RegExp(`^[^\\d'${UNSPACED}]`, "u");
  const JOINS_NEXT = new RegExp(`^[^\\d'${UNSPACED}]{1,2}$`, "u");

  const fold = (text) => text.normalize("NFKD").replace(DROPPED, "").toLowerCase().replace(/l·l/g, "ll")
    .replace(/[^\0-\x7f]/g, (c) => LETTERS.get(c) ?? c)
    .replace(DIGIT, (c) => (c.charCodeAt(0) - (c >= "०" && c <= "൯" ? 6 : 0)) & 15)
    .normalize("NFC");

  const pieces = (part) => {
    const all = part.split("'"), long = all.filter((piece) => [...piece].length > 1);
    return all.length < 2 ? all : long.length ? long : [all.join("")];
  };

  const cut = (piece) => [...piece.matchAll(ONE_SCRIPT)].flatMap(([same, unspaced]) => {
    const letters = [...same];
    if (!unspaced) return [letters.slice(0, 40).join("")];
    return letters.length < 2 ? [same] : letters.slice(1).map((letter, at) => letters[at] + letter);
  });

  /** Each compound's words, and what a short first part makes with the next. */
  function* compounds(text) {
    const folded = fold(text);
    for (const { 0: compound, index } of folded.matchAll(COMPOUND)) {
      const after = folded.substr(index + compound.length, 3);
      if (/^https?$/.test(compound) && after === "://" || compound === "www" && after[0] === ".") continue;
      const parts = compound.split("-"), [next] = pieces(parts[1] ?? "");
      const joined = JOINS_NEXT.test(parts[0]) && JOINS.test(next) ? cut(parts[0] + next) : [];
      yield { parts: parts.flatMap(pieces).flatMap(cut), joined };
    }
  }

  const tokens = (text) => [...compounds(text)].flatMap(({ parts, joined }) => parts.concat(joined));

  // Files: each calls ayni(name, data).
  const arrived = new Map(), loading = new Map();
  let fresh = "";
  globalThis.ayni = (name, data) => arrived.set(name, data);

  function load(folder, name, decode = (data) => data) {
    const url = folder + name + ".js" + (name === "directory" ? fresh : "");
    if (!loading.has(url)) loading.set(url, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = script.onerror = () => {
        script.remove();
        if (arrived.has(name)) resolve(arrived.get(name));
        else loading.delete(url), reject(Error(url));
        arrived.delete(name);
      };
      document.head.append(script);
    }).then(decode));
    return loading.get(url);
  }

  const directory = (folder) => load(folder, "directory", (index) => {
    if (index.version !== 3) throw Error("version");
    return { ...index, first: index.terms.first.split(" "), small: new Set(index.terms.small.split(" ")), load: (...file) => load(folder, ...file) };
  });

  const PLACE = new Uint8Array(127);
  for (let code = 33, place = 0; code < 127; code++) if (![34, 60, 92].includes(code)) PLACE[code] = place++;

  function numbers(text) {
    const found = [];
    for (let at = 0, value = 0, unit = 1; at < text.length; at++) {
      const place = PLACE[text.charCodeAt(at)];
      value += place * unit;
      unit *= 32;
      if (place < 59) found.push(value), value = 0, unit = 1;
    }
    return found;
  }

  const hash = (names, at, length) => names.slice(at * length, (at + 1) * length);

  function termsOf(written) {
    let term = "";
    return written.split(" ").map((next) => {
      const length = PLACE[next.charCodeAt(0)] < 59 ? 1 : 2;
      return term = term.slice(0, numbers(next.slice(0, length))[0]) + next.slice(length);
    });
  }

  function decodeTerms([terms, lists, rest, stems, others]) {
    const groups = [], decoded = termsOf(terms), each = numbers(stems);
    each.forEach((number, at) => groups.push(number > 7 ? groups[at - (number >> 3)] : at));
    return { terms: decoded, lists: lists.split(" "), rest, groups, endings: each.map((number) => number & 7), others };
  }

  const decodeColumn = (entries) => ([ids, labels, column]) => {
    const ends = new Uint32Array(entries + 1), places = [];
    let entry = 0, folded;
    for (const number of numbers(column)) {
      if (number) places.push(number - 1 >> 1);
      if (number % 2 || !number) ends[++entry] = places.length;
    }
    return {
      ids, labels,
      /** Its values as they are compared with what somebody typed. */
      folded: () => folded ??= [ids, labels].map((texts) => texts.map(foldValue)),
      /** Whether an entry has one of some values. */
      has(entry, wanted) {
        for (let at = ends[entry]; at < ends[entry + 1]; at++) if (wanted.has(places[at])) return true;
        return false;
      },
      /** Counts each value of an entry. */
      count(entry, counts) {
        for (let at = ends[entry]; at < ends[entry + 1]; at++) counts[places[at]]++;
      },
    };
  };

  const decodeExpired = (entries) => (column) => {
    const expired = new Uint8Array(entries);
    let next = 0;
    for (const gap of numbers(column)) expired[next += gap] = 1, next++;
    return expired;
  };

  // Titles have the upper levels.
  const BODY_LEVELS = 6;

  /** Raises `fits` to how well each entry of a list fits its term, up to 1. */
  function put(runs, levels, share, fits, titles) {
    for (let all = numbers(runs), at = 0; at < all.length;) {
      const head = all[at++], level = head % levels, fit = ((level + 1) / levels) ** 1.5 * share;
      if (titles && level < BODY_LEVELS) return; // Runs are best first.
      for (let left = head / levels | 0, entry = 0; left; left--, entry++) {
        entry += all[at++];
        if (fits[entry] < fit) fits[entry] = fit;
      }
    }
  }

  const shardOf = ({ first }, term) => {
    let low = 0, high = first.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (first[middle] > term) high = middle - 1; else low = middle;
    }
    return low;
  };

  const loadShard = ({ terms: { names }, load }, shard) => load("terms-" + hash(names, shard, 8), decodeTerms);

  /** The shards in which terms with a beginning are; a few of them, where it is short. */
  function shardsOf(index, start, most) {
    const shards = [shardOf(index, start)];
    for (let next = shards[0] + 1; shards.length < most && index.first[next]?.startsWith(start); next++) shards.push(next);
    return shards;
  }

  /** Where a sorted list would have a term. */
  function placeIn(terms, term) {
    let low = 0, high = terms.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (terms[middle] < term) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** Puts what a term of a shard has, and what its other forms have. */
  async function putTerm(index, shard, at, share, fits, { titles, whole, found }) {
    const { terms, lists, rest } = shard;
    found.add(terms[at]);
    put(lists[at], index.levels, share, fits, titles);
    if (!rest[at] || !whole) return;
    const more = rest[at].match(/.{8}/g).map((name) => index.load("rest-" + name));
    for (const runs of await Promise.all(more)) put(runs, index.levels, share, fits, titles);
  }

  /** Another form of a word counts less: one in a title as much as the word itself in a text. */
  const FORM = .8;

  /** Adds to `fits` how well each entry fits a term, in any of its forms. An open term is the beginning of others too. */
  async function addTerm(index, { term, open, exact, titles }, share, fits, found) {
    if (!index.terms.names) return;
    // The shorter the beginning, the more words it begins: some of them will do until more is typed.
    const shards = shardsOf(index, term, open ? Math.min(term.length, 3) : 1), elsewhere = new Set();
    await Promise.all(shards.map(async (number) => {
      const shard = await loadShard(index, number), { terms, groups, others } = shard, jobs = [];
      const at = placeIn(terms, term), same = terms[at] === term;
      const take = (at, share, whole) => jobs.push(putTerm(index, shard, at, share, fits, { titles, whole, found }));
      if (same) {
        take(at, share, true);
        if (!exact) {
          groups.forEach((group, other) => { if (other !== at && group === groups[at]) take(other, share * FORM, true); });
          others[at]?.split(" ").forEach((other) => elsewhere.add(other));
        }
      }
      if (open) for (let other = same ? at + 1 : at; terms[other]?.startsWith(term); other++) take(other, share * .8, term.length > 2);
      await Promise.all(jobs);
    }));
    await Promise.all([...elsewhere].map((term) => addTerm(index, { term, exact: true, titles }, share * FORM, fits, found)));
  }

  /** The least number of letters to add, leave out, change or swap between two words, if it is at most `most`. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return Infinity;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j - 1] + same, last[j] + 1, row[j - 1] + 1);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        if (row[j] < least) least = row[j];
      }
      if (least > most) return Infinity;
      before = last, last = row;
    }
    return last[b.length] <= most ? last[b.length] : Infinity;
  }

  /** Which letters a word has, each one of 32 bits: two words that are alike have few that the other does not. */
  function lettersOf(word) {
    let letters = 0;
    for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
    return letters;
  }

  function countBits(bits) {
    let count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
  }

  const decodeSpelling = (written) => termsOf(written).map((term) => ({ term, letters: lettersOf(term) }));

  const spelling = ({ spelling, load }, length) =>
    Object.hasOwn(spelling, length) ? load(`spell-${length}-${spelling[length]}`, decodeSpelling) : [];

  /** The words that are nearest to one, by at most so many letters. An open word may be the beginning of them. */
  async function nearest(index, word, most, open) {
    const lengths = [];
    for (let length = word.length - most; length <= word.length + (open ? 4 : most); length++) lengths.push(length);
    const lists = await Promise.all(lengths.map((length) => spelling(index, length)));
    const letters = lettersOf(word);
    let best = most + .5, found = [];
    for (const { term: candidate, letters: others } of lists.flat()) {
      if (countBits(letters & ~others) > best || !open && countBits(others & ~letters) > best) continue;
      const compared = open && candidate.length > word.length + most ? candidate.slice(0, word.length) : candidate;
      // Few err in the first letter.
      const far = distance(word, compared, Math.floor(best)) + (candidate[0] === word[0] ? 0 : .5);
      if (far > best) continue;
      if (far < best) best = far, found = [];
      found.push(candidate);
    }
    return found.slice(0, 5);
  }

  /** Other forms of a word that no entry has: terms of which it begins with the stem, or which begin with it. Those that
    have most in common with it, three letters of five at least; and how much that is. */
  async function knownForms(index, word) {
    let most = Math.max(3, Math.round(word.length * .6)), forms = [];
    if (!index.terms.names) return { most, forms };
    const shards = shardsOf(index, word.slice(0, most), 2).map((shard) => loadShard(index, shard));
    for (const { terms, endings } of await Promise.all(shards)) {
      terms.forEach((term, at) => {
        let shared = 0;
        while (shared < word.length && word[shared] === term[shared]) shared++;
        if (shared < most || term.length < LEAST_MENDED || shared < term.length - endings[at] && shared < word.length) return;
        if (shared > most) most = shared, forms = [];
        forms.push(term);
      });
    }
    return { most, forms };
  }

  /** Whether a term fits a pattern of letters and *. Each part is looked for once, from where the last one ended. */
  function fitterOf(pattern) {
    const parts = pattern.split("*"), start = parts.shift(), end = parts.pop();
    return (term) => {
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

  /** The terms that a pattern of letters and * means: of the shards of its beginning, or else of the words for spelling. */
  async function matching(index, pattern) {
    const start = pattern.slice(0, pattern.indexOf("*")), fits = fitterOf(pattern), found = [];
    const lists = start.length > 1 && index.terms.names
      ? (await Promise.all(shardsOf(index, start, 4).map((shard) => loadShard(index, shard)))).map(({ terms }) => terms)
      : await Promise.all(Object.keys(index.spelling).map((length) => spelling(index, length)));
    for (const list of lists) for (const it of list) if (found.length < MOST_MEANT && fits(it.term ?? it)) found.push(it.term ?? it);
    return found;
  }

  /** What a question may ask for: so many characters, clauses, words, patterns, and words that nothing has as they are. The
    first of each count. A pattern means so many terms. */
  const MOST_LETTERS = 1000, MOST_CLAUSES = 20, MOST_WORDS = 40, MOST_PATTERNS = 12, MOST_GUESSED = 12, MOST_MEANT = 50;

  const FIELDS = ["title", "summary", "text"];
  const FACETS = ["type", "country", "sector", "kind", "topic", "language", "status", "year"];
  const CLAUSE = /([+-]?)(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+))/gu;

  /** The clauses of a query, and the facets that it narrows. */
  function parse(query) {
    const clauses = [], filters = [], seen = new Set();
    for (const { 0: all, 1: sign, 2: name, 3: phrase, 4: bare, index } of query.matchAll(CLAUSE)) {
      if (seen.has(all) && index + all.length < query.length) continue;
      seen.add(all);
      const field = FIELDS.includes(name) ? name : "", isFacet = FACETS.includes(name);
      let text = phrase ?? bare, fuzz = 0, boost = 1;
      if (name && !field && !isFacet) text = `${name}:${text}`;
      if (phrase === undefined) text = text.replace(/(?:~(\d))?(?:\^(\d+(?:\.\d+)?))?$/, (_, letters, times) => {
        fuzz = Math.min(letters ?? 0, 2);
        boost = Math.min(times ?? 1, 100);
        return "";
      });
      if (isFacet) {
        filters.push({ name, not: sign === "-", value: text });
        continue;
      }
      const isLast = index + all.length === query.length && phrase === undefined && !fuzz;
      // What stands together, or in a field that the lists do not know, is seen when the entries are read.
      const words = sequence(text), isRead = field === "summary" || field === "text" || phrase !== undefined && words.length > 1;
      const ways = wordsOf(text, isLast, phrase !== undefined);
      clauses.push({ must: sign === "+" || isRead || phrase !== undefined, not: sign === "-", titles: field === "title", fuzz, boost, field, isRead,
        words: ways, open: ways.flat(2).filter(({ open }) => open).map(({ term }) => term), sequence: words, found: new Set() });
    }
    return { clauses: atMost(clauses), filters: filters.slice(0, MOST_CLAUSES) };
  }

  /** The clauses that count. */
  function atMost(clauses) {
    let words = 0, patterns = 0;
    const fits = (clause) => {
      words += clause.words.length;
      patterns += clause.words.flat(2).filter(({ pattern, open }) => pattern || open).length;
      return clause.words.length && words <= MOST_WORDS && patterns <= MOST_PATTERNS;
    };
    return clauses.filter(({ words }) => words.length).slice(0, MOST_CLAUSES).filter(fits);
  }

  /** The words of a text without what they make together. */
  const sequence = (text) => [...compounds(text)].flatMap(({ parts }) => parts);

  /** The words of a clause, each with one or two ways to have it, each way the terms it takes. */
  function wordsOf(text, isLast, exact) {
    if (text.includes("*") && /[\p{L}\p{N}]/u.test(text)) {
      const pattern = fold(text).replace(/[^\p{L}\p{N}\p{M}*]/gu, "").replace(/\*+/g, "*");
      const start = pattern.slice(0, -1);
      return pattern.indexOf("*") === pattern.length - 1 && sequence(start).join() === start
        ? [[[{ term: start, open: true }]]] : [[[{ pattern }]]];
    }
    const words = [...compounds(text)].flatMap(({ parts, joined }) =>
      joined.length && !exact ? [[joined, parts]] : parts.map((part) => [[part]])).slice(0, 20);
    const last = isLast && words[words.length - 1]?.[0];
    return words.map((ways) => ways.map((terms) => terms.map((term, at) => (
      // One letter begins too much, but where it is a word or a syllable.
      { term, exact, open: terms === last && at === terms.length - 1 && (term.length > 1 || term > "\u0e00") }))));
  }

  /** Of each entry's fits the worst, in the first list. */
  function worst([merged, ...others]) {
    for (const fits of others) for (let entry = 0; entry < fits.length; entry++) if (fits[entry] < merged[entry]) merged[entry] = fits[entry];
    return merged;
  }

  /** Of each entry's fits the best, in the first list. */
  function best([merged, ...others]) {
    for (const fits of others) for (let entry = 0; entry < fits.length; entry++) if (fits[entry] > merged[entry]) merged[entry] = fits[entry];
    return merged;
  }

  function howMany(fits) {
    let count = 0;
    for (let entry = 0; entry < fits.length; entry++) if (fits[entry]) count++;
    return count;
  }

  /** An Arabic word as it stands with its article and what is written together with that, or without. */
  const withArticle = (word) => !/^[\u0621-\u064a]{3,}$/.test(word) ? []
    : word.startsWith("ال") ? [word.slice(2)] : ["ال", "بال", "لل", "وال"].map((article) => article + word);

  const LEAST_HALF = 3;

  /** How well each entry fits two words that somebody wrote as one: `wildcloud`. */
  async function fitsHalves(index, word, titles, found) {
    const fits = new Float32Array(index.entries);
    if (!index.terms.names) return fits;
    const { terms } = await loadShard(index, shardOf(index, word));
    const first = terms.filter((term) => term.length >= LEAST_HALF && term.length + LEAST_HALF <= word.length && word.startsWith(term)).pop();
    if (!first) return fits;
    const halves = [first, word.slice(first.length)].map(async (term) => {
      const half = new Float32Array(index.entries);
      await addTerm(index, { term, titles }, .8, half, found);
      return half;
    });
    return worst(await Promise.all(halves));
  }

  const LEAST_MENDED = 4;

  /** How well each entry fits a term in any of the indexes; of a term that nothing has, one that is nearly the same. */
  async function fitsTerm(asking, term, clause) {
    const { indexes } = asking, { titles, fuzz, not, found } = clause, fits = new Float32Array(indexes[0].entries);
    const add = (terms, share) => Promise.all(indexes.flatMap((index, at) =>
      terms.map((term) => addTerm(index, { ...term, titles }, at ? share * .9 : share, fits, found))));
    if (term.pattern) {
      for (const index of indexes) await add((await matching(index, term.pattern)).map((term) => ({ term, exact: true })), .9);
      return fits;
    }
    await add([term], 1);
    const word = term.term;
    if (!term.exact) await add(withArticle(word).map((other) => ({ ...term, term: other })), FORM);
    const most = fuzz || (word.length < LEAST_MENDED ? 0 : word.length < 7 ? 1 : 2);
    const isDone = asking.guesses >= MOST_GUESSED || !fuzz && howMany(fits) || not || indexes.some((index) => index.small.has(word)) || term.exact || !most || !/^\p{L}+$/u.test(word);
    if (isDone) return fits;
    asking.guesses++;
    await addSimilar(asking, term, clause, most, add, fits);
    return fits;
  }

  /** Adds what is like a word that no entry has: words with few letters wrong, its other forms, or else its halves. */
  async function addSimilar({ indexes, guessed, corrected }, { term: word, open }, { titles, fuzz, found }, most, add, fits) {
    if (!fuzz) guessed.add(word);
    const known = fuzz ? [] : await Promise.all(indexes.map((index) => knownForms(index, word)));
    const shared = Math.max(0, ...known.map(({ most }) => most)), forms = known.flatMap(({ most, forms }) => most === shared ? forms : []);
    const reach = forms.length && shared > 4 ? 1 : most;
    const near = (await Promise.all(indexes.map((index) => nearest(index, word, reach, open)))).flat();
    await add([...new Set(near)].map((term) => ({ term, exact: !!fuzz })), fuzz ? .8 : .7);
    if (fuzz) return;
    // Too much for an ending may be a word.
    if (!near.length && !(forms.length && word.length - shared < 4)) {
      best([fits, ...await Promise.all(indexes.map((index) => fitsHalves(index, word, titles, found)))]);
      if (howMany(fits)) return;
    }
    await add(forms.map((term) => ({ term })), .6);
    if (near.length && !forms.length) corrected.set(word, near[0]);
  }

  async function fitsWord(asking, ways, clause) {
    const [joined, parts] = ways.map((terms) => async () =>
      worst(await Promise.all(terms.map((term) => fitsTerm(asking, term, clause)))));
    const fits = await joined();
    // Where many have the word they make, the parts need no look.
    return parts && howMany(fits) < 10 ? best([fits, await parts()]) : fits;
  }

  /** Words that others write as one: `big blue button`. Looked for only where that costs no further file. */
  async function addJoined({ indexes }, words, fitting) {
    const terms = words.map(({ ways, clause: { field, not, fuzz } }) => ways.length === 1 && ways[0].length === 1 && !field && !not && !fuzz && ways[0][0]);
    const [index] = indexes;
    if (words.length < 2 || words.length > 4 || !terms.every((term) => term && term.term && !term.exact)) return;
    const term = terms.map(({ term }) => term).join("");
    if (shardOf(index, term) !== shardOf(index, terms[0].term)) return;
    const fits = new Float32Array(index.entries);
    await addTerm(index, { term, open: terms[terms.length - 1].open }, 1, fits, words[0].clause.found);
    for (const own of fitting) best([own, fits]);
  }

  /** The words without the small ones ("how", "with", "the"), unless there are no others. */
  function largeOf({ indexes }, words) {
    const large = words.filter(({ ways: [terms], clause: { must, not, titles, fuzz } }) =>
      must || not || titles || fuzz || !terms.every(({ term }) => indexes.some((index) => index.small.has(term))));
    return large.length ? large : words;
  }

  /** How well each entry fits the words, together; how much of what was asked it has; and which may not answer. */
  async function score(asking, clauses) {
    const { entries } = asking.indexes[0], words = largeOf(asking, clauses.flatMap((clause) => clause.words.map((ways) => ({ ways, clause }))));
    const scores = new Float32Array(entries), covered = new Float32Array(entries), out = new Uint8Array(entries);
    const fitting = await Promise.all(words.map(({ ways, clause }) => fitsWord(asking, ways, clause)));
    await addJoined(asking, words, fitting);
    let all = 0, unknown = 0;
    words.forEach(({ ways, clause: { not, must, boost, isRead } }, at) => {
      const fits = fitting[at];
      if (not && isRead) return; // Entries that have the words elsewhere may answer.
      const count = howMany(fits), rarity = Math.log(1 + (entries - count + .5) / (count + .5));
      if (!not) all += rarity, unknown += count && !ways.flat().some(({ term }) => asking.guessed.has(term)) ? 0 : 1;
      for (let entry = 0; entry < entries; entry++) {
        if (fits[entry]) {
          if (not) out[entry] = 1;
          else scores[entry] += fits[entry] * rarity * boost, covered[entry] += rarity;
        } else if (must && !not) out[entry] = 1;
      }
    });
    return { scores, covered, all, out, unknown, words: words.length };
  }

  /** An entry answers well if it has so much of what those have that have most: of two words both, or the much rarer one. */
  const enough = (words) => words > 2 ? .5 : .6;

  /** Where fewer than these answer well, those that have less follow them. */
  const FEW = 10, LEAST = .2;

  // Entries are sorted as numbers, each its score and its place in one, which is several times faster than by a function.
  const STEPS = 1024, PLACES = 2 ** 24, WELL = 2 ** 50;

  /** The entries with the chosen values that have enough of the words; and how many each value has. */
  function narrow({ entries }, { scores, covered, out, words }, columns, filters, hidden) {
    let most = 0;
    for (let entry = 0; entry < entries; entry++) {
      if (hidden?.[entry]) out[entry] = 1;
      if (!out[entry] && covered[entry] > most) most = covered[entry];
    }
    const well = most * enough(words);
    let answering = 0;
    for (let entry = 0; entry < entries; entry++) if (!out[entry] && covered[entry] >= well) answering++;
    const found = [], least = answering < FEW ? most * LEAST : well, choosing = columns.filter(({ chosen }) => chosen.size);
    const take = (entry) => {
      if (filters.some(({ column, places, not }) => (column?.has(entry, places) ?? false) === not)) return;
      const missed = choosing.filter((column) => !column.has(entry, column.chosen));
      if (!missed.length) found.push((covered[entry] >= well ? WELL : 0) + PLACES * Math.round(scores[entry] * STEPS) + entry);
      // A facet's counts say what else could be chosen in it, so its own choice does not lower them.
      for (const column of missed.length ? missed : columns) if (missed.length < 2) column.count(entry, column.counts);
    };
    for (let entry = 0; entry < entries; entry++) if (!out[entry] && covered[entry] >= least) take(entry);
    const order = Float64Array.from(found).sort().reverse(), less = order.findIndex((number) => number < WELL);
    return { order: Array.from(order, (number) => number % PLACES), well: less < 0 ? order.length : less, most };
  }

  const decodePlaces = ([names, latitudes, longitudes, column]) => ({ names, latitudes, longitudes, of: numbers(column) });
  const placesOf = ({ columns, load }) => columns.place ? load("place-" + columns.place, decodePlaces) : null;

  /** Kilometres from one place to each other, as the crow flies. */
  function distances({ latitudes, longitudes }, from) {
    const radians = (degrees) => degrees * Math.PI / 180, cosine = (at) => Math.cos(radians(latitudes[at]));
    return latitudes.map((latitude, at) => {
      const half = (degrees) => Math.sin(radians(degrees) / 2) ** 2;
      const share = half(latitude - latitudes[from]) + cosine(at) * cosine(from) * half(longitudes[at] - longitudes[from]);
      return 12742 * Math.asin(Math.sqrt(Math.min(1, share)));
    });
  }

  /** Puts what was found, best first, into another order. */
  async function arrange(index, order, sort, near) {
    if (sort === "new") return order.sort((one, other) => other - one);
    if (sort === "title" && index.columns.title) {
      const ranks = await index.load("title-" + index.columns.title, numbers);
      return order.sort((one, other) => ranks[one] - ranks[other]);
    }
    const places = sort === "near" && await placesOf(index), from = places ? places.names.indexOf(near) : -1;
    if (from < 0) return order;
    const far = distances(places, from), of = (entry) => places.of[entry] ? far[places.of[entry] - 1] : 1e9;
    return order.map((entry) => [entry, of(entry)]).sort((one, other) => one[1] - other[1]).map(([entry]) => entry);
  }

  async function rowOf({ blocks, load }, entry) {
    const block = entry / blocks.size | 0;
    return (await load(`entries-${block}-${hash(blocks.names, block, 6)}`))[entry % blocks.size];
  }

  /** The further text of an entry, below its excerpt. */
  async function furtherText({ blocks, load }, entry) {
    const block = entry / blocks.size | 0, name = hash(blocks.texts, block, 6);
    return name[0] === "-" ? "" : (await load(`texts-${block}-${name}`))[entry % blocks.size];
  }

  /** Whether a word is one of those that a clause found, or begins as the one that is still typed. Small words found none. */
  const isTermOf = ({ found, open }, word) =>
    found.has(word) || found.size > 0 && open.some((term) => word.startsWith(term));

  /** So many entries are read at most. */
  const MOST_READ = 100;

  /** Those entries that have in their texts what can only be seen there: words that stand together, or in one field. */
  async function read(index, order, clauses) {
    const has = (clause, texts) => (clause.field ? [texts[clause.field]] : Object.values(texts)).some((words) => {
      const wanted = clause.sequence;
      return wanted.length > 1 ? words.some((_, at) => wanted.every((word, next) => words[at + next] === word))
        : words.some((word) => isTermOf(clause, word));
    });
    const fits = await Promise.all(order.slice(0, MOST_READ).map(async (entry) => {
      const [, , title, summary = "", excerpt = ""] = await rowOf(index, entry), text = excerpt.replace(/…$/, "");
      const texts = { title: sequence(title), summary: sequence(summary), text: sequence(text + await furtherText(index, entry)) };
      return clauses.every((clause) => has(clause, texts) !== clause.not);
    }));
    const isExcluding = clauses.every(({ not }) => not);
    return order.filter((_, at) => fits[at] ?? isExcluding);
  }

  const foldValue = (text) => fold(text).replace(/[-_]/g, " ");

  /** The columns that a query narrows by name, with the places of the values that it means. */
  const filtersOf = (filters, columns) => filters.map(({ name, value, not }) => {
    const column = columns.get(name), wanted = foldValue(value), [ids, labels] = column?.folded() ?? [[], []];
    const places = new Set(ids.flatMap((id, place) => id === wanted || labels[place] === wanted ? [place] : []));
    return { column, places, not };
  });

  async function search(folders, options) {
    const all = [folders].flat();
    if (!options.widen || all.length < 2) return searchIn(all, options);
    const own = await searchIn(all.slice(0, 1), options);
    if (!own.asked || own.count && !own.unknown) return own;
    // What nobody has written in this language may stand in another.
    const wider = await searchIn(all, options);
    return wider.count && (!own.count || wider.unknown < own.unknown || wider.well > own.well) ? { ...wider, elsewhere: true } : own;
  }

  async function searchIn(folders, { query, chosen, counted, expired, sort, near }) {
    const indexes = await Promise.all(folders.map(directory)), [index] = indexes, { entries, columns, types, load } = index;
    // All indexes number the same entries alike, unless the site was built anew in between.
    const asking = { indexes: indexes.filter((other) => other.entries === entries), guessed: new Set(), guesses: 0, corrected: new Map() };
    const cut = query.length > MOST_LETTERS;
    const { clauses, filters } = parse(cut ? query.slice(0, MOST_LETTERS).replace(/[\ud800-\udbff]$/, "") : query);
    const wanted = [...new Set(counted.concat(Object.keys(chosen)))], named = new Set([...wanted, ...filters.map(({ name }) => name)]);
    const loaded = new Map();
    const [scored, hidden] = await Promise.all([
      score(asking, clauses),
      !expired && columns.expired && load("expired-" + columns.expired, decodeExpired(entries)),
      ...[...named].map(async (name) => {
        if (Object.hasOwn(columns, name)) loaded.set(name, await load(`facet-${name}-${columns[name]}`, decodeColumn(entries)));
      }),
    ]);
    const facets = wanted.map((name) => loaded.get(name)).map((column, at) => column && {
      ...column,
      counts: new Uint32Array(column.ids.length),
      chosen: new Set((Object.hasOwn(chosen, wanted[at]) ? chosen[wanted[at]] : []).map((id) => column.ids.indexOf(id))),
    });
    const present = facets.filter(Boolean), asked = clauses.length + filters.length > 0 || present.some(({ chosen }) => chosen.size);
    const isFound = (most) => asked && (most > 0 || !clauses.some(({ not }) => !not));
    const { order, well, most } = narrow(index, scored, present, filtersOf(filters, loaded), hidden);
    const reading = clauses.filter(({ isRead }) => isRead), shown = clauses.filter(({ not }) => !not);
    const [first, others] = await Promise.all((isFound(most) ? [order.slice(0, well), order.slice(well)] : [[], []]).map(async (order) =>
      arrange(index, reading.length ? await read(index, order, reading) : order, sort, near)));
    const answers = first.concat(others);
    const values = (column) => column.ids.map((id, place) => (
      { id, label: column.labels[place], count: answers.length || !asked ? column.counts[place] : 0, chosen: column.chosen.has(place) }));
    return {
      asked,
      cut,
      count: answers.length,
      well: first.length || others.length,
      partial: most < scored.all * .999,
      unknown: scored.unknown,
      corrected: Object.fromEntries(asking.corrected),
      facets: Object.fromEntries(facets.map((column, at) => [wanted[at], column ? values(column) : null])),
      async entry(at) {
        const [kind, path, title, summary = "", text = "", expired = 0, language = ""] = await rowOf(index, answers[at]);
        return { type: types[kind], path, title, summary, text, expired, language };
      },
      isTerm: (token) => shown.some((clause) => isTermOf(clause, token)),
    };
  }

  const warm = (folder) => directory(folder).catch(() => {});
  const places = async (folder) => (await placesOf(await directory(folder)))?.names ?? [];
  globalThis.ayniSearch = { tokens, search, places, warm, forget: () => { fresh = "?" + Date.now(); } };
})();
