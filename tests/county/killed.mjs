// Rounds of the program are killed at random moments, the server is killed and started again meanwhile, the line between
// them is bad, and clinics and county edit the same people: in the end both sides have the same, nothing is lost, nothing is
// doubled.     node killed.mjs medplum4|medplum5|hapi [SEED]      Prints TAP.
//
// Each field of a person is changed by one side only, to a larger number every time.  So in the versions that the server
// keeps no number may ever go back (an update was lost), each version has to differ from the one before it (it was written
// twice), and the last one has to have the last number of each side.
import { Clinic, equal, invariants, ok, pause, runSteps } from './lib.mjs';
import { lasting, Way } from './lasting.mjs';

const CLINICS = 3, PEOPLE = 6, TURNS = 12, PROGRESS = 4, LONGEST_MS = 300000, STAMP = /sync-stamp$/;
const [, , which, seedText] = process.argv;
let seed = Number(seedText ?? 20261128);
const roll = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 2147483648 * n); };
const stampOf = (r) => r.extension?.find((e) => STAMP.test(e.url))?.valueString;

// ---- what each side changes ----------------------------------------------------------------------------------------------
const FIELDS = [
  { key: 'phone', say: (n) => `1000000${String(n).padStart(4, '0')}`, of: (p) => Number(p.telecom?.find((t) => t.system === 'phone')?.value.slice(7) ?? 0) },
  { key: 'nickname', say: (n) => `小名${n}`, of: (p) => Number(p.name.find((x) => x.use === 'nickname')?.text.slice(2) ?? 0) },
  { key: 'contact_name', say: (n) => `家人${n}`, of: (p) => Number(p.contact?.find((c) => c.name?.text)?.name.text.slice(2) ?? 0) },
];
const COUNTY = { of: (p) => p.multipleBirthInteger ?? 0 }; // an element that the program knows nothing of

class World {
  edits = new Map(); numbers = 0; kills = 0; saved = []; ends = { killed: 0 };

  // Person and side -> the last number that this side wrote, and how often.
  wrote(id, side) {
    const key = `${id} ${side}`, e = this.edits.get(key) ?? { n: 0, times: 0 };
    this.edits.set(key, { n: ++this.numbers, times: e.times + 1 });
    return this.numbers;
  }
  last(id, side) { return this.edits.get(`${id} ${side}`) ?? { n: 0, times: 0 }; }

  async open(server) {
    this.server = server;
    this.clinics = [];
    for (let i = 0; i < CLINICS; i++) {
      const way = await Way.start(server, 'clear', 100 + i), clinic = new Clinic(way, `clinic${i}`).init(`D${i}`);
      this.clinics.push(Object.assign(clinic, { way, number: i, people: [...Array(PEOPLE)].map((_, k) => clinic.resident(`村民${i}${'甲乙丙丁戊己'[k]}`, `19${50 + i}-03-0${k + 1}`)) }));
    }
    this.people = this.clinics.flatMap((c) => c.people);
    for (const c of this.clinics) c.syncs();
    const began = Date.now();
    for (const c of this.clinics) c.syncs();
    this.roundMs = (Date.now() - began) / CLINICS; // of this server on this machine today
    this.before = (await Promise.all(this.clinics.map((c) => c.way.journal()))).flat().filter((l) => l.method === 'POST' && l.status === 200).length;
  }

  edit(clinic) {
    const id = this.people[roll(this.people.length)], field = FIELDS[clinic.number];
    if (roll(3) === 0) return this.saved.push(clinic.followup(id, 130 + roll(20)));
    return clinic.change('resident', id, { [field.key]: field.say(this.wrote(id, clinic.number)), confirm: [field.key] });
  }

  // The county's own program: it writes on what it has read, and asks again when it does not hear whether that came through.
  async countyEdits() {
    const id = this.people[roll(this.people.length)], at = `${this.server.base}/Patient/${id}`, n = this.wrote(id, 'county');
    for (;;) {
      try {
        const p = await (await fetch(at, { headers: { 'cache-control': 'no-cache' } })).json();
        if (COUNTY.of(p) === n) return;
        if (p.resourceType !== 'Patient') throw new Error('no answer');
        p.multipleBirthInteger = n;
        p.extension = p.extension?.filter((e) => !STAMP.test(e.url));
        if (!p.extension?.length) delete p.extension;
        await fetch(at, { method: 'PUT', headers: { 'content-type': 'application/fhir+json', 'if-match': `W/"${p.meta.versionId}"` }, body: JSON.stringify(p) });
      } catch { await pause(100); } // it is being killed
    }
  }

