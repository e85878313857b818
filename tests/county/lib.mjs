// A county server and a clinic's program as child processes, and a little TAP.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

export { argument } from './front.mjs';
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
export const freePort = () => new Promise((done) => { const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });

const here = path.dirname(new URL(import.meta.url).pathname);
const CUNYI = process.env.CUNYI ?? path.join(process.env.BUILD ?? 'build', 'cunyi');
export const scratch = fs.mkdtempSync(path.join(process.env.TMPDIR ?? os.tmpdir(), 'county-'));
const children = new Set();
const own = (child) => { children.add(child); child.on('exit', () => children.delete(child)); return child; };
process.on('exit', () => { for (const c of children) c.kill('SIGKILL'); fs.rmSync(scratch, { recursive: true, force: true }); });

// ---- the server -------------------------------------------------------------------------------------------------------
// A child that says "listening on HOST:PORT" when it is ready, and what lines follow; it ends with us.
export async function listening(program, args, env = {}) {
  const child = own(spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } }));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator](), { value, done } = await lines.next();
  if (done) throw new Error(`${program} ${args[0]} ended before it was ready`);
  return { child, lines, origin: `http://${value.replace('listening on ', '')}` };
}

// The door beside a server's wire (front.mjs).
export class Door {
  async order(o, method = 'POST', where = '') {
    const ask = () => fetch(`${this.origin}/_control${where}`, { method, body: o && JSON.stringify(o) });
    return (await ask().catch(ask)).json(); // a connection kept open may be closed while we waited for the program
  }
  arm(...faults) { return this.order({ arm: faults }); }
  disarm() { return this.order({ disarm: true }); }
  set(switches) { return this.order({ set: switches }); }
  reset() { return this.order({ reset: true }); }
  journal() { return this.order(undefined, 'GET', '/journal'); }
  stop() { this.child.stdin.end(); }
  // Before the server at base.
  async watch(base) {
    const { child, origin } = await listening(process.execPath, [path.join(here, 'front.mjs'), base, '--with-stdin']);
    return Object.assign(this, { child, origin, url: `${origin}${new URL(base).pathname}` });
  }
}

// Medplum's router of the version in the folder of that name, on the Node that this version asks for.
export class County extends Door {
  static async start(version = 'medplum4', ...more) {
    const pinned = JSON.parse(fs.readFileSync(path.join(here, version, 'package.json'))).dependencies['@medplum/fhir-router'];
    const county = Object.assign(new County(), { more, key: version, title: `Medplum router ${pinned}` });
    await county.open();
    return county;
  }
  async open() {
    const asked = path.join(here, this.key, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
    const { child, origin } = await listening(fs.existsSync(asked) ? asked : process.execPath, [path.join(here, 'server.mjs'), '--with-stdin', ...this.more], { MEDPLUM: this.key });
    Object.assign(this, { child, origin, url: `${origin}/fhir/R4` });
  }
  resources() { return this.order(undefined, 'GET', '/resources'); }
  versions(type, id) { return this.order(undefined, 'GET', `/versions/${type}/${id}`); }
}

// ---- the program ------------------------------------------------------------------------------------------------------
const environment = { ...process.env, LC_ALL: 'C.UTF-8' };

export class Clinic {
  constructor(county, name) { this.county = county; this.dir = path.join(scratch, name); this.as = []; }

