// Sites to look at: the sample directory of this repository, and small ones that a test writes.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { promisify } from 'node:util';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const AYNI = process.env.AYNI ?? resolve(REPOSITORY, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/ayni');

/** The day for which all sites are built: the call of November 2026 is still to come. */
export const TODAY = '2026-11-22';

/** A folder that is removed when the tests of the file are over. */
export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'ayni-browser-'));
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Writes files below a folder, given by path. */
export async function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** A new site of these files; its title and language are given if `site.yaml` is not. */
export async function siteOf(files) {
  const folder = await temporaryFolder();
  await write(folder, { 'site.yaml': 'title: A small site\n', ...files });
  return folder;
}

/** A copy of the sample directory, to edit or to build in another way. */
export async function copyOfSample() {
  const folder = await temporaryFolder();
  for (const name of ['site.yaml', 'content'])
    await cp(join(REPOSITORY, name), join(folder, name), { recursive: true });
  return folder;
}

/** Runs a command of Ayni for a site and returns what it prints as data. */
export async function ayni(site, ...words) {
  const run = await promisify(execFile)(AYNI, [...words, '--site', site, '--today', TODAY], { maxBuffer: 1 << 26 });
  return run.stdout;
}

/** Builds a site and returns the folder with its pages. */
export async function build(site, ...options) {
  const out = await temporaryFolder();
  await ayni(site, 'build', '--out', out, ...options);
  return out;
}

/** The built sample: AYNI_SAMPLE if that is set, else a new one. */
export async function sample() {
  return process.env.AYNI_SAMPLE ? resolve(process.env.AYNI_SAMPLE) : build(await copyOfSample());
}

/** Starts `ayni serve` on a free port; it is stopped when the tests of the file are over. */
export async function serve(site) {
  const words = ['serve', '--port', '0', '--site', site, '--today', TODAY];
  const server = spawn(AYNI, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  after(async () => {
    server.kill();
    await ended;
  });
  const said = [];
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    const url = line.match(/ is at (http:\S+)/)?.[1];
    if (!url) continue;
    server.stderr.resume();
    return url;
  }
  throw new Error(`ayni serve ended before it listened:\n${said.join('\n')}`);
}
