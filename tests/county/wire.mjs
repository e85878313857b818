// What must hold with every server when the wire before it fails or somebody edits at the same time (front.mjs arms it).
import { byType, posts } from './contract.mjs';
import { Clinic, equal, ok, scenario } from './lib.mjs';

for (const kind of ['drop-response', 'cut-half', 'half-body'])
  scenario(`an answer that is lost: ${kind}`, async (county, clinic) => {
    const wang = clinic.init().resident('王小明', '1950-01-02');
    clinic.followup(wang, 152);
    await county.arm({ kind });
    const lost = clinic.sync();
    ok(lost.status !== 0 && lost.json.waiting >= 3 && lost.json.error.message, `exit ${lost.status}`);
    equal(clinic.syncs().waiting, 0, 'waiting');
    equal((await posts(county)).length, 1, 'posts');
    equal((await county.versions('Patient', wang)).length, 1, 'versions');
  });

for (const [name, fault, exit, code] of [
  ['a captive portal', { kind: 'captive' }, 4, 'network'],
  ['a redirect', { kind: 'redirect' }, 4, 'network'],
  ['401', { kind: 'status', status: 401 }, 4, 'auth'],
  ['403', { kind: 'status', status: 403 }, 4, 'auth'],
  ['503', { kind: 'status', status: 503, retryAfter: 120 }, 4, 'server'],
  ['404', { kind: 'status', status: 404 }, 4, 'server'],
])
  scenario(`${name}: a sentence, and nothing is lost`, async (county, clinic) => {
    const wang = clinic.init().resident('王小明', '1950-01-02');
    await county.arm(fault);
    const r = clinic.sync();
    equal([r.status, r.json.error.code], [exit, code]);
    ok(r.json.error.message.length > 20 && r.json.waiting >= 2, 'no sentence');
    equal(clinic.syncs().waiting, 0, 'waiting');
    equal((await county.versions('Patient', wang)).length, 1, 'versions');
    equal(clinic.get('resident', wang).county, 'at_county');
  });

for (const status of [400, 422, 500, 413])
  scenario(`one record that the server refuses with ${status}: the rest goes on`, async (county, clinic) => {
    clinic.init();
    const ids = [...Array(12)].map((_, i) => clinic.resident(`村民${i}`, `1950-03-${String(i + 1).padStart(2, '0')}`));
    await county.arm({ kind: 'refuse', resource: `Patient/${ids[5]}`, status, text: 'the district code is missing', times: 1e9 });
    const r = clinic.syncs();
    equal([r.rejected, r.waiting], [1, 1]);
    equal((await byType(county, 'Patient')).length, 11, 'patients');
    equal(clinic.get('resident', ids[5]).county, 'refused');
    const [refused] = clinic.must(['conflicts', 'refused']);
    equal(refused.id, ids[5]);
    ok(refused.reason.includes('the district code is missing'), refused.reason);
    await county.disarm();
    clinic.change('resident', ids[5], { note: '已补' });
    equal(clinic.syncs().waiting, 0, 'waiting');
    equal((await byType(county, 'Patient')).length, 12, 'patients');
  });

for (const conflict of [412, 409])
  scenario(`the county edits while our bundle is under way (${conflict})`, async (county, clinic) => {
    const wang = clinic.init().resident('王小明', '1950-01-02');
    clinic.syncs();
    await county.set({ conflict });
    clinic.change('resident', wang, { phone: '10050000048' });
    await county.arm({ kind: 'edit', edit: { type: 'Patient', id: wang, set: { birthDate: '1950-01-03' } } });
    const r = clinic.syncs();
    equal([r.waiting, r.conflicts], [0, 0]);
    const there = (await byType(county, 'Patient'))[0];
    equal([there.birthDate, there.telecom[0].value], ['1950-01-03', '10050000048']);
    equal(clinic.get('resident', wang).birth_date, '1950-01-03');
  });

scenario('addresses that must not be talked to', async (county, clinic) => {
  clinic.init();
  equal(clinic.run(['sync', '--county', 'http://county.example.cn/fhir']).json.error.code, 'not_allowed');
  equal(clinic.run(['sync', '--county', 'http://county.example.cn/fhir']).status, 5);
  equal(clinic.run(['sync', '--county', 'not an address']).json.error.code, 'invalid_value');
  equal(clinic.run(['sync']).json.error.code, 'usage');
  const practice = new Clinic(county, 'practice').demo(5);
  equal(practice.run(['sync', '--county', 'https://county.example.cn/fhir']).json.error.code, 'practice');
});

scenario('a server that is no FHIR server gets no records', async (county, clinic) => {
  clinic.init().resident('王小明', '1950-01-02');
  const r = clinic.run(['sync', '--county', `${county.origin}/nowhere`]);
  equal(r.status, 4);
  equal((await posts(county)).length, 0, 'posts');
});
