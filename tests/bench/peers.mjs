// What other programs do with the same resources over the same line: PouchDB replicating to express-pouchdb (from npm, both in
// memory, so no disk is counted against them) and fossil from Debian, one artifact a resource.  Each has
//   await start(docs, dir)      a server that holds none of them, and docs on this side
//   await push(url)             until the server has them all      await pull(url)   a newcomer takes all that the server has
// and both say whether that came about.  url: the way to it, .at being its own address.  A broken line is tried again at once,
// as ours is, and given up after many times.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { freePort, pause } from '../county/lib.mjs';

const TRIES = 60, HOUR_MS = 3600000;
const require = createRequire(new URL('./peers/', import.meta.url));
const PLUGINS = ['pouchdb-adapter-memory', 'pouchdb-adapter-http', 'pouchdb-replication', 'pouchdb-mapreduce'];
let PouchDB; // takes a plugin only once
const keyOf = (doc) => `${doc.resourceType}:${doc.id}`;

// PouchDB leaves the failure of some of its requests to nobody; that a line breaks is no end of the run.
process.on('unhandledRejection', (e) => console.error(`a peer: ${e?.message ?? e}`));

async function untilWhole(once) {
  for (let i = 0; i < TRIES; i++) if (await once()) return true;
  return false;
}

export class Pouch {
  async start(docs) {
    this.PouchDB = PouchDB ??= PLUGINS.reduce((pouch, name) => pouch.plugin(require(name)), require('pouchdb-core'));
    const Server = this.PouchDB.defaults({ adapter: 'memory', prefix: `server-${Pouch.n = (Pouch.n ?? 0) + 1}-` });
    const app = require('express')();
    app.use('/', require('express-pouchdb')(Server, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }));
    this.server = http.createServer(app);
    this.server.keepAliveTimeout = HOUR_MS;
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.at = `http://127.0.0.1:${this.server.address().port}`;
    this.n = docs.length;
    this.here = new this.PouchDB(`here-${Pouch.n}`, { adapter: 'memory' });
    await this.here.bulkDocs(docs.map((d) => ({ _id: keyOf(d), ...d })));
    await fetch(`${this.at}/county`, { method: 'PUT' });
    return this;
  }
  replicate(from, to, count) {
    return untilWhole(async () => {
      try { await from.replicate.to(to, { batch_size: 100, batches_limit: 2, timeout: HOUR_MS }); } catch { return false; }
      return (await count()) >= this.n;
    });
  }
  at_server() { return fetch(`${this.at}/county`).then((r) => r.json()).then((i) => i.doc_count); }
  push(url) { return this.replicate(this.here, new this.PouchDB(`${url}/county`, { adapter: 'http', skip_setup: true }), () => this.at_server()); }
  pull(url) {
    const newcomer = new this.PouchDB(`newcomer-${Pouch.n}`, { adapter: 'memory' });
    return this.replicate(new this.PouchDB(`${url}/county`, { adapter: 'http', skip_setup: true }), newcomer, () => newcomer.info().then((i) => i.doc_count));
  }
  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await this.here.destroy();
  }
}

export class Fossil {
  run(args, cwd) {
    return new Promise((done) => {
      const child = spawn('fossil', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: this.dir, USER: 'clinic' } }), text = [];
      child.stdout.on('data', (d) => text.push(d));
      child.stderr.on('data', (d) => text.push(d));
      child.on('close', (status) => done({ status, text: Buffer.concat(text).toString() }));
    });
  }
  async must(args, cwd) {
    const r = await this.run(args, cwd);
    if (r.status !== 0) throw new Error(`fossil ${args.join(' ')}: ${r.text}`);
    return r.text;
  }
  async start(docs, dir) {
    const work = path.join(dir, 'work'), port = await freePort();
    Object.assign(this, { dir, work, file: path.join(dir, 'here.fossil'), county: path.join(dir, 'county.fossil'), at: `http://127.0.0.1:${port}`, artifacts: docs.length });
    fs.mkdirSync(work, { recursive: true });
    await this.must(['init', this.file], dir);
    fs.copyFileSync(this.file, this.county);
    await this.must(['open', this.file], work);
    for (const d of docs) fs.writeFileSync(path.join(work, `${d.resourceType}-${d.id}.json`), JSON.stringify(d));
    await this.must(['settings', 'autosync', 'off'], work);
    await this.must(['add', '.'], work);
    await this.must(['commit', '-m', 'one round', '--no-warnings', '--no-prompt'], work);
    this.server = spawn('fossil', ['server', '--localauth', '--nojail', '--localhost', '--port', String(port), this.county], { stdio: 'ignore', env: { ...process.env, HOME: dir, USER: 'county' } });
    for (let i = 0; i < 100; i++) if (await fetch(this.at).then(() => true, () => false)) return this; else await pause(100);
    throw new Error('fossil does not listen');
  }
  count(file) { return Number(spawnSync('fossil', ['sql', '-R', file, 'SELECT count(*) FROM blob WHERE size >= 0'], { encoding: 'utf8', env: { ...process.env, HOME: this.dir, USER: 'clinic' } }).stdout); }
  push(url) { return untilWhole(async () => { await this.run(['push', url, '--once', '-R', this.file], this.dir); return this.count(this.county) >= this.count(this.file); }); }
  pull(url) {
    const newcomer = path.join(this.dir, 'newcomer.fossil');
    return untilWhole(async () => {
      fs.rmSync(newcomer, { force: true }); // a clone that broke off begins anew
      return (await this.run(['clone', '--once', url, newcomer], this.dir)).status === 0 && this.count(newcomer) >= this.artifacts;
    });
  }
  stop() { this.server.kill('SIGTERM'); }
}
