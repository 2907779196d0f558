// What measure.mjs and relevance.mjs share: the entries of a site as plain texts, a server, and the other two programs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The entries of the site, as plain texts. */
export function documents(site) {
  const kinds = { coops: 'coop', needs: 'need', offers: 'offer', calls: 'call', pages: 'page' };
  const found = [];
  for (const [folder, type] of Object.entries(kinds)) {
    if (!existsSync(join(site, 'content', folder))) continue;
    const names = readdirSync(join(site, 'content', folder), { recursive: true })
      .filter((name) => name.endsWith('.md'))
      .sort();
    for (const name of names) {
      const [, front, text] = readFileSync(join(site, 'content', folder, name), 'utf8').match(
        /^---\n(.*?)\n---\n?(.*)$/s,
      );
      if (/^visibility: (network|private)/m.test(front)) continue; // Ayni's public edition does not have it.
      const field = (name) => (front.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? '').replace(/^"(.*)"$/, '$1');
      found.push({
        type,
        id: `${folder}/${name.slice(0, -3)}`,
        title: field('title'),
        summary: field('summary'),
        text,
        kind: field('kind'),
        country: field('country'),
        coop: field('coop'),
      });
    }
  }
  const country = new Map(found.map(({ id, country }) => [id, country]));
  for (const it of found) it.country ||= country.get(`coops/${it.coop}`) ?? '';
  return found;
}

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** A server that compresses as web servers do, and counts what it sends: no page sees what its workers ask for. */
export async function serve(folder) {
  const count = { bytes: 0, requests: 0 };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    let bytes;
    try {
      bytes = readFileSync(file);
    } catch {
      return response.writeHead(404).end();
    }
    const isPacked = /\.(pf_\w+|pagefind)$/.test(file);
    const headers = {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'max-age=600',
    };
    const body = isPacked ? bytes : gzipSync(bytes);
    count.bytes += body.length + HEADERS;
    count.requests++;
    response.writeHead(200, isPacked ? headers : { ...headers, 'Content-Encoding': 'gzip' }).end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    count,
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => server.closeAllConnections() || server.close(),
  };
}

/** About what a response takes besides its body. */
const HEADERS = 200;

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Installs Pagefind into a folder; the path of its program. */
export function installPagefind(folder) {
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['install', '--silent', '--prefix', folder, 'pagefind@1']);
  return join(folder, 'node_modules/pagefind/lib/runner/bin.cjs');
}

/** Writes a plain page for each entry, with the filters of Pagefind; all in one language, so they have one index. */
export function writePages(folder, all) {
  for (const { id, type, kind, country, title, summary, text } of all) {
    mkdirSync(join(folder, id), { recursive: true });
    const filters = Object.entries({ type, kind, country })
      .filter(([, value]) => value)
      .map(([name, value]) => `<span data-pagefind-filter="${name}">${escaped(value)}</span>`)
      .join('');
    writeFileSync(
      join(folder, id, 'index.html'),
      `<!doctype html><html lang="en"><title>${escaped(title)}</title><main data-pagefind-body>` +
        `<h1>${escaped(title)}</h1><p>${escaped(summary)}</p>${text
          .split(/\n\n+/)
          .map((it) => `<p>${escaped(it)}</p>`)
          .join('')}${filters}</main></html>`,
    );
  }
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="en"><title>Search</title></html>');
}

/** An index of elasticlunr over the same texts. */
export function elasticlunrIndex(elasticlunr, all) {
  const index = elasticlunr(function () {
    for (const field of ['title', 'summary', 'text']) this.addField(field);
    this.setRef('id');
  });
  for (const { id, title, summary, text } of all) index.addDoc({ id, title, summary, text });
  return index;
}