  // Bundles that the server took.
  async through() {
    const lines = (await Promise.all(this.clinics.map((c) => c.way.journal()))).flat();
    return lines.filter((l) => l.method === 'POST' && l.status === 200).length - this.before;
  }
  async clinicWorks(clinic) {
    for (let turn = 0; turn < TURNS || !this.enough(); turn++) {
      for (let i = roll(3); i >= 0; i--) this.edit(clinic);
      await clinic.way.link.become(roll(3) ? 'clear' : 'wild');
      const end = await clinic.syncKilledAfter(10 + roll(this.roundMs * (roll(3) ? 0.6 : 3)));
      this.ends[end] = (this.ends[end] ?? 0) + 1;
      if (Date.now() > this.until) return;
    }
  }
  async countyWorks() { while (!this.done) { await this.countyEdits(); await pause(150 + roll(400)); } }
  async serverDies() {
    while (!this.done) {
      // After some bundles went through since the last time, however fast this machine is.
      for (const had = await this.through(); !this.done && (await this.through()) < had + PROGRESS;) await pause(200);
      await pause(roll(1500));
      if (this.done) return;
      await this.server.kill(this.server.parts[this.kills % this.server.parts.length]);
      this.kills++;
    }
  }
  enough() { return this.kills >= this.server.kills && this.ends.killed >= 30; }

  async run() {
    this.until = Date.now() + LONGEST_MS;
    const others = [this.countyWorks(), this.serverDies()];
    await Promise.all(this.clinics.map((c) => this.clinicWorks(c)));
    this.done = true;
    await Promise.all(others);
  }

  // "Type/id" -> its versions at the server, the oldest first.
  async histories() {
    const all = new Map(), left = await this.server.resources();
    const some = async () => { for (let r = left.pop(); r; r = left.pop()) all.set(`${r.resourceType}/${r.id}`, await this.server.versions(r.resourceType, r.id)); };
    await Promise.all([...Array(6)].map(some));
    return all;
  }
  // The line is good, the server stays: everything goes and comes.
  async quiet() {
    for (const c of this.clinics) await c.way.link.become('clear');
    for (let i = 0; i < 12; i++) {
      const rounds = this.clinics.map((c) => c.syncs());
      if (rounds.every((r) => r.pushed + r.pulled + r.waiting === 0)) return;
    }
    throw new Error('clinics and county do not come to rest');
  }
}

// ---- what must hold ---------------------------------------------------------------------------------------------------------
for (const s of ['SIGTERM', 'SIGINT']) process.on(s, () => process.exit(1)); // servers and lines end with us
const world = new World(), tests = [];
const test = (name, run) => tests.push({ name, run });

test('rounds and servers were killed, and edits made on all sides', async () => {
  world.server = await lasting(which);
  await world.open(world.server);
  await world.run();
  const through = await world.through();
  await world.quiet();
  console.log(`# ${world.server.title}: server killed ${world.kills} times; rounds ${JSON.stringify(world.ends)}; ${world.numbers} edits, ${world.saved.length} follow-ups`);
  console.log(`# meanwhile ${through} bundles went through`);
  world.versions = await world.histories();
  const counts = await Promise.all(world.clinics.map((c) => c.way.link.counts()));
  console.log(`# the lines: ${Object.keys(counts[0]).map((k) => `${k} ${counts.reduce((n, c) => n + c[k], 0)}`).join(', ')}`);
  for (const side of [0, 1, 2, 'county']) ok(world.people.some((id) => world.last(id, side).times > 0), `nobody was edited by ${side}`);
  ok(world.enough() && through >= PROGRESS * world.kills, 'too little happened');
});

test('nothing waits, nothing was refused, nothing is in dispute', async () => {
  for (const c of world.clinics) {
    const r = c.must(['sql', '--readonly', 'SELECT state, count(*) AS n FROM outbox GROUP BY state']);
    equal(c.must(['conflicts', 'list']), []);
    equal(c.must(['conflicts', 'refused']), []);
    ok(r.every((row) => row.state >= 7), JSON.stringify(r));
    equal(c.run(['check', '--full']).status, 0, 'check');
  }
});

test('each stamp is in one version of one resource', async () => {
  const seen = new Map();
  for (const [key, list] of world.versions) {
    for (const v of list) {
      const stamp = stampOf(v), at = `${key}/_history/${v.meta.versionId}`;
      if (stamp && seen.has(`${key} ${stamp}`)) throw new Error(`${stamp} is in ${seen.get(`${key} ${stamp}`)} and in ${at}`);
      if (stamp) seen.set(`${key} ${stamp}`, at);
    }
  }
  ok(seen.size > 50, 'hardly anything has a stamp');
});

