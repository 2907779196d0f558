// `ayni schema` prints what other programs can hold files to: ajv reads it, and it takes and refuses what `check` does.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { it } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';

import { ayni, siteOf } from './site.mjs';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const FOLDERS = { coops: 'coop', needs: 'need', offers: 'offer', matches: 'match', calls: 'call', pages: 'page' };
const KINDS = [...Object.values(FOLDERS), 'site', 'topics'];

const compiled = (schema) => new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(schema));
const schemas = {};
for (const kind of KINDS) schemas[kind] = compiled(await ayni(REPOSITORY, 'schema', kind));

/** The front matter of a text, as other programs read it. */
const fields = (text) => parse(text.split(/^---$/m)[1]) ?? {};

/** Every original entry of the sample: its path, its kind and its fields. */
async function entries() {
  const found = [];
  for (const [folder, kind] of Object.entries(FOLDERS)) {
    const below = join(REPOSITORY, 'content', folder);
    for (const path of await readdir(below, { recursive: true })) {
      if (!path.endsWith('.md') || /\.[a-z]{2,3}(-[A-Za-z]+)*\.md$/.test(path)) continue;
      found.push({ path: join(folder, path), kind, fields: fields(await readFile(join(below, path), 'utf8')) });
    }
  }
  return found;
}

const sample = await entries();

it('takes every entry, the settings and the vocabulary of the sample', async () => {
  assert.ok(sample.length > 100, `${sample.length} entries`);
  const named = {};
  for (const kind of KINDS) named[kind] = compiled(await ayni(REPOSITORY, 'schema', kind, '--ids'));
  const files = [
    ...sample,
    { path: 'site.yaml', kind: 'site', fields: parse(await readFile(join(REPOSITORY, 'site.yaml'), 'utf8')) },
    {
      path: 'topics.yaml',
      kind: 'topics',
      fields: parse(await readFile(join(REPOSITORY, 'content/topics.yaml'), 'utf8')),
    },
  ];
  for (const { path, kind, fields } of files) {
    for (const validate of [schemas[kind], named[kind]]) {
      assert.ok(validate(fields), `${path}: ${JSON.stringify(validate.errors, null, 1)}`);
    }
  }
});

it('says what each field is for, with an example that it takes', () => {
  for (const kind of KINDS.filter((kind) => kind !== 'topics')) {
    const { properties } = schemas[kind].schema;
    for (const [name, property] of Object.entries(properties)) {
      assert.equal(typeof property.description, 'string', `${kind}: ${name}`);
      for (const example of property.examples ?? []) {
        schemas[kind]({ [name]: example });
        const wrong = (schemas[kind].errors ?? []).filter((it) => it.instancePath.startsWith(`/${name}`));
        assert.deepEqual(wrong, [], `${kind}: ${name}: ${JSON.stringify(example)}`);
      }
    }
  }
});

const REQUIRED = {
  coop: 'title: A',
  need: 'title: A\ncoop: acme\nkind: human',
  offer: 'title: A\ncoop: acme\nkind: human',
  call: 'start: 2026-12-25T16:00',
  page: 'title: A',
};

/** The site in which an entry stands, and its own file. */
function files(kind, text) {
  const names = text.split('\n').map((line) => line.split(':')[0]);
  const required = REQUIRED[kind].split('\n').filter((line) => !names.includes(line.split(':')[0]));
  const folder = Object.keys(FOLDERS).find((folder) => FOLDERS[folder] === kind);
  const path = `content/${folder}/case.md`;
  const all = { 'content/coops/acme.md': '---\ntitle: Acme\n---\n' };
  all[path] = `---\n${[...required, text].join('\n')}\n---\nSome words.\n`;
  return { all, path };
}

