// Serves a built folder on loopback as a strict web server would: with a Content-Security-Policy, 404.html, and
// under any path.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

export const POLICY =
  "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'";

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.xml': 'application/xml; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** Starts a server of `folder` below `prefix`, which begins and ends with a slash. `url` leads to its home page. */
export async function serveFolder(folder, prefix = '/') {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const below = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
    const found = below === undefined ? undefined : await stat(join(folder, below)).catch(() => undefined);
    if (found?.isDirectory() && !path.endsWith('/')) {
      response.writeHead(301, { Location: `${encodeURI(path)}/` }).end();
      return;
    }
    const file = join(folder, found?.isDirectory() ? join(below, 'index.html') : (below ?? '404.html'));
    const body = found && (await readFile(file).catch(() => undefined));
    const headers = {
      'Content-Type': body ? (TYPES[extname(file)] ?? 'application/octet-stream') : TYPES['.html'],
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    };
    response.writeHead(body ? 200 : 404, headers).end(body ?? (await readFile(join(folder, '404.html'))));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = () =>
    new Promise((stopped) => {
      server.close(stopped);
      server.closeAllConnections();
    });
  return { origin, url: origin + prefix, stop };
}
