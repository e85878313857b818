// First load of a county of the size that hurt OpenSRP (opensrp/fhircore#3543: 129,037 resources, 1,927 of them patients):
// prints "name<TAB>value".   node firstload.mjs [--resources N] [--server hapi|medplum4] [--peers pouch]
//   load_HOW_s, load_HOW_rate      seconds until a newcomer has taken in what concerns it, resources a second
//   load_resources, load_taken     how many there are, how many of them a clinic takes in (with what hangs on them)
// HOW: hapi (or medplum4), stick, and hapi_bare: the same pages asked for by a client that only counts them, the server's own
// speed; pouch: the same resources as a clinic takes in, pulled by PouchDB.
// The kinds that this program writes keep OpenSRP's numbers; its Flags and Appointments are there too, and nobody asks for them.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { HapiCounty } from '../county/hapi/server.mjs';
import { argument, Clinic, County, equal, ok, scratch } from '../county/lib.mjs';
import { Pouch } from './peers.mjs';

const MIX = { Patient: 1927, QuestionnaireResponse: 1927, Observation: 29977, Flag: 15377, Condition: 2562, Appointment: 1740, Task: 542, Encounter: 74985 }, WHOLE = 129037;
const RESOURCES = Number(argument('--resources', WHOLE)), SERVER = argument('--server', 'hapi'), BUNDLE = 50, AT_ONCE = 4;
const many = (type) => Math.max(1, Math.round(MIX[type] * RESOURCES / WHOLE));
const print = (name, value) => console.log(`${name}\t${value}`);
const tell = (name, n, s) => { print(`load_${name}_s`, s.toFixed(2)); print(`load_${name}_rate`, (n / s).toFixed(0)); };
const say = (text) => process.stderr.write(`${text}\n`);
async function timed(run) { const began = performance.now(); await run(); return (performance.now() - began) / 1000; }

const county = SERVER === 'hapi' ? await HapiCounty.start(scratch) : await County.start(SERVER);
process.on('exit', () => county.stop());
const base = county.direct ?? county.url;
if (SERVER === 'hapi') await county.reset(); else await county.set({ page: 500 });

// ---- the county ------------------------------------------------------------------------------------------------------------
// One of each as this program writes them, from which the others are made.
const model = new Clinic({ url: base }, 'model').init();
const person = model.resident('王小明', '1950-01-02', { phone: '10000000001' });
const form = model.followup(person, 138);
const visit = model.save('visit', { resident: person, date: '2026-11-20', complaint: '头痛', diagnosis: [{ icd10: 'I10.x00x023', text: '高血压病2级' }], confirm: ['date'] }).id;
model.syncs();
const all = await county.resources(), one = (type, id) => all.find((r) => r.resourceType === type && (!id || r.id === id));
const strip = ({ meta: { versionId, lastUpdated, ...meta }, extension, ...r }) => ({ ...r, meta, extension: extension?.filter((e) => !/sync-stamp$/.test(e.url)) });
const copy = (model, patient, day) => {
  const text = JSON.stringify(strip(model)).replaceAll(`"${model.id}"`, `"${randomUUID()}"`).replaceAll(person, patient).replaceAll('2026-11-20', day);
  return JSON.parse(text, (key, value) => (key === 'extension' && !value?.length ? undefined : value));
};
const dayOf = (i) => `${2020 + i % 6}-${String(1 + i % 12).padStart(2, '0')}-${String(1 + i % 28).padStart(2, '0')}`;
const patients = [...Array(many('Patient'))].map(() => randomUUID());
const foreign = { // what no clinic of ours writes
  Flag: (subject) => ({ resourceType: 'Flag', status: 'active', code: { text: 'due' }, subject }),
  Appointment: (actor) => ({ resourceType: 'Appointment', status: 'proposed', participant: [{ actor, status: 'accepted' }] }),
  Task: (subject) => ({ resourceType: 'Task', status: 'requested', intent: 'order', for: subject }),
  Condition: (subject) => ({ resourceType: 'Condition', code: { text: '高血压' }, subject }),
};
function* resources() {
  for (const [i, id] of patients.entries()) yield { ...copy(one('Patient', person), id, dayOf(i)), id, birthDate: `19${40 + i % 50}-0${1 + i % 9}-1${i % 9}` };
  const originals = { QuestionnaireResponse: one('QuestionnaireResponse', form), Observation: one('Observation'), Encounter: one('Encounter', visit) };
  for (const type of ['QuestionnaireResponse', 'Condition', 'Encounter', 'Observation', 'Flag', 'Appointment', 'Task'])
    for (let i = 0; i < many(type); i++) {
      const patient = patients[i % patients.length];
      yield originals[type] ? copy(originals[type], patient, dayOf(i)) : { ...foreign[type]({ reference: `Patient/${patient}` }), id: randomUUID() };
    }
}
async function post(entries) {
  const r = await fetch(base, { method: 'POST', headers: { 'content-type': 'application/fhir+json', prefer: 'return=minimal' },
    body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: entries.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } })) }) });
  const text = await r.text();
  if (r.status !== 200) throw new Error(text.slice(0, 1000));
}
async function fill() {
  const source = resources();
  let n = 0;
  const some = () => { const out = []; for (let r = source.next(); !r.done; r = source.next()) { out.push(r.value); if (out.length === BUNDLE) break; } return out; };
  const worker = async () => { for (let b = some(); b.length; b = some()) { await post(b); n += b.length; if (n % 5000 < BUNDLE) say(`  ${n} in the county`); } };
  for (let k = 0; k < Math.ceil(patients.length / BUNDLE); k++) { const b = some(); await post(b); n += b.length; } // all people before what is about them
  await Promise.all([...Array(AT_ONCE)].map(worker));
  return n;
}

