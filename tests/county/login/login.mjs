// Logging in by a signed statement, judged by a verifier that nobody here wrote (server.mjs), and whole rounds behind it with
// the FHIR server of the folder above.  Prints TAP.
import { County, Door, equal, listening, ok, runAll, scenario } from '../lib.mjs';

const CLIENT = 'clinic-350299101', county = await County.start(), here = new URL('.', import.meta.url).pathname;
const door = Object.assign(new Door(), await listening(process.execPath, [`${here}server.mjs`, county.origin])), base = door.origin;
const order = (o) => door.order(o, o ? 'POST' : 'GET');
const published = (clinic) => JSON.parse(clinic.run(['county', 'key']).stdout);
const enrol = (clinic) => clinic.run(['county', 'enrol', `${base}/fhir/R4`, '--login', 'key', '--client-id', CLIENT]);
const trying = (clinic) => clinic.run(['county', 'try']);

async function begin(clinic, ...key) {
  clinic.init();
  await order({ reset: true });
  if (key.length) clinic.run(['county', 'key', ...key]);
  await order({ keys: published(clinic) });
}
async function syncs(clinic) {
  const r = clinic.run(['sync']);
  if (r.status !== 0) throw new Error(`sync: exit ${r.status}: ${r.stdout}${r.stderr} ${(await order()).refused}`);
  return r.json;
}

scenario('login: the signed statement holds, ES384', async (_, clinic) => {
  await begin(clinic);
  const r = enrol(clinic), s = await order();
  equal([r.status, s.given, s.refused, s.scopes], [0, 1, [], ['system/*.cruds']], r.stdout);
});

scenario('login: the signed statement holds, RS384 and the older scopes', async (_, clinic) => {
  await begin(clinic, '--new', '--type', 'RS384');
  await order({ v1: true });
  const r = enrol(clinic), s = await order();
  equal([r.status, s.given, s.refused, s.scopes], [0, 1, [], ['system/*.read system/*.write']], r.stdout);
});

scenario('login: whole rounds with one pass', async (_, clinic) => {
  await begin(clinic);
  enrol(clinic);
  clinic.followup(clinic.resident('王秀英', '1950-01-02'), 152);
  ok((await syncs(clinic)).pushed > 0, 'nothing was sent');
  await syncs(clinic);
  const s = await order();
  equal([s.given, s.bare], [1, 0], 'passes given, requests without one');
  ok(s.reached > 10, 'requests');
});

scenario('login: a pass taken back is replaced once', async (_, clinic) => {
  await begin(clinic);
  enrol(clinic);
  await order({ forget: true });
  clinic.resident('李桂兰', '1951-02-03');
  equal((await syncs(clinic)).waiting, 0);
  equal((await order()).given, 2);
});

scenario('login: an unknown key sends nothing, and the sentence says what to do', async (_, clinic) => {
  await begin(clinic);
  await order({ reset: true });
  equal(enrol(clinic).status, 4);
  clinic.resident('陈玉梅', '1952-03-04');
  const r = clinic.run(['sync']);
  equal([r.status, r.json.error.code, (await order()).reached], [4, 'auth', 0]);
  ok(/cunyi county key/.test(r.json.error.message), r.json.error.message);
  ok(!/pass-|eyJ/.test(r.stdout + r.stderr), 'something secret was printed');
});

scenario('login: the key before serves until the county knows the new one', async (_, clinic) => {
  await begin(clinic);
  enrol(clinic);
  clinic.run(['county', 'key', '--new']);
  equal(trying(clinic).status, 0, (await order()).refused.join());
  const both = published(clinic);
  equal(both.keys.length, 2);
  await order({ keys: both, forget: true });
  equal(trying(clinic).status, 0, (await order()).refused.join());
  equal(published(clinic).keys.length, 1, 'keys after the new one was taken');
});

await runAll(county, 'login'); // its results are no column of the table
door.stop();