  run(args, input) {
    const r = spawnSync(CUNYI, ['--data', this.dir, '--lang', 'en', '--json', ...this.as, ...args], { input, encoding: 'utf8', env: environment, maxBuffer: 1 << 28 });
    let json;
    try { json = JSON.parse(r.stdout); } catch { json = undefined; }
    return { status: r.status, json, stdout: r.stdout, stderr: r.stderr };
  }
  must(args, input) {
    const r = this.run(args, input);
    if (r.status !== 0) throw new Error(`cunyi ${args.join(' ')}: exit ${r.status}: ${r.stdout}${r.stderr}`);
    return r.json;
  }
  init(number = 'D1') {
    this.must(['init', '--org', '350299101', '--name', '东村卫生室', '--region', '350299101']);
    this.must(['user', 'add', '陈医生', '--no', number, '--role', '1']);
    this.as = ['--as', number];
    return this;
  }
  demo(residents, seed = 3) { this.must(['demo', '--residents', String(residents), '--seed', String(seed)]); return this; }
  save(kind, object) { return this.must(['save', kind, '-'], JSON.stringify(object)); }
  get(kind, id) { return this.must(['get', kind, id]); }
  change(kind, id, fields) { return this.save(kind, { id, revision: this.get(kind, id).revision, ...fields }); }
  resident(name, birth_date, more) { return this.save('resident', { name, sex: '2', birth_date, confirm: ['name', 'birth_date'], ...more }).id; }
  followup(resident, sbp) {
    return this.save('followup', { programme: 'htn', resident, date: '2026-11-20', mode: '1', symptoms: ['1'], sbp, dbp: 84, hr: 72, weight: 61.5,
      confirm: ['sbp', 'dbp', 'date', 'weight', 'hr'] }).id;
  }
  sync() { return this.run(['sync', '--county', this.county.url, '--once']); }
  syncs() {
    const r = this.sync();
    if (r.status !== 0) throw new Error(`sync: exit ${r.status}: ${r.stdout}${r.stderr}`);
    return r.json;
  }
  // A round that is killed after some milliseconds, as the power would: 'killed', or how it had ended by then.
  async syncKilledAfter(ms) {
    const child = this.start(), text = [], timer = setTimeout(() => child.kill('SIGKILL'), ms);
    child.stdout.on('data', (d) => text.push(d));
    const signal = await new Promise((done) => child.on('close', (code, how) => done(how)));
    clearTimeout(timer);
    return signal === 'SIGKILL' ? 'killed' : JSON.parse(Buffer.concat(text)).error?.code ?? 'whole';
  }
  start() { return own(spawn(CUNYI, ['--data', this.dir, '--json', 'sync', '--county', this.county.url], { stdio: ['ignore', 'pipe', 'ignore'], env: environment })); }
}

// ---- what must hold after everything ----------------------------------------------------------------------------------

// No stamp is put again unless the server said whole that nothing was written, or was asked in between; and the server took
// no stamp of a resource twice.  A clinic has one connection at a time: what comes by an older one than the last was on its way
// for long, sent before whoever sent it was killed.
export async function invariants(county) {
  const lastPut = new Map(), taken = new Set(), journal = await county.journal();
  const told = (l) => `${l.n} ${l.method} ${l.url.slice(0, 80)} by ${l.connection}: ${l.status ?? 'no answer'} ${l.fault ?? ''}`;
  let gets = 0, newest = 0;
  for (const line of journal) {
    if (line.method === 'GET') gets++;
    const overdue = line.connection < newest;
    newest = Math.max(newest, line.connection);
    for (const e of line.entries ?? []) {
      if (!e.stamp || line.method !== 'POST') continue;
      const key = `${e.url} ${e.stamp}`, before = lastPut.get(key), lost = /drop|cut|half/.test(line.fault ?? '');
      if (before && !overdue && !before.refused && before.gets === gets) throw new Error(`${key} was put again without asking: ${journal.slice(before.n - 1, line.n).map(told).join('; ')}`);
      if (line.status === 200 && line.fault !== 'captive' && taken.has(key)) throw new Error(`${key} was written twice: ${told(line)}`);
      if (line.status === 200 && line.fault !== 'captive') taken.add(key);
      if (!overdue) lastPut.set(key, { gets, n: line.n, refused: line.status >= 400 && !lost });
    }
  }
}

// ---- TAP --------------------------------------------------------------------------------------------------------------
// zh: the scenario in Chinese, for the table of results.  A scenario may return a word: the server's answer, told in the table.
const cases = [];
export const scenario = (name, run, zh) => cases.push({ name, run, zh });
export function equal(got, want, what = '') {
  const a = JSON.stringify(got), b = JSON.stringify(want);
  if (a !== b) throw new Error(`${what} ${a} instead of ${b}`);
}
export function ok(condition, what) { if (!condition) throw new Error(what); }

// One after the other; hopeless(), asked when one failed: those that follow need what it should have made.
export async function runSteps(about, steps, hopeless = () => false) {
  const results = [];
  let lost = false;
  console.log(`1..${steps.length}`);
  for (const { name, zh, run } of steps) {
    const n = results.length + 1;
    try {
      if (lost) throw new Error('a step before it failed');
      const said = await run();
      console.log(`ok ${n} - ${about}: ${name}`);
      results.push({ name, zh, ok: true, said });
    } catch (e) {
      lost ||= hopeless();
      process.exitCode = 1;
      console.log(`not ok ${n} - ${about}: ${name}\n${String(e.stack ?? e).split('\n').map((l) => `# ${l}`).join('\n')}`);
      results.push({ name, zh, ok: false });
    }
  }
  return results;
}

// All scenarios; what came out is kept in that file, for table.mjs.
export async function runAll(county, file = county.key) {
  const dir = path.join(process.env.BUILD ?? 'build', 'county');
  const results = await runSteps('county', cases.map((c, i) => ({ ...c, run: async () => {
    await county.reset();
    const said = await c.run(county, new Clinic(county, `c${i + 1}`));
    await invariants(county);
    return said;
  } })));
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(path.join(dir, `${file}.json`), JSON.stringify({ title: county.title, results }, null, 1));
  county.stop();
}
