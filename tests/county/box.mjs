// County in a box (packaging/county) as far as it can be tried without its images: its files are read as compose would read
// them, and the same front, roles, database settings, backup and restore are run with Debian's nginx and PostgreSQL and with
// HAPI from Maven.  Prints TAP.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import YAML from 'yaml';
import { asPostgres, HapiCounty, postgresOn, run } from './hapi/server.mjs';
import { Clinic, equal, freePort, ok, pause, runSteps } from './lib.mjs';

const box = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..', '..', 'packaging', 'county');
const read = (name) => fs.readFileSync(path.join(box, name), 'utf8');
const dir = fs.mkdtempSync('/tmp/county-box-'), keys = path.join(dir, 'keys'), log = path.join(dir, 'wal');
fs.chmodSync(dir, 0o755);
const children = [], steps = [], step = (name, run) => steps.push({ name, run });
let county, port;
// SIGTERM: nginx's master takes its workers along, which SIGKILL would leave.
process.on('exit', () => { for (const c of children) c.kill('SIGTERM'); county?.stop(); fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }); });

const sh = (script, args, env = {}) => execFileSync('sh', [path.join(box, script), ...args], { encoding: 'utf8', env: { ...process.env, KEYS: keys, ...env } });
const key = (name) => ({ cert: fs.readFileSync(path.join(keys, `${name}.crt`)), key: fs.readFileSync(path.join(keys, `${name}.key`)) });

// One request through the front as the device of that name ('' without a certificate).
function ask(who, method, where, body) {
  return new Promise((done, fail) => {
    const req = https.request({ host: '127.0.0.1', port, method, path: `/fhir${where}`, ca: fs.readFileSync(path.join(keys, 'authority.crt')), ...(who && key(who)), agent: false,
      headers: { 'content-type': 'application/fhir+json', 'cache-control': 'no-cache', 'x-cunyi-role': 'county' } }, (res) => {
      const parts = [];
      res.on('data', (d) => parts.push(d)).on('end', () => {
        let json;
        try { json = JSON.parse(Buffer.concat(parts)); } catch { json = undefined; }
        done({ status: res.statusCode, json });
      });
    });
    req.on('error', fail).end(body && JSON.stringify(body));
  });
}
const person = (township, family = 'Box', id = randomUUID()) => ({ resourceType: 'Patient', id, name: [{ family }], ...(township && { meta: { tag: [{ system: 'urn:cunyi:scope', code: township }] } }) });
const put = (who, r) => ask(who, 'PUT', `/${r.resourceType}/${r.id}`, r);
const HOME = '350299101', AWAY = '350299102';

step('compose.yaml: every image has a version, every file that it mounts is there or made by keys.sh and mvn', () => {
  const compose = YAML.parse(read('compose.yaml'));
  equal(Object.keys(compose.services), ['db', 'hapi', 'front']);
  for (const [name, s] of Object.entries(compose.services)) {
    ok(/^[a-z0-9./-]+\/[a-z0-9-]+:v?[0-9][0-9.]*[a-z0-9.-]*$/.test(s.image), `${name}: ${s.image}`);
    for (const v of s.volumes) {
      const from = v.split(':')[0];
      ok(!from.startsWith('.') || from === './keys' || from.startsWith('./roles/target/') || fs.existsSync(path.join(box, from)), `${name}: ${from}`);
      ok(from.startsWith('.') || from in compose.volumes, `${name}: no volume ${from}`);
    }
  }
  // What only containers show: HAPI's own settings stay, and PostgreSQL, which is no root, may write the log that it archives.
  equal(compose.services.hapi.environment.SPRING_CONFIG_ADDITIONAL_LOCATION, 'file:///etc/county/application.yaml');
  ok(compose.services.db.entrypoint.join(' ').includes('chown postgres:postgres /var/lib/county-wal && exec docker-entrypoint.sh "$$@"'), 'the log is root\'s');
  ok(!compose.services.db.ports && !compose.services.hapi.ports && compose.networks.inside.internal, 'more than the front is reached from outside');
});

step('application.yaml: the settings that the program needs', () => {
  const { hapi: { fhir }, spring } = YAML.parse(read('application.yaml'));
  equal([fhir.fhir_version, fhir.client_id_strategy, fhir.enforce_referential_integrity_on_write, fhir.reuse_cached_search_results_millis, fhir.max_page_size,
    fhir.expunge_enabled, fhir.allow_multiple_delete], ['R4', 'ALPHANUMERIC', true, -1, 500, false, false]);
  equal([spring.datasource.driverClassName, fhir['custom-interceptor-classes']], ['org.postgresql.Driver', 'cunyi.county.TownshipRoles']);
});

