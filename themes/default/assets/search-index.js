/* Finds entries in the index that src/search/mod.rs describes; search.js shows them.

  ayniSearch.tokens(text): the words of a text.
  ayniSearch.search(folder, { query, chosen: { country: ["br"] }, counted: ["type"], expired: false }): a promise of
    { asked, count, partial, facets, terms, entry }: whether anything was asked, how many entries answer, whether they
    have only some of the words, { type: [{ id, label, count, chosen }] } for each facet chosen or counted (null if no
    entry has it), the terms looked for, and entry(at) for a promise of the entry in that place, best first.
  ayniSearch.warm(folder) loads the directory. ayniSearch.forget() makes the next search load it anew. */
(() => {
  "use strict";

  // Words: see src/search/tokenizer.rs, whose rules these are. vectors.json tests both.
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
    if (index.version !== 1) throw Error("version");
    return { ...index, first: index.terms.first.split(" "), load: (...file) => load(folder, ...file) };
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

  function decodeTerms([terms, lists, rest]) {
    let term = "";
    const decoded = terms.split(" ").map((written) => {
      const length = PLACE[written.charCodeAt(0)] < 59 ? 1 : 2;
      return term = term.slice(0, numbers(written.slice(0, length))[0]) + written.slice(length);
    });
    return { terms: decoded, lists: lists.split(" "), rest };
  }

  const decodeColumn = (entries) => ([ids, labels, column]) => {
    const ends = new Uint32Array(entries + 1), places = [];
    let entry = 0;
    for (const number of numbers(column)) {
      if (number) places.push(number - 1 >> 1);
      if (number % 2 || !number) ends[++entry] = places.length;
    }
    return { ids, labels, of: (entry) => places.slice(ends[entry], ends[entry + 1]) };
  };

  const decodeExpired = (entries) => (column) => {
    const expired = new Uint8Array(entries);
    let next = 0;
    for (const gap of numbers(column)) expired[next += gap] = 1, next++;
    return expired;
  };

  /** Raises `fits` to how well each entry of a list fits its term, up to 1. */
  function put(runs, levels, share, fits) {
    for (let all = numbers(runs), at = 0; at < all.length;) {
      const head = all[at++], fit = (head % levels + 1) / levels * share;
      for (let left = head / levels | 0, entry = 0; left; left--, entry++) {
        entry += all[at++];
        if (fits[entry] < fit) fits[entry] = fit;
      }
    }
  }

  /** How well each entry fits a term. An open term is the beginning of others, too. */
  async function fitsTerm({ first, entries, levels, terms: { names }, load }, term, open) {
    const fits = new Float32Array(entries);
    let shard = first.length - 1;
    while (first[shard] > term) shard--;
    const shards = [shard];
    // The shorter the beginning, the more words it begins: some of them will do until more is typed.
    while (open && shards.length < Math.min(term.length, 3) && first[++shard]?.startsWith(term)) shards.push(shard);
    if (names) await Promise.all(shards.map(async (shard) => {
      const { terms, lists, rest } = await load("terms-" + hash(names, shard, 8), decodeTerms);
      await Promise.all(terms.map(async (found, at) => {
        if (found !== term && !(open && found.startsWith(term))) return;
        const share = found === term ? 1 : .8;
        put(lists[at], levels, share, fits);
        if (!rest[at] || found !== term && term.length < 3) return;
        const more = rest[at].match(/.{8}/g).map((name) => load("rest-" + name));
        for (const runs of await Promise.all(more)) put(runs, levels, share, fits);
      }));
    }));
    return fits;
  }

  /** The words of a query, each with one or two ways to have it, each way the terms it takes. */
  function wordsOf(query) {
    const words = [...compounds(query)].flatMap(({ parts, joined }) =>
      joined.length ? [[joined, parts]] : parts.map((part) => [[part]])).slice(0, 20);
    const last = !/\s$/.test(query) && words[words.length - 1]?.[0];
    return words.map((ways) => ways.map((terms) => terms.map((term, at) => (
      // One letter begins too much, but where it is a word or a syllable.
      { term, open: terms === last && at === terms.length - 1 && (term.length > 1 || term > "\u0e00") }))));
  }

  const merge = (lists, pick) => lists.reduce((one, other) => one.map((fit, entry) => pick(fit, other[entry])));

  async function fitsWord(index, ways) {
    const [joined, parts] = ways.map((terms) => async () =>
      merge(await Promise.all(terms.map(({ term, open }) => fitsTerm(index, term, open))), Math.min));
    const fits = await joined();
    // Where many have the word they make, the parts need no look.
    return parts && fits.filter(Boolean).length < 10 ? merge([fits, await parts()], Math.max) : fits;
  }

  /** How well each entry fits the words, together, and how many it has. */
  async function score(index, words) {
    const scores = new Float32Array(index.entries), had = new Uint8Array(index.entries);
    for (const fits of await Promise.all(words.map((ways) => fitsWord(index, ways)))) {
      const count = fits.filter(Boolean).length, rarity = Math.log(1 + (index.entries - count + .5) / (count + .5));
      fits.forEach((fit, entry) => { if (fit) scores[entry] += fit * rarity, had[entry]++; });
    }
    return { scores, had };
  }

  /** The entries with the chosen values and the most words, best first; and how many each value has. */
  function narrow({ entries }, { scores, had }, columns, expired) {
    const order = [];
    let most = 0;
    for (let entry = 0; entry < entries; entry++) if (!expired?.[entry] && had[entry] > most) most = had[entry];
    for (let entry = 0; entry < entries; entry++) {
      if (expired?.[entry] || had[entry] < most) continue;
      const places = columns.map((column) => column.of(entry));
      const missed = columns.filter(({ chosen }, at) => chosen.size && !places[at].some((place) => chosen.has(place)));
      if (!missed.length) order.push(entry);
      // A facet's counts say what else could be chosen in it, so its own choice does not lower them.
      columns.forEach((column, at) => {
        if (missed.every((other) => other === column)) places[at].forEach((place) => column.counts[place]++);
      });
    }
    return { order: order.sort((one, other) => scores[other] - scores[one] || other - one), most };
  }

  async function search(folder, { query, chosen, counted, expired }) {
    const index = await directory(folder), { entries, columns, blocks, types, load } = index, words = wordsOf(query);
    const wanted = [...new Set(counted.concat(Object.keys(chosen)))];
    const [scored, hidden, ...loaded] = await Promise.all([
      score(index, words),
      !expired && columns.expired && load("expired-" + columns.expired, decodeExpired(entries)),
      ...wanted.map((name) => columns[name] && load(`facet-${name}-${columns[name]}`, decodeColumn(entries))),
    ]);
    const facets = loaded.map((column, at) => column && {
      ...column,
      counts: new Uint32Array(column.ids.length),
      chosen: new Set((chosen[wanted[at]] ?? []).map((id) => column.ids.indexOf(id))),
    });
    const present = facets.filter(Boolean), asked = words.length > 0 || present.some(({ chosen }) => chosen.size);
    const { order, most } = narrow(index, scored, present, hidden);
    const answers = asked && (most || !words.length) ? order : [];
    return {
      asked,
      count: answers.length,
      partial: most < words.length,
      facets: Object.fromEntries(facets.map((column, at) => [wanted[at], column ? column.ids.map((id, place) => (
        { id, label: column.labels[place], count: column.counts[place], chosen: column.chosen.has(place) })) : null])),
      async entry(at) {
        const block = answers[at] / blocks.size | 0;
        const rows = await load(`entries-${block}-${hash(blocks.names, block, 6)}`);
        const [kind, path, title, summary = "", text = "", expired = 0, language = ""] = rows[answers[at] % blocks.size];
        return { type: types[kind], path, title, summary, text, expired, language };
      },
      terms: words.flat(2),
    };
  }

  const warm = (folder) => directory(folder).catch(() => {});
  globalThis.ayniSearch = { tokens, search, warm, forget: () => { fresh = "?" + Date.now(); } };
})();
