// The configurations for web servers in the README and in the handbook, as Debian's nginx, Apache and Caddy understand
// them: each is taken out of its text, started on loopback with the sample directory, and crawled.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { extname, join, relative, resolve } from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { build, copyOfSample, temporaryFolder } from './site.mjs';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const README = await readFile(join(REPOSITORY, 'README.md'), 'utf8');
const HANDBOOK = await readFile(join(REPOSITORY, 'content/pages/handbook/for-admins.md'), 'utf8');

/** The first fenced block below a heading, and the words between them. */
function block(text, heading) {
  const from = text.indexOf(`\n${heading}`);
  assert.ok(from >= 0, `there is a heading ${heading}`);
  const [words, config] = text.slice(from + heading.length + 1).split(/^```\n/m);
  return { words, config };
}

/** Replaces text that must be there. */
function replaced(text, from, to) {
  assert.ok(text.includes(from), `the configuration has “${from}”:\n${text}`);
  return text.replaceAll(from, to);
}

/**
 * How each server is started with Debian's own settings: files in a folder that it may use, then the words of its
 * command.
 */
const SERVERS = {
  nginx: {
    program: '/usr/sbin/nginx',
    async prepare({ config, folder, port }) {
      const site = config.replace(/^( *)listen .*;$/m, `$1listen 127.0.0.1:${port};`);
      assert.notEqual(site, config, 'it says where it listens');
      await writeFile(join(folder, 'site.conf'), site);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (kind) => `${kind}_temp_path ${folder}/${kind};`,
      );
      const main = (await readFile('/etc/nginx/nginx.conf', 'utf8'))
        .replace(/^pid .*;$/m, `pid ${folder}/pid;`)
        .replace(/^http \{$/m, `http {\n${temporary.join('\n')}`)
        .replace(/^error_log .*;$/m, '')
        .replace(/^\s*access_log .*;$/m, 'access_log off;')
        .replace(/^\s*include \/etc\/nginx\/conf\.d\/.*;$/m, '')
        .replace(/^\s*include \/etc\/nginx\/sites-enabled\/.*;$/m, `include ${folder}/site.conf;`);
      await writeFile(join(folder, 'nginx.conf'), main);
      return ['-e', 'stderr', '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'];
    },
  },
  Apache: {
    program: '/usr/sbin/apache2',
    async prepare({ config, words, folder, port }) {
      const own = join(folder, 'apache2');
      await cp('/etc/apache2', own, { recursive: true, verbatimSymlinks: true });
      await rm(join(own, 'sites-enabled'), { recursive: true });
      await mkdir(join(own, 'sites-enabled'));
      const site = config.replace(/^<VirtualHost \*:\d+>$/m, `<VirtualHost 127.0.0.1:${port}>`);
      assert.notEqual(site, config, 'it says where it listens');
      await writeFile(join(own, 'sites-enabled/site.conf'), site);
      await writeFile(join(own, 'ports.conf'), `Listen 127.0.0.1:${port}\nServerName 127.0.0.1\n`);
      const modules = words.match(/`a2enmod ([a-z ]+)`/)?.[1].split(' ') ?? [];
      for (const module of modules.filter((module) => module !== 'ssl')) {
        await symlink(`../mods-available/${module}.load`, join(own, `mods-enabled/${module}.load`));
      }
      await writeFile(join(own, 'conf-enabled/other-vhosts-access-log.conf'), '');
      return ['-d', own, '-D', 'FOREGROUND', '-E', '/dev/stderr'];
    },
    environment: (folder) => ({
      APACHE_RUN_USER: 'www-data',
      APACHE_RUN_GROUP: 'www-data',
      APACHE_PID_FILE: join(folder, 'pid'),
      APACHE_RUN_DIR: folder,
      APACHE_LOCK_DIR: folder,
      APACHE_LOG_DIR: folder,
    }),
  },
  Caddy: {
    program: '/usr/bin/caddy',
    async prepare({ config, folder, port }) {
      const site = replaced(config, 'directory.example {', `http://127.0.0.1:${port} {\n    bind 127.0.0.1`);
      await writeFile(join(folder, 'Caddyfile'), `{\n    admin off\n    auto_https off\n}\n${site}`);
      return ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'];
    },
    environment: (folder) => ({ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }),
  },
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether somebody listens at a port of this computer. */
function listens(port) {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Starts a server; it is stopped when the test is over. */
async function start(context, server, { config, words }) {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  const port = await freePort();
  const options = await server.prepare({ config, words, folder, port });
  const child = spawn(server.program, options, {
    env: { PATH: process.env.PATH, ...server.environment?.(folder) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  context.after(async () => {
    child.kill();
    await ended;
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  for (let tries = 0; !(await listens(port)); tries++) {
    assert.ok(child.exitCode === null && tries < 200, `${server.program} does not start:\n${said}\n${config}`);
    await wait(50);
  }
  return `http://127.0.0.1:${port}`;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** What a server answers, as it comes. */
async function get(url, headers = {}) {
  const asked = request(url, { agent, headers });
  asked.end();
  const [response] = await once(asked, 'response');
  const pieces = [];
  for await (const piece of response) pieces.push(piece);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) };
}

const TYPES = {
  '.html': /^text\/html; ?charset=utf-8$/i,
  '.css': /^text\/css; ?charset=utf-8$/i,
  '.js': /^(text|application)\/javascript; ?charset=utf-8$/i,
  '.atom': /^application\/atom\+xml(; ?charset=utf-8)?$/i,
  '.ics': /^text\/calendar; ?charset=utf-8$/i,
  '.svg': /^image\/svg\+xml(; ?charset=utf-8)?$/i,
  '.png': /^image\/png$/,
  '.xml': /^(text|application)\/xml(; ?charset=utf-8)?$/i,
  '.txt': /^text\/plain; ?charset=utf-8$/i,
};

/** Files of the search index, whose names hold a hash of what is in them. */
const LASTING = /\/search\/[^/]+\/[^/]+-[a-z2-7]{6,8}\.js$/;

/** Which answers may be kept without asking again. The README's configurations do without that. */
const caching = {
  readme: () => 'no-cache',
  handbook: (path) => (LASTING.test(path) ? 'max-age=31536000, immutable' : 'no-cache'),
};

/** Every file of a built site, by the path at which it should be found. */
async function filesOf(folder, prefix) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const path = (file) => prefix + relative(folder, file).split('/').map(encodeURIComponent).join('/');
  return new Map(files.map((file) => [path(file).replace(/(^|\/)index\.html$/, '$1'), file]));
}

/** The paths that a page links, shows, loads or leads on to. */
function linksOf(html, path) {
  const links = [...html.matchAll(/\s(?:href|src)="([^"]*)"|http-equiv="?refresh"? content="0; ?url=([^"]*)"/gi)];
  const urls = links.map(
    ([, link, to]) => new URL((link ?? to).replaceAll('&amp;', '&'), `http://here.invalid${path}`),
  );
  return urls.filter((url) => url.host === 'here.invalid').map((url) => url.pathname);
}

const normal = (path) =>
  path
    .split('/')
    .map((part) => encodeURIComponent(decodeURIComponent(part)))
    .join('/');

/** Asks for every file, and looks where every link leads. */
async function crawl(origin, files, cacheOf) {
  const faults = [];
  let leadsOn = 0;
  const visit = async ([path, file]) => {
    const [answer, bytes] = await Promise.all([get(origin + path), readFile(file)]);
    const is = (right, what) => right || faults.push(`${path}: ${what}`);
    is(answer.status === 200, `status ${answer.status}`);
    is(answer.body.equals(bytes), 'other bytes');
    is(TYPES[extname(file)]?.test(answer.headers['content-type']), `type ${answer.headers['content-type']}`);
    is(answer.headers['cache-control'] === cacheOf(path), `Cache-Control ${answer.headers['cache-control']}`);
    is(answer.headers['content-security-policy']?.startsWith("default-src 'self'"), 'no policy');
    if (extname(file) !== '.html' || file.endsWith('/404.html')) return;
    const html = bytes.toString();
    leadsOn += /http-equiv="?refresh/i.test(html) ? 1 : 0;
    for (const link of linksOf(html, path)) is(files.has(normal(link)), `a link to ${link}`);
  };
  const queue = [...files];
  const worker = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await visit(next);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  assert.deepEqual(faults.slice(0, 20), [], `${faults.length} faults`);
  return leadsOn;
}

/** What a browser asks again is answered with 304, packed or not. */
async function asksAgain(origin, paths, mustBePacked) {
  for (const path of paths) {
    for (const coding of ['identity', 'gzip']) {
      const headers = { 'Accept-Encoding': coding };
      const first = await get(origin + path, headers);
      const isPacked = first.headers['content-encoding'] === 'gzip';
      if (mustBePacked) assert.equal(isPacked, coding === 'gzip' && !path.endsWith('.png'), `${path}, ${coding}`);
      for (const [name, value] of [
        ['If-None-Match', first.headers.etag],
        ['If-Modified-Since', first.headers['last-modified']],
      ]) {
        assert.ok(value, `${path} has what ${name} needs`);
        const again = await get(origin + path, { ...headers, [name]: value });
        assert.equal(again.status, 304, `${path}, ${coding}, ${name}: ${value}`);
        assert.equal(again.body.length, 0);
        assert.equal(again.headers['cache-control'], first.headers['cache-control'], `${path}, 304`);
      }
      const other = await get(origin + path, { ...headers, 'If-None-Match': '"another"' });
      assert.equal(other.status, 200, path);
    }
  }
}

async function missing(origin, prefix, folder) {
  const page = await readFile(join(folder, '404.html'));
  for (const path of ['no/such/page/', 'coops/no-such-coop', 'search/en/entries-0-aaaaaa.js', 'no.css']) {
    const answer = await get(origin + prefix + path);
    assert.equal(answer.status, 404, path);
    assert.ok(answer.body.equals(page), `${path} shows the site's own page`);
    assert.match(answer.headers['content-type'], TYPES['.html'], path);
    assert.equal(answer.headers['cache-control'], 'no-cache', path);
    assert.match(answer.headers['content-security-policy'], /^default-src 'self'/, path);
  }
  for (const [, link] of page.toString().matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    const { pathname, host } = new URL(link, origin + prefix);
    const isOwn = host === new URL(origin).host || host === 'directory.example';
    if (isOwn) assert.equal((await get(origin + pathname)).status, 200, `404.html links ${link}`);
  }
}

async function slashes(origin, prefix) {
  const answer = await get(`${origin}${prefix}coops`);
  assert.ok([301, 302, 307, 308].includes(answer.status), `status ${answer.status}`);
  assert.equal(new URL(answer.headers.location, `${origin}${prefix}coops`).pathname, `${prefix}coops/`);
}

/** The sample, built for a place on its server: the folder of the server, and that of the site in it. */
async function builtFor(prefix) {
  const site = await copyOfSample();
  const out = await build(site, '--base-url', `https://directory.example${prefix}`);
  const top = await temporaryFolder();
  const folder = join(top, prefix);
  await cp(out, folder, { recursive: true });
  for (const open of [top, folder]) await chmod(open, 0o755);
  return { top, folder };
}

const sites = { '/': await builtFor('/'), '/dir/': await builtFor('/dir/') };

const texts = {
  readme: (name) => block(README, `**${name}**`),
  handbook: (name) => block(HANDBOOK, `### ${name}`),
};

for (const [name, server] of Object.entries(SERVERS)) {
  // Whoever has no such server need not install one.
  const skip = !process.env.CI && !existsSync(server.program) && `${server.program} is not installed`;
  for (const [place, text] of Object.entries(texts)) {
    for (const [prefix, { top, folder }] of Object.entries(sites)) {
      it(`${name} shows the whole site at ${prefix} as the ${place} configures it`, { skip }, async (context) => {
        const { words, config } = text(name);
        // What the handbook says about a site in a folder of its server.
        const moved = replaced(replaced(config, '/srv/directory', top), '/404.html', `${prefix}404.html`);
        const origin = await start(context, server, { words, config: moved });
        const files = await filesOf(folder, prefix);
        assert.ok((await crawl(origin, files, caching[place])) > 0, 'an alias leads on');
        await missing(origin, prefix, folder);
        await slashes(origin, prefix);
        const shard = [...files.keys()].find((path) => LASTING.test(path));
        const some = ['', 'coops/', 'assets/style.css', 'assets/search.js', 'coops.atom', 'preview.png'];
        await asksAgain(origin, [...some.map((path) => prefix + path), shard], place === 'handbook');
      });
    }
  }
}