step('keys.sh: an authority, certificates by request and by hand, one revoked; nothing is made twice', () => {
  sh('keys.sh', ['init', '127.0.0.1', 'county.example']);
  ok(spawnSync('sh', [path.join(box, 'keys.sh'), 'init'], { env: { ...process.env, KEYS: keys } }).status === 1, 'a second authority was made');
  for (const name of ['van07', 'van08', 'lost09', 'stranger', 'hospital1', 'county1']) sh('keys.sh', ['device', name]);
  const csr = path.join(dir, 'pc10.csr');
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1', '-nodes', '-keyout', path.join(keys, 'pc10.key'), '-subj', '/CN=pc10', '-out', csr], { stdio: 'ignore' });
  sh('keys.sh', ['device', 'pc10', csr]);
  ok(spawnSync('sh', [path.join(box, 'keys.sh'), 'device', 'pc11', csr], { env: { ...process.env, KEYS: keys } }).status === 1, 'a request for another name was signed');
  sh('keys.sh', ['revoke', 'lost09']);
  equal(fs.statSync(path.join(keys, 'authority.key')).mode & 0o777, 0o600);
  equal([keys, path.join(keys, 'db-password')].map((f) => fs.statSync(f).mode & 0o777), [0o700, 0o644], 'HAPI, as nobody, reads its password, and nobody else');
});

step('postgresql.conf: PostgreSQL 15 runs on it, and HAPI with the roles on that', async () => {
  fs.mkdirSync(log);
  fs.chmodSync(log, 0o777);
  const conf = path.join(dir, 'postgresql.conf');
  fs.writeFileSync(conf, read('postgresql.conf').replaceAll('/var/lib/county-wal', log).replace(/^listen_addresses.*$/m, ''));
  county = await HapiCounty.start(dir, { box: true, unwatched: true, settings: [`config_file=${conf}`, 'shared_buffers=128MB', 'max_wal_size=1GB', 'archive_timeout=0'] });
  equal(sql("SHOW archive_mode"), 'on');
});

step('front.conf: nginx takes it', async () => {
  port = await freePort();
  const map = path.join(dir, 'devices.map'), conf = path.join(dir, 'front.conf');
  fs.writeFileSync(map, `${read('devices.map')}\nvan07 "device ${HOME}";\npc10 "device ${HOME}";\nvan08 "device ${AWAY}";\nlost09 "device ${HOME}";\nhospital1 "hospital";\ncounty1 "county";\n`);
  fs.writeFileSync(conf, read('front.conf').replace('listen 8443 ssl', `listen 127.0.0.1:${port} ssl`).replace('server hapi:8080', `server ${new URL(county.direct).host}`)
    .replaceAll('/tmp/county-', `${dir}/nginx-`).replaceAll('/etc/county/keys', keys).replaceAll('/etc/county/devices.map', map).replace('/dev/stdout', `${dir}/access.log`).replace('/dev/stderr', `${dir}/error.log`));
  fs.writeFileSync(path.join(dir, 'access.log'), '');
  const tested = spawnSync('nginx', ['-t', '-p', dir, '-c', conf], { encoding: 'utf8' });
  ok(tested.status === 0, tested.stderr);
  children.push(spawn('nginx', ['-p', dir, '-c', conf, '-g', 'daemon off;'], { stdio: 'ignore' }));
  for (let i = 0; i < 100; i++) if (await ask('van07', 'GET', '/metadata').then((r) => r.status === 200, () => false)) return; else await pause(100);
  throw new Error(fs.readFileSync(path.join(dir, 'error.log'), 'utf8'));
});

step('no certificate, a revoked one, a stranger with a good one: not one word of FHIR', async () => {
  equal([(await ask('', 'GET', '/Patient')).status, (await ask('lost09', 'GET', '/Patient')).status, (await ask('stranger', 'GET', '/Patient')).status], [400, 400, 403]);
});

const ours = person(HOME, 'Ours');
step('a device writes and reads its township, and says so by its tag', async () => {
  equal([(await put('van07', ours)).status, (await ask('pc10', 'GET', `/Patient/${ours.id}`)).status], [201, 200]);
  equal((await put('van07', person(''))).status, 403, 'without a tag');
  equal((await put('van07', person(AWAY))).status, 403, 'with another tag');
});