test('people: as many as were registered, no version twice, no update lost, the last word of each side', async () => {
  equal([...world.versions.keys()].filter((k) => k.startsWith('Patient/')).sort(), world.people.map((id) => `Patient/${id}`).sort());
  for (const id of world.people) {
    const list = world.versions.get(`Patient/${id}`), sides = [...FIELDS.map((f, i) => [i, f.of]), ['county', COUNTY.of]];
    list.slice(1).forEach((v, i) => {
      for (const [side, of] of sides) ok(of(v) >= of(list[i]), `${id}: what ${side} wrote went back from ${of(list[i])} to ${of(v)} in version ${v.meta.versionId}`);
      ok(sides.some(([, of]) => of(v) !== of(list[i])), `${id}: version ${v.meta.versionId} says nothing new`);
    });
    for (const [side, of] of sides) equal(of(list.at(-1)), world.last(id, side).n, `${id}: the last word of ${side}`);
    const edits = sides.reduce((n, [side]) => n + world.last(id, side).times, 0);
    ok(list.length <= 1 + edits, `${id}: ${list.length} versions after ${edits} edits`);
    equal(list.filter((v) => !stampOf(v)).length, world.last(id, 'county').times, `${id}: versions of the county, of ${list.map((v) => `${v.meta.versionId}${stampOf(v) ? '' : '!'}=${COUNTY.of(v)}`).join(' ')};`);
  }
});

const READINGS = ['29463-7', '85354-9', '8867-4']; // what a clinic measures: weight, blood pressure, heart rate
test('follow-ups: each there once, with all that belongs to it', async () => {
  const newest = (type) => [...world.versions].filter(([key]) => key.startsWith(`${type}/`)).map(([, list]) => list.at(-1));
  const forms = newest('QuestionnaireResponse'), read = new Map(newest('Encounter').map((e) => [`Encounter/${e.id}`, []]));
  equal(forms.map((q) => q.id).sort(), [...world.saved].sort());
  for (const [key, list] of world.versions) if (!key.startsWith('Patient/')) equal(list.length, 1, `versions of ${key}`);
  equal(forms.map((q) => q.encounter.reference).sort(), [...read.keys()].sort(), 'encounters');
  for (const o of newest('Observation')) read.get(o.encounter.reference).push(o.code.coding[0].code);
  for (const [encounter, codes] of read) equal(codes.sort(), READINGS, `observations of ${encounter}`);
});

// "Patient/x" -> version and stamp, at the server and as a clinic has it.
const TYPES = { 1: 'Patient', 8: 'QuestionnaireResponse' }; // enum kind_id
test('versions and stamps are the same on both sides, at every clinic', async () => {
  for (const c of world.clinics) {
    const rows = c.must(['sql', '--readonly', `SELECT r.kind, r.uid, v.version, v.stamp FROM record r JOIN sync_version v ON v.record = r.id AND v.role = 0 AND v.remote = 1 WHERE r.kind IN (1, 8)`]);
    const here = new Map(rows.map((r) => [`${TYPES[r.kind]}/${r.uid}`, `${r.version} ${r.stamp || '-'}`]));
    for (const [key, list] of world.versions) {
      if (!/^(Patient|QuestionnaireResponse)\//.test(key)) continue;
      equal(here.get(key), `${list.at(-1).meta.versionId} ${stampOf(list.at(-1)) ?? '-'}`, `clinic ${c.number}: ${key}`);
      here.delete(key);
    }
    equal([...here.keys()], [], `only at clinic ${c.number}`);
  }
});

test('all clinics say the same of everybody', async () => {
  const said = (c, kind, id) => { const { revision, changed_at, created_at, changed_by, county, ...rest } = c.get(kind, id); return rest; };
  for (const [kind, ids] of [['resident', world.people], ['followup', world.saved]])
    for (const id of ids) for (const c of world.clinics.slice(1)) equal(said(c, kind, id), said(world.clinics[0], kind, id), `${kind} ${id}`);
});

test('no stamp was put again without asking', async () => { for (const c of world.clinics) await invariants(c.way); });

// A copy of the request that made a person arrives when others have written since, and its sender has not seen that.  A server that takes it (Medplum does not
// look at If-None-Match) has the old words then, until the next round.
test('a request that comes again late undoes nothing', async () => {
  const [c, other] = world.clinics, posts = async () => (await c.way.journal()).filter((l) => l.method === 'POST').length;
  await c.way.link.become('held');
  const late = c.resident('迟到', '1961-05-05');
  c.syncs();
  await c.way.link.become('clear');
  c.change('resident', late, { nickname: '小名9001' });
  c.syncs();
  other.syncs();
  other.change('resident', late, { phone: FIELDS[0].say(9002), confirm: ['phone'] });
  other.syncs();
  const before = await posts();
  c.way.link.again();
  while ((await posts()) === before) await pause(50);
  for (let i = 0; i < 3; i++) for (const x of world.clinics) x.syncs();
  const there = (await world.server.versions('Patient', late)).at(-1);
  equal([FIELDS[1].of(there), FIELDS[0].of(there)], [9001, 9002], 'at the county');
  for (const x of world.clinics) equal([x.get('resident', late).nickname, x.get('resident', late).phone], ['小名9001', FIELDS[0].say(9002)], `clinic ${x.number}`);
});

await runSteps('killed', tests, () => !world.versions);
process.exit();
