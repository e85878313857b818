// A clinic's exchange over bad lines, beside PouchDB and fossil with the same resources over the same lines: prints
// "name<TAB>value".   node links.mjs [--lines a,b] [--followups N] [--peers pouch,fossil]
//   day_LINE_s, day_LINE_kb        a clinic's day goes out and is confirmed: seconds, bytes both ways
//   first_LINE_s, first_LINE_kb    a newcomer takes in what the clinic has sent
//   bulk_10000_min, bulk_b         follow-ups over 64 kbit/s, 600 ms, one segment in ten lost: minutes for 10,000, bytes for one
//   urgent_s                       the first urgent referral, with all of these waiting
// and the same with _pouch or _fossil behind the name.  What never comes about is "-".
import fs from 'node:fs';
import path from 'node:path';
import { HapiCounty } from '../county/hapi/server.mjs';
import { argument, Clinic, County, pause, scratch } from '../county/lib.mjs';
import { Badlink } from '../links/badlink.mjs';
import { Fossil, Pouch } from './peers.mjs';

const list = (text) => text.split(',').filter(Boolean);
const LINES = list(argument('--lines', 'lan,dsl,3g,edge,satellite,2g,cut30s,cut20k')), PEERS = { pouch: Pouch, fossil: Fossil };
const FOLLOWUPS = Number(argument('--followups', 10000)), WITH = list(argument('--peers', 'pouch,fossil'));
const DAY = { visits: 60, followups: 20, registered: 2 }, KNOWN = 40, TRIES = 400;
const print = (name, value, places = 0) => console.log(`${name}\t${Number.isFinite(value) ? value.toFixed(places) : '-'}`);

// Seconds, and bytes both ways.
async function measured(link, line, run) {
  await link.become(line);
  const before = await link.counts(), began = performance.now();
  await run();
  const s = (performance.now() - began) / 1000, after = await link.counts();
  await link.become('clear');
  return { s, kb: (after.up + after.down - before.up - before.down) / 1000 };
}
function tell(name, peer, m) {
  print(`${name}_s${peer}`, m?.s, 2);
  print(`${name}_kb${peer}`, m?.kb, 1);
}
function tellBulk(name, peer, m) {
  print(`${name}_10000_min${peer}`, m?.s / 60 * 10000 / FOLLOWUPS, 1);
  print(`${name}_b${peer}`, m?.kb * 1000 / FOLLOWUPS);
}
async function untilNothingWaits(clinic) {
  for (let i = 0; i < TRIES; i++) {
    const r = clinic.sync();
    if (r.status === 0 && r.json.waiting === 0) return;
    if (r.status !== 0 && r.status !== 4) throw new Error(r.stdout + r.stderr);
  }
  throw new Error(`something waits after ${TRIES} rounds`);
}

// ---- what is sent -------------------------------------------------------------------------------------------------------
const MEASURED = { mode: '1', symptoms: ['1'], smoking: 0, drinking: 0, exercise_times: 3, exercise_minutes: 30, salt: '2', mind: '1', compliance: '1', adherence: '1', adr: '1' };
const known = (clinic) => [...Array(KNOWN)].map((_, i) => clinic.resident(`老村民${i}`, `19${40 + i % 40}-02-0${1 + i % 9}`));
function followup(clinic, people, i) {
  return clinic.save('followup', { programme: 'htn', resident: people[i % people.length], date: `2026-${String(1 + i % 10).padStart(2, '0')}-${String(1 + i % 28).padStart(2, '0')}`, ...MEASURED,
    sbp: 118 + i * 7 % 40, dbp: 70 + i * 3 % 18, hr: 62 + i * 5 % 26, weight: 48.5 + i % 30, confirm: ['sbp', 'dbp', 'date', 'weight', 'hr'] });
}
function day(clinic, people) {
  for (let i = 0; i < DAY.registered; i++) people.push(clinic.resident(`新村民${i}`, '1950-03-01'));
  for (let i = 0; i < DAY.visits; i++) clinic.save('visit', { resident: people[i * 7 % people.length], date: '2026-11-20', complaint: '头痛', diagnosis: [{ icd10: 'I10.x00x023', text: '高血压病2级' }], confirm: ['date'] });
  for (let i = 0; i < DAY.followups; i++) followup(clinic, people, i);
}

