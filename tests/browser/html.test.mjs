// The markup of every page that was built, and where its links lead.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { none } from './browser.mjs';
import { sample } from './site.mjs';

/** The recommended rules of html-validate, but for these. */
const RULES = {
  extends: ['html-validate:recommended'],
  root: true,
  rules: {
    // Small letters, `/>` and `checked=""` mean the same to every browser.
    'doctype-style': 'off',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    // A title is the author's, and in some languages long; what comes first in it tells pages apart.
    'long-title': 'off',
    // A heading gives its words as an id, in any script; it may begin with a digit.
    'valid-id': ['error', { relaxed: true }],
    // A list may have a name: that of the heading above it.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
  },
};

const folder = await sample();
const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
const all = new Set(files);
const pages = new Map();
for (const file of files.filter((file) => file.endsWith('.html')).sort()) {
  pages.set(file, await readFile(join(folder, file), 'utf8'));
}

/** At most this many lines of the same finding. */
const EXAMPLES = 3;

function summary(found) {
  return [...found].map(([finding, places]) => {
    const more = places.length > EXAMPLES ? ` and ${places.length - EXAMPLES} more` : '';
    return `${finding}\n    ${places.slice(0, EXAMPLES).join('\n    ')}${more}`;
  });
}

const note = (found, finding, place) => found.set(finding, [...(found.get(finding) ?? []), place]);

it('the markup is valid', async () => {
  const validator = new HtmlValidate(RULES);
  const found = new Map();
  for (const [file, html] of pages) {
    const report = await validator.validateString(html);
    for (const { ruleId, message, line, column, offset } of report.results.flatMap(({ messages }) => messages)) {
      // A heading in a template is filled when it is used.
      const isInTemplate = html.lastIndexOf('<template', offset) > html.lastIndexOf('</template', offset);
      if (ruleId === 'empty-heading' && isInTemplate) continue;
      note(found, `${ruleId}: ${message}`, `${file}:${line}:${column}`);
    }
  }
  none(summary(found));
});

const TAG = /<([a-z][\w-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;

/** Every tag of a page with its attributes. */
function* tags(html) {
  for (const [, name, attributes] of html.matchAll(TAG)) {
    const values = [...attributes.matchAll(ATTRIBUTE)].map(([, key, ...value]) => [
      key.toLowerCase(),
      value.find((it) => it !== undefined) ?? '',
    ]);
    yield { name: name.toLowerCase(), attributes: Object.fromEntries(values) };
  }
}

it('no page has a style, a script or a handler of its own, or loads anything from elsewhere', () => {
  const found = new Map();
  for (const [file, html] of pages) {
    for (const { name, attributes } of tags(html)) {
      if (name === 'style' || 'style' in attributes) note(found, `a style on <${name}>`, file);
      if (name === 'script' && !attributes.src) note(found, 'a script without an address', file);
      if (name === 'script' && !('defer' in attributes)) note(found, 'a script that is not deferred', file);
      for (const key of Object.keys(attributes))
        if (/^on/.test(key)) note(found, `a handler ${key} on <${name}>`, file);
      const isLoaded = name === 'link' ? /stylesheet|icon|preload/.test(attributes.rel) : !['a', 'form'].includes(name);
      for (const key of ['src', 'href', 'srcset', 'data', 'poster']) {
        if (isLoaded && /^([a-z]+:)?\/\//i.test(attributes[key] ?? ''))
          note(found, `<${name}> from ${attributes[key]}`, file);
      }
      if (name === 'a' && /^\s*(javascript|data|vbscript):/i.test(attributes.href ?? ''))
        note(found, `a link to ${attributes.href}`, file);
    }
  }
  none(summary(found));
});

/** Where a file is in a browser; the site itself stands under a name that nothing else has. */
const addressOf = (file) => `http://site.test/${file.replace(/(^|\/)index\.html$/, '$1')}`;

/** The path that an address names, and the file behind it. */
function at(url) {
  const path = decodeURIComponent(url.pathname).slice(1);
  return { path, target: path === '' || path.endsWith('/') ? `${path}index.html` : path };
}

const decoded = (text) =>
  text
    .replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&#x2F;/gi, '/');

it('every link within the site leads to a page or file that is there, and to a place on it', () => {
  const ids = new Map(
    [...pages].map(([file, html]) => [file, new Set([...tags(html)].map(({ attributes }) => attributes.id))]),
  );
  const found = new Map();
  let count = 0;
  for (const [file, html] of pages) {
    const base = addressOf(file);
    for (const { name, attributes } of tags(html)) {
      for (const key of ['href', 'src', 'action']) {
        if (attributes[key] === undefined || attributes.rel === 'canonical' || attributes.rel === 'alternate') continue;
        const url = new URL(decoded(attributes[key]), base);
        if (url.host !== 'site.test') continue;
        count++;
        const { path, target } = at(url);
        if (!all.has(target)) note(found, `<${name}> to /${path}, which is not there`, file);
        const place = decodeURIComponent(url.hash.slice(1));
        if (place && ids.has(target) && !ids.get(target).has(place))
          note(found, `<${name}> to #${place}, which is not on /${path}`, file);
      }
    }
  }
  assert.ok(count > 1_000, `${count} links`);
  none(summary(found));
});

it('every page says rightly where it is to be found, in which languages, and where its feed is', () => {
  const found = new Map();
  for (const [file, html] of pages) {
    for (const {
      name,
      attributes: { rel, href, hreflang, type },
    } of tags(html)) {
      if (name !== 'link' || !['alternate', 'canonical'].includes(rel)) continue;
      if (!type && !/^https:/.test(href)) note(found, `${rel} ${href} is not a whole address`, file);
      const { path, target } = at(new URL(decoded(href), addressOf(file)));
      if (!all.has(target)) note(found, `${rel} ${hreflang ?? type ?? ''} to /${path}, which is not there`, file);
    }
  }
  none(summary(found));
});