/** The errors that `check` finds in it. */
async function checked(kind, text) {
  const { all, path } = files(kind, text);
  const site = await siteOf(all);
  const found = await ayni(site, 'check', '--format', 'json').catch((error) => error.stdout);
  const wrong = JSON.parse(found).filter((it) => it.severity === 'error');
  return { fields: fields(all[path]), wrong: wrong.map((it) => `${it.file}: ${it.message}`) };
}

const TAKEN = [
  ['coop', 'title: 123'],
  ['coop', 'title: true'],
  ['coop', 'country: NO'],
  ['coop', 'country: pt'],
  ['coop', 'lang: no'],
  ['coop', 'languages: no'],
  ['coop', 'languages: pt-br'],
  ['coop', 'languages: [zh-Hant, quz]'],
  ['coop', 'topics: software'],
  ['coop', 'topics: [""]'],
  ['coop', 'country: ""'],
  ['coop', 'country:'],
  ['coop', 'founded: 2019'],
  ['coop', 'founded: "2019-05"'],
  ['coop', 'members: "9"'],
  ['coop', 'contact: {type: email, value: a@b.example}'],
  ['coop', 'coordinates: [41.15, -8.61]'],
  ['need', 'basis: gift'],
  ['need', 'kind: knowledge\nmode:'],
  ['need', 'amount: {value: "4000", currency: eur}'],
  ['offer', 'capacity: unlimited'],
  ['offer', 'capacity: 3'],
  ['call', 'facilitator: acme'],
  ['call', 'facilitator: {name: Ana Example, consent: true}'],
  ['call', 'minutes: {about: 1}'],
  ['call', 'duration: 1h30m'],
  ['page', 'links: {url: "mailto:a@b.example"}'],
];

it('takes what check takes', async () => {
  for (const [kind, text] of TAKEN) {
    const { fields, wrong } = await checked(kind, text);
    assert.deepEqual(wrong, [], text);
    assert.ok(schemas[kind](fields), `${text}: ${JSON.stringify(schemas[kind].errors)}`);
  }
});

const SLIPS = [
  ['coop', 'titel: Acme'],
  ['coop', 'title: ""'],
  ['coop', 'title: [a]'],
  ['coop', 'country: Portugal'],
  ['coop', 'country: UK'],
  ['coop', 'languages: [english]'],
  ['coop', 'languages: [xx]'],
  ['coop', 'form: coop'],
  ['coop', 'status: busy'],
  ['coop', 'founded: May 2019'],
  ['coop', 'founded: 2019-13'],
  ['coop', 'members: nine'],
  ['coop', 'members: -1'],
  ['coop', 'website: acme.example'],
  ['coop', 'coordinates: 41.15'],
  ['coop', 'coordinates: [91, 0]'],
  ['coop', 'contact: a@b.example'],
  ['coop', 'contact: {type: email}'],
  ['coop', 'contact: {type: mail, value: a@b.example}'],
  ['coop', 'visibility:'],
  ['coop', 'draft: perhaps'],
  ['coop', 'created: 22.11.2026'],
  ['coop', 'created: 2026-11-31'],
  ['need', 'kind: money'],
  ['need', 'mode: online'],
  ['need', 'basis: [gift, free]'],
  ['need', 'amount: 500 EUR'],
  ['need', 'amount: {value: 500, currency: XXX}'],
  ['need', 'until: soon'],
  ['offer', 'capacity: many'],
  ['call', 'start: 2026-12-25'],
  ['call', 'duration: 90'],
  ['call', 'turns: [{delegate: acme}]'],
  ['page', 'links: [{label: Shop}]'],
  ['page', 'image: {alt: A loom}'],
  ['page', 'country: PT'],
];

it('refuses what check refuses', async () => {
  assert.ok(SLIPS.length >= 30);
  for (const [kind, text] of SLIPS) {
    const { fields, wrong } = await checked(kind, text);
    assert.notEqual(wrong.length, 0, `check takes ${text}`);
    assert.ok(!schemas[kind](fields), `the schema takes ${text}`);
  }
});