step('another township sees nothing of it and changes nothing in it', async () => {
  const read = await ask('van08', 'GET', `/Patient/${ours.id}`);
  ok(read.status >= 400 || !read.json?.name, `read: ${read.status}`);
  equal((await ask('van08', 'GET', '/Patient?_count=50')).json.entry?.filter((e) => e.resource?.name).length ?? 0, 0, 'search');
  equal((await put('van08', { ...ours, name: [{ family: 'Stolen' }] })).status, 403, 'update');
  equal((await put('van08', { ...person(AWAY, 'Stolen', ours.id) })).status, 403, 'update with their tag');
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: { ...ours, name: [{ family: 'Stolen' }] }, request: { method: 'PUT', url: `Patient/${ours.id}` } }] };
  ok((await ask('van08', 'POST', '', bundle)).status >= 400, 'update in a transaction');
  const hidden = await ask('van08', 'POST', '', { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: `Patient/${ours.id}` } }] });
  ok(!JSON.stringify(hidden.json ?? '').includes('Ours'), 'read in a batch');
  equal((await ask('pc10', 'GET', `/Patient/${ours.id}`)).json.name[0].family, 'Ours');
});

step('a report of an infectious disease is a Basic, and no more for other townships than the patient is', async () => {
  const report = { resourceType: 'Basic', id: randomUUID(), meta: { tag: [{ system: 'urn:cunyi:scope', code: HOME }] }, subject: { reference: `Patient/${ours.id}` },
    code: { coding: [{ system: 'urn:cunyi:record-kind', code: 'notice' }], text: 'Report' } };
  equal([(await put('van07', report)).status, (await ask('pc10', 'GET', `/Basic/${report.id}`)).json.code.text], [201, 'Report']);
  const read = await ask('van08', 'GET', `/Basic/${report.id}`);
  ok(read.status >= 400 || !read.json?.code, `read: ${read.status}`);
  equal((await ask('van08', 'GET', '/Basic?_count=50')).json.entry?.filter((e) => e.resource?.code).length ?? 0, 0, 'search');
  equal((await put('van08', { ...report, code: { ...report.code, text: 'Stolen' } })).status, 403, 'update');
  equal((await put('van08', { ...report, id: randomUUID(), meta: {} })).status, 403, 'without a tag');
});

step('nobody deletes, and a device does nothing that only the county does', async () => {
  equal((await ask('county1', 'DELETE', `/Patient/${ours.id}`)).status, 405);
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'DELETE', url: `Patient/${ours.id}` } }] };
  for (const who of ['van07', 'hospital1', 'county1']) ok((await ask(who, 'POST', '', bundle)).status >= 400, `${who} deleted`);
  ok((await ask('van07', 'POST', '/$expunge', { resourceType: 'Parameters', parameter: [{ name: 'expungeEverything', valueBoolean: true }] })).status >= 400, 'expunged');
  equal((await ask('van07', 'GET', `/Patient/${ours.id}`)).status, 200);
});

step('a hospital sees every township and answers', async () => {
  equal((await put('hospital1', { ...ours, name: [{ family: 'Ours' }], active: true })).status, 200);
  equal((await ask('hospital1', 'GET', '/Patient?_count=50')).json.entry.length, 1);
});

const policy = JSON.parse(read('policy.json'));
step('the county writes what it asks of programs; nobody else does, and all read it', async () => {
  for (const who of ['van07', 'hospital1']) equal((await put(who, policy)).status, 403, `${who} made it`);
  equal((await put('county1', policy)).status, 201);
  for (const who of ['van07', 'hospital1']) {
    equal((await put(who, { ...policy, extension: [] })).status, 403, `${who} emptied it`);
    equal((await put(who, { ...policy, id: 'another' })).status, 403, `${who} made another one`);
    equal((await put(who, { ...policy, code: { text: 'nothing' } })).status, 403, `${who} made it something else`);
  }
  equal((await ask('van08', 'GET', '/Basic?code=urn:cunyi:record-kind%7Csync-policy')).json.entry.length, 1);
});

step('links lead back through the front', async () => {
  for (let i = 0; i < 6; i++) await put('van07', person(HOME, `Page${i}`));
  const next = (await ask('van07', 'GET', '/Patient?_count=2&_sort=_lastUpdated')).json.link.find((l) => l.relation === 'next').url;
  ok(next.startsWith(`https://127.0.0.1:${port}/fhir`), next);
  equal((await ask('van07', 'GET', next.slice(`https://127.0.0.1:${port}/fhir`.length))).json.entry.length, 2);
});