async function opened(name, county) {
  const link = await Badlink.start(county.url, 'clear');
  const clinic = new Clinic({ url: link.url }, name).init(), people = known(clinic);
  clinic.syncs();
  return { county, link, clinic, people, close() { link.stop(); county.stop(); } };
}
const bare = (r) => { const { versionId, lastUpdated, ...meta } = r.meta ?? {}; return { ...r, meta }; };
// The resources that were sent, as a peer would hold them.
async function sent(county, before) {
  const had = new Set(before.map((r) => `${r.resourceType}/${r.id}`));
  return (await county.resources()).filter((r) => !had.has(`${r.resourceType}/${r.id}`)).map(bare);
}

async function beside(name, docs, line, ways, say = tell) {
  for (const p of WITH) {
    const dir = path.join(scratch, `${name}-${p}`), peer = await new PEERS[p]().start(docs, (fs.mkdirSync(dir), dir)), link = await Badlink.start(peer.at, 'clear');
    let arrives = true;
    // A batch that is larger than what the line carries between two cuts never arrives, and then there is nothing to take in.
    for (const [what, how] of ways) {
      const m = arrives ? await measured(link, line, async () => { arrives = await peer[how](link.url); }) : undefined;
      say(what, `_${p}`, arrives ? m : undefined);
    }
    link.stop();
    await peer.stop();
  }
}

async function aDay(line) {
  const county = await County.start('medplum4');
  await county.set({ page: 500 });
  const w = await opened(`day-${line}`, county), before = await w.county.resources();
  day(w.clinic, w.people);
  tell(`day_${line}`, '', await measured(w.link, line, () => untilNothingWaits(w.clinic)));
  const docs = await sent(w.county, before), newcomer = new Clinic({ url: w.link.url }, `new-${line}`).init('D2');
  print('day_resources', docs.length);
  tell(`first_${line}`, '', await measured(w.link, line, () => untilNothingWaits(newcomer)));
  w.close();
  await beside(`day-${line}`, docs, line, [[`day_${line}`, 'push'], [`first_${line}`, 'pull']]);
}

// Sends all that waits, and says when the referral was there.
async function sendBulk(w, referral) {
  let done = false, arrived;
  const began = performance.now(), round = w.clinic.start();
  const over = new Promise((ended) => round.on('exit', () => { done = true; ended(); }));
  while (!arrived && !done) {
    if ((await w.county.resources()).some((r) => r.id === referral)) arrived = performance.now() - began;
    else await pause(100);
  }
  print('urgent_s', arrived / 1000, 1);
  await over;
  await untilNothingWaits(w.clinic);
}
// With a server that takes large bundles: Medplum's takes fifty entries.
async function bulk() {
  const county = await HapiCounty.start(scratch);
  await county.reset();
  const w = await opened('bulk', county), before = await w.county.resources();
  for (let i = 0; i < FOLLOWUPS; i++) followup(w.clinic, w.people, i);
  const referral = w.clinic.save('referral', { resident: w.people[0], direction: 'up', urgency: 'urgent', date: '2026-11-20', programme: 'htn', to_org_text: '某县医院', reason: ['2'], impression: '高血压',
    present_illness: '连续两次控制不满意', consent: '2', confirm: ['date'] }).id;
  tellBulk('bulk', '', await measured(w.link, '2g', () => sendBulk(w, referral)));
  const docs = await sent(w.county, before);
  w.close();
  await beside('bulk', docs, '2g', [['bulk', 'push']], tellBulk);
}

for (const line of LINES) await aDay(line);
if (FOLLOWUPS > 0) await bulk();
process.exit();
