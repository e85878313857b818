// A county's real server: HAPI FHIR JPA on PostgreSQL (both installed and built by `make test-county`), on loopback, on ports
// and in a folder of its own, ended by its own process ids.
//   await HapiCounty.start()    .url  .reset()  .resources()  .versions(type, id)  .stop()
// node server.mjs               runs it until Ctrl-C and prints its address
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Door, freePort, pause } from '../lib.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const TYPES = ['Organization', 'Practitioner', 'PractitionerRole', 'CareTeam', 'Group', 'Patient', 'AllergyIntolerance', 'FamilyMemberHistory', 'Condition', 'EpisodeOfCare',
  'Contract', 'Encounter', 'QuestionnaireResponse', 'Observation', 'MedicationRequest', 'ServiceRequest', 'Task', 'Basic'];

export const postgres = () => fs.readdirSync('/usr/lib/postgresql').sort((a, b) => a - b).map((v) => `/usr/lib/postgresql/${v}/bin`).pop();

// PostgreSQL refuses to run as root: there, the user that Debian's package made.
export const asPostgres = process.getuid() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
export function run(...command) {
  const r = spawnSync(command[0], command.slice(1), { encoding: 'utf8', cwd: '/' });
  if (r.status !== 0) throw new Error(`${command.join(' ')}: ${r.error ?? ''}${r.stdout}${r.stderr}`);
}

// PostgreSQL on a data folder, on loopback; its child process.
export function postgresOn({ bin, dir }, data, port, settings) {
  const [program, ...options] = [...asPostgres, `${bin}/postgres`, '-D', data, ...['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${dir}`, ...settings].flatMap((s) => ['-c', s])];
  return spawn(program, options, { stdio: 'ignore', cwd: '/' });
}

export class HapiCounty extends Door {
  // more: settings of PostgreSQL (name=value); box: it is the county's, with its roles; unwatched: no front stands before it, and only .direct leads there.
  static async start(scratch, more = {}) {
    const county = new HapiCounty(), bin = postgres(), port = await freePort();
    Object.assign(county, { bin, port, more });
    // The tests' scratch folder is root's alone.
    county.dir = fs.mkdtempSync(path.join(asPostgres.length ? '/tmp' : scratch, 'hapi-county-'));
    county.data = path.join(county.dir, 'data');
    if (asPostgres.length) run('chown', 'postgres', county.dir);
    await county.found();
    await county.serve();
    if (!more.unwatched) await county.watch(county.direct);
    const version = /<hapi.version>(.*)</.exec(fs.readFileSync(path.join(here, 'pom.xml'), 'utf8'))[1];
    return Object.assign(county, { key: 'hapi', title: `HAPI FHIR JPA ${version}, PostgreSQL ${bin.split('/').at(-2)}` });
  }

  // The database, empty and on loopback.
  async found() {
    const { bin, port } = this;
    run(...asPostgres, `${bin}/initdb`, '-D', this.data, '-U', 'county', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--data-checksums');
    await this.base();
    run(`${bin}/createdb`, '-h', '127.0.0.1', '-p', String(port), '-U', 'county', 'county');
  }

  // PostgreSQL on it, also after it was killed: it does not start before its last processes are gone.
  async base() {
    const over = () => !this.database || this.database.exitCode !== null || this.database.signalCode !== null;
    for (let i = 0; ; i++) {
      if (over()) this.database = postgresOn(this, this.data, this.port, ['fsync=off', ...(this.more.settings ?? [])]);
      if (spawnSync(`${this.bin}/pg_isready`, ['-q', '-h', '127.0.0.1', '-p', String(this.port)]).status === 0) return;
      if (i > 300) throw new Error('PostgreSQL does not start');
      await pause(100);
    }
  }

  async serve() {
    const ready = path.join(this.dir, 'ready'), log = fs.openSync(path.join(this.dir, 'log'), 'a');
    fs.rmSync(ready, { force: true });
    fs.chmodSync(this.dir, 0o777);
    this.server = spawn('java', ['-Xmx1500m', ...(this.more.box ? ['-Dcounty.box=true'] : []), '-cp', `${here}/target/classes:${here}/target/lib/*`, 'CountyServer', `jdbc:postgresql://127.0.0.1:${this.port}/county`, 'county', this.direct ? new URL(this.direct).port : '0', ready],
      { stdio: ['ignore', log, log], cwd: '/' });
    while (!fs.existsSync(ready)) {
      if (this.server.exitCode !== null) throw new Error(`HAPI did not start: ${fs.readFileSync(path.join(this.dir, 'log'), 'utf8').slice(-4000)}`);
      await pause(200);
    }
    this.direct = fs.readFileSync(ready, 'utf8').trim();
  }

  async ask(where, options = {}) {
    const get = () => fetch(`${this.direct}${where}`, { ...options, headers: { 'Content-Type': 'application/fhir+json', 'Cache-Control': 'no-cache' } });
    const r = await get().catch(get); // a connection kept open may be closed by the server while we waited for the program
    const body = await r.json();
    if (!r.ok) throw new Error(`${where}: ${r.status} ${JSON.stringify(body)}`);
    return body;
  }
  // Everything goes, as from a county that was set up anew.
  async reset() {
    await super.reset();
    await this.ask('/$expunge', { method: 'POST', body: JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'expungeEverything', valueBoolean: true }] }) });
  }
  async all(where) {
    const out = [];
    for (let page = await this.ask(where); page;) {
      out.push(...(page.entry ?? []).map((e) => e.resource));
      const next = page.link?.find((l) => l.relation === 'next')?.url;
      page = next && await this.ask(next.slice(this.direct.length));
    }
    return out;
  }
  async resources() { return (await Promise.all(TYPES.map((t) => this.all(`/${t}?_count=500`)))).flat(); }
  // Since when is said: else it counts a history once a minute and tells only that many of the newest.
  versions(type, id) { return this.all(`/${type}/${id}/_history?_count=500&_since=1970-01-01T00:00:00Z`); }
  // For the end of the process: nothing is waited for, and nothing is left.
  stop() {
    this.child?.kill('SIGKILL');
    this.server?.kill('SIGKILL');
    this.database?.kill('SIGQUIT');
    fs.rmSync(this.dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const county = await HapiCounty.start('/tmp');
  process.on('exit', () => county.stop());
  process.on('SIGINT', () => process.exit(0));
  console.log(`listening on ${county.url}`);
}
