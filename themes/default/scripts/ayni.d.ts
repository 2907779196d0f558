/** What the scripts of the theme share: only types stand here. */

/** Called by each file of an index, with its name and what it holds. */
declare var ayni: (name: string, data: unknown) => void;

/** The search, as `search-index.js` offers it to other scripts. */
declare var ayniSearch: {
  /** The words of a text, as the index has them. */
  tokens(text: string): string[];

  /**
   * Answers a question. The first folder is that of the page's language. Words are looked for in all folders, or with
   * `widen` in the others only if one of the words is not known in the first.
   */
  search(folders: string | string[], question: Question): Promise<Answer>;

  /** The names of all places. */
  places(folder: string): Promise<string[]>;

  /** Loads the directory of an index before it is needed. */
  warm(folder: string): Promise<unknown>;

  /** Makes the next search load the directory anew. */
  forget(): void;
};

interface Question {
  /** What somebody typed. */
  query: string;
  /** The ids of the chosen values of each facet: `{ country: ["br"] }`. */
  chosen: Record<string, string[]>;
  /** The facets whose values are counted. */
  counted: string[];
  /** Whether expired entries answer too. */
  expired?: boolean;
  /** `new`, `title`, `near`, or else what fits best comes first. */
  sort?: string | null;
  /** The name of the place from which `near` sorts. */
  near?: string | null;
  /** Whether the other folders are for words that the first does not know. */
  widen?: boolean;
}

interface Answer {
  /** Whether anything was asked. */
  asked: boolean;
  /** Whether the question was too long and its end was left out. */
  cut: boolean;
  /** How many entries answer. */
  count: number;
  /** How many of them do well. They are first. It is all of them where none does better than the others. */
  well: number;
  /** Whether even the best have only some of the words. */
  partial: boolean;
  /** How many words no entry has as they are. */
  unknown: number;
  /** Whether the other folders were needed. */
  elsewhere?: boolean;
  /** Words that were taken for others: from, to. */
  corrected: Record<string, string>;
  /** The values of each facet chosen or counted; null if no entry has it. */
  facets: Record<string, FacetValue[] | null>;
  /** The entry in a place. */
  entry(at: number): Promise<Entry>;
  /** Whether a word of a text is one that was looked for. */
  isTerm(token: string): boolean;
}

interface FacetValue {
  id: string;
  label: string;
  count: number;
  chosen: boolean;
}

interface Entry {
  /** What kind of entry it is, in the words of the page. */
  type: string;
  /** Its address below the site's root. */
  path: string;
  title: string;
  summary: string;
  /** An excerpt of its text. */
  text: string;
  /** `"1"` if it is. */
  expired: string | number;
  /** Its language, if that is not the page's. */
  language: string;
}