// ---- taking it in ------------------------------------------------------------------------------------------------------------
// What a clinic asks for (sync/fhir: fhir_types, visits among the Encounters), page by page.
const ASKED = ['Organization', 'Practitioner', 'CareTeam', 'Group', 'Patient', 'AllergyIntolerance', 'EpisodeOfCare', 'Contract', 'QuestionnaireResponse', 'ServiceRequest', 'Task', 'Basic'].map((t) => `${t}?`).concat('Encounter?_tag=urn:cunyi:kind%7Cvisit&');
// A connection that the server closed while we thought it open is no answer: once more, on another.
async function page(url) {
  const options = { headers: { 'cache-control': 'no-cache', 'accept-encoding': 'gzip' } };
  const r = await fetch(url, options).catch(() => fetch(url, options));
  return r.json();
}
async function everyPage(each) {
  for (const ask of ASKED)
    for (let url = `${base}/${ask}_sort=_lastUpdated&_count=500`; url;) {
      const bundle = await page(url);
      for (const e of bundle.entry ?? []) each(e.resource);
      url = bundle.link?.find((l) => l.relation === 'next')?.url;
    }
}

say('  filling the county');
const filling = await timed(async () => print('load_resources', await fill()));
say(`  filled in ${filling.toFixed(0)} s`);
const newcomer = new Clinic({ url: base }, 'newcomer').init('D2');
let pulled;
const took = await timed(() => { pulled = newcomer.syncs().pulled; });
print('load_taken', pulled);
tell(SERVER, pulled, took);
const docs = [];
tell(`${SERVER}_bare`, pulled, await timed(() => everyPage((r) => docs.push(r))));

// By stick from the one that has it all to another.
const usb = path.join(scratch, 'usb'), other = new Clinic({ url: base }, 'other').init('D3');
fs.mkdirSync(usb);
for (const [a, b] of [[newcomer, other], [other, newcomer]]) {
  const cards = path.join(scratch, `cards-${a.dir.split('/').pop()}`);
  fs.mkdirSync(cards);
  a.must(['stick', 'card', cards]);
  b.must(['stick', 'peer', 'add', path.join(cards, fs.readdirSync(cards)[0])]);
}
tell('stick_out', pulled, await timed(() => newcomer.must(['stick', 'out', usb])));
tell('stick', pulled, await timed(() => other.must(['stick', 'in', usb])));
const visits = (clinic) => clinic.must(['list', 'visit', '--limit', '1000000']).length;
equal(visits(other), visits(newcomer), 'visits that came by stick');

if (argument('--peers', 'pouch') === 'pouch') {
  const unique = [...new Map(docs.map((d) => [`${d.resourceType}/${d.id}`, d])).values()], peer = await new Pouch().start(unique, scratch);
  ok(await peer.push(peer.at), 'PouchDB cannot send it');
  tell('pouch', unique.length, await timed(async () => ok(await peer.pull(peer.at), 'PouchDB cannot take it in')));
  await peer.stop();
}
process.exit();