step('the program goes through the front with a certificate for a key that it made itself', async () => {
  const clinic = new Clinic(county, 'through-the-front').init(), csr = path.join(dir, 'clinic.csr');
  clinic.must(['county', 'request', '--out', csr]);
  const name = execFileSync('openssl', ['req', '-in', csr, '-noout', '-subject', '-nameopt', 'multiline'], { encoding: 'utf8' }).match(/commonName *= (.*)/)[1].trim();
  sh('keys.sh', ['device', name, csr]);
  fs.appendFileSync(path.join(dir, 'devices.map'), `${name} "device ${HOME}";\n`);
  children[0].kill('SIGHUP');
  const enrol = () => clinic.run(['county', 'enrol', `https://127.0.0.1:${port}/fhir`, '--login', 'certificate', '--certificate', path.join(keys, `${name}.crt`), '--ca', path.join(keys, 'authority.crt')]);
  let e = enrol();
  for (let i = 0; i < 40 && e.status !== 0; i++) { await pause(250); e = enrol(); } // the front takes the map a moment later
  equal(e.status, 0, e.stdout + e.stderr);
  const wang = clinic.resident('王小明', '1950-01-02');
  clinic.followup(wang, 152);
  const r = clinic.run(['sync', '--once']);
  equal([r.status, r.json.waiting, r.json.rejected], [0, 0, 0], r.stdout + r.stderr);
  equal((await ask('pc10', 'GET', `/Patient/${wang}`)).json.name[0].text, '王小明');
  equal(clinic.run(['county', 'show']).json.asks, Object.fromEntries(policy.extension.map((e) => [e.url.replace('urn:cunyi:policy:', ''), e.valueString ?? e.valueInteger])));
  ok((await ask('van08', 'GET', `/Patient/${wang}`)).json?.name === undefined, 'another township reads it');
});

step('logs hold no addresses of records', () => ok(!fs.readFileSync(path.join(dir, 'access.log'), 'utf8').includes(ours.id), 'access.log names a record'));

// ---- backup and restore ----------------------------------------------------------------------------------------------
const pg = () => ({ PGHOST: '127.0.0.1', PGPORT: String(county.port), PGUSER: 'county', PGBIN: county.bin });
function sql(text, at = county.port) {
  const r = spawnSync(path.join(county.bin, 'psql'), ['-h', '127.0.0.1', '-p', String(at), '-U', 'county', '-d', 'county', '-AtX', '-c', text], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr);
  return r.stdout.trim();
}
const COUNTS = "SELECT res_type, count(*), max(res_ver) FROM hfj_resource GROUP BY 1 ORDER BY 1";
let backup, before, instant, whole;

step('backup.sh: a checked copy while the server runs', async () => {
  backup = sh('backup.sh', [path.join(dir, 'backup')], pg()).trim();
  ok(fs.existsSync(path.join(backup, 'backup_manifest')), backup);
  await put('van07', person(HOME, 'After the backup'));
  before = sql(COUNTS);
  instant = sql('SELECT now()');
  await pause(1100);
  await put('van07', person(HOME, 'After the instant'));
  whole = sql(COUNTS);
  const segment = sql('SELECT pg_walfile_name(pg_switch_wal())');
  for (let i = 0; !fs.existsSync(path.join(log, segment)); i++) { ok(i < 1200, `${segment} was not archived`); await pause(100); }
});

// The machine is lost: what there is are the copy and the archived log.
async function restored(name, ...when) {
  const data = path.join(dir, name), at = await freePort();
  sh('restore.sh', [backup, log, data, ...when], pg());
  if (asPostgres.length) run('chown', '-R', 'postgres', data);
  const server = postgresOn({ bin: county.bin, dir: county.dir }, data, at, ['fsync=off', 'shared_buffers=128MB', `config_file=${path.join(dir, 'postgresql.conf')}`, `hba_file=${data}/pg_hba.conf`]);
  children.push(server);
  for (let i = 0; i < 600; i++) {
    try { if (sql('SELECT pg_is_in_recovery()', at) === 'f') break; } catch { ok(server.exitCode === null, 'PostgreSQL ended'); }
    await pause(100);
  }
  const counts = sql(COUNTS, at);
  server.kill('SIGQUIT');
  return counts;
}

step('restore.sh: the copy and the log give back everything up to the last archived change', async () => {
  county.server.kill('SIGKILL');
  county.database.kill('SIGKILL');
  equal(await restored('all'), whole);
});

step('restore.sh: and the county as it was at an instant', async () => {
  ok(before !== whole, 'nothing was written after the instant');
  equal(await restored('then', instant), before);
});

step('restore.sh: a damaged copy and a folder that is there are refused, and nothing is changed', () => {
  const bad = path.join(dir, 'bad');
  fs.cpSync(backup, bad, { recursive: true });
  fs.appendFileSync(path.join(bad, 'PG_VERSION'), 'x');
  const restore = (...args) => spawnSync('sh', [path.join(box, 'restore.sh'), ...args], { encoding: 'utf8', env: { ...process.env, ...pg() } });
  ok(restore(bad, log, path.join(dir, 'from-bad')).status !== 0 && !fs.existsSync(path.join(dir, 'from-bad')), 'a damaged copy was taken');
  ok(/is there already/.test(restore(backup, log, backup).stderr), 'a folder was written over');
});

await runSteps('box', steps, () => !county || !port || !children.length);
process.exit();
