// What must hold with every FHIR R4 server, whoever wrote it: the same scenarios for each.
import { OtherClient } from './other_client.mjs';
import { Clinic, equal, invariants, ok, pause, scenario } from './lib.mjs';

export const byType = async (county, type) => (await county.resources()).filter((r) => r.resourceType === type);
export const posts = async (county) => (await county.journal()).filter((l) => l.method === 'POST');

scenario('a practice clinic goes there whole, valid, once', async (county, clinic) => {
  clinic.demo(80);
  const first = clinic.syncs();
  equal([first.waiting, first.rejected, first.conflicts, first.unknown], [0, 0, 0, 0]);
  ok(first.pushed > 100, 'hardly anything was pushed');
  const sent = await posts(county);
  ok(sent.every((l) => l.gzip && l.entries.length <= 400), 'a bundle is too long or not packed');
  const refused = sent.filter((l) => l.status !== 200); // the one by which it is found out how many entries the server takes
  ok(refused.length <= 1 && refused.every((l) => l.entries.length > 50), 'a bundle was refused');
  ok((await county.resources()).every((r) => r.meta.security?.some((s) => s.code === 'HTEST')), 'practice data without its mark');
  const again = clinic.syncs();
  equal([again.pushed, again.pulled], [0, 0]);
  equal((await posts(county)).length, sent.length, 'posts');
}, '练习诊所整体上报: 内容有效, 只报一次; 再同步不再发送');

scenario('Patients of another client appear and keep their foreign elements after an edit', async (county, clinic) => {
  const other = new OtherClient(county.url);
  clinic.init();
  clinic.syncs();
  await other.put(other.patient('county-77'));
  await other.put(other.patient('county-78', { family: 'Smith', given: ['Ann'], birthDate: '1950', number: '350299195001010063' }));
  equal(clinic.syncs().pulled, 2, 'pulled');
  const lin = clinic.get('resident', 'county-77');
  equal([lin.name, lin.sex, lin.birth_date, lin.id_number, lin.phone, lin.contact_name, lin.address, lin.county],
    ['林秀英', '2', '1948-07-11', '350299194807110042', '0592-1234567', '林小妹', '某市某县东村8号', 'at_county']);
  ok(clinic.must(['find', '林秀英']).some((r) => r.id === 'county-77'), 'the search box does not find her');
  clinic.change('resident', 'county-77', { phone: '10050000048', nickname: '阿英', confirm: ['phone'] });
  equal(clinic.syncs().waiting, 0, 'waiting');
  const there = await other.read('Patient', 'county-77'), before = other.patient('county-77');
  for (const element of ['text', 'communication', 'multipleBirthInteger']) equal(there[element], before[element], element);
  equal(there.name[0], before.name[0], 'name');
  equal(there.identifier[1], before.identifier[1], 'foreign identifier');
  equal(there.telecom.map((t) => t.value).sort(), ['10050000048', 'lin@example.cn'], 'telecom');
  equal(there.telecom.find((t) => t.system === 'phone').rank, 2, 'rank');
  ok(there.extension.some((e) => e.url === 'http://hospital.example/fhir/support'), 'the foreign extension is gone');
  ok(there.name.some((n) => n.use === 'nickname' && n.text === '阿英'), 'the nickname did not arrive');
  await other.edit('Patient', 'county-77', (p) => { p.multipleBirthInteger = 3; p.birthDate = '1948-07-12'; });
  clinic.syncs();
  equal(clinic.get('resident', 'county-77').birth_date, '1948-07-12');
  clinic.change('resident', 'county-77', { nickname: '英', confirm: ['birth_date'] });
  clinic.syncs();
  equal((await other.read('Patient', 'county-77')).multipleBirthInteger, 3, 'a foreign element changed by others');
}, '他人建的患者能看到, 我们修改后他人的内容不丢');

scenario('the hospital answers a referral, and sends the patient back', async (county, clinic) => {
  const other = new OtherClient(county.url);
  const resident = clinic.init().resident('王小明', '1950-01-02');
  const referral = clinic.save('referral', { resident, direction: 'up', urgency: 'urgent', date: '2026-11-20', programme: 'htn', to_org_text: '某县医院',
    reason: ['2'], impression: '高血压', present_illness: '连续两次控制不满意', consent: '2', confirm: ['date'] }).id;
  equal(clinic.syncs().waiting, 0, 'waiting');
  equal((await other.read('ServiceRequest', referral)).priority, 'urgent');
  await other.accept(referral);
  equal(clinic.syncs().pulled, 1, 'pulled');
  const accepted = clinic.get('referral', referral);
  equal([accepted.status, accepted.answer_org, accepted.answer_text, accepted.appointment_date], ['accepted', '某县医院', '请空腹来诊', '2026-12-01']);
  await other.sendBack(referral);
  clinic.syncs();
  const back = clinic.get('referral', referral);
  equal([back.status, back.return_diagnosis, back.return_advice, back.return_notes], ['returned', '高血压3级 很高危', '两周后复查', 'Bed: 12']);
}, '医院答复转诊, 并转回患者');

scenario('both sides change the same field: kept, shown, settled', async (county, clinic) => {
  const other = new OtherClient(county.url), wang = clinic.init().resident('王小明', '1950-01-02');
  clinic.syncs();
  clinic.change('resident', wang, { birth_date: '1950-01-05', confirm: ['birth_date'] });
  await other.edit('Patient', wang, (p) => { p.birthDate = '1950-01-03'; });
  const r = clinic.syncs();
  equal([r.conflicts, r.waiting], [1, 1]);
  equal((await other.read('Patient', wang)).birthDate, '1950-01-03', 'at the county');
  equal([clinic.get('resident', wang).birth_date, clinic.get('resident', wang).county], ['1950-01-03', 'conflict']); // theirs stands until it is settled
  const [shown] = clinic.must(['conflicts', 'list']);
  equal(shown.fields.map((f) => [f.key, f.base, f.ours, f.theirs]), [['birth_date', '1950-01-02', '1950-01-05', '1950-01-03']]);
  clinic.must(['conflicts', 'settle', String(shown.n), 'birth_date=ours']);
  equal(clinic.syncs().waiting, 0, 'waiting');
  equal((await other.read('Patient', wang)).birthDate, '1950-01-05', 'settled');
  equal(clinic.must(['conflicts', 'list']), []);
}, '双方改同一项: 都保留, 提示, 由人裁定');

scenario('a late copy of an old request, and who writes upon it, undo nothing', async (county, a) => {
  const other = new OtherClient(county.url), wang = a.init().resident('王小明', '1950-01-02');
  a.syncs();
  const first = await other.read('Patient', wang);
  a.change('resident', wang, { nickname: '阿明' });
  a.syncs();
  await other.put(first);
  const c = new Clinic(county, 'third').init('D3');
  c.syncs();
  equal(c.get('resident', wang).nickname ?? null, null, 'what was written since');
  c.change('resident', wang, { contact_name: '丙一' });
  c.syncs();
  equal([a.syncs().conflicts, a.syncs().waiting], [0, 0]);
  c.syncs();
  for (const clinic of [a, c]) {
    const { nickname, contact_name: contact } = clinic.get('resident', wang);
    equal([nickname, contact], ['阿明', '丙一']);
  }
  equal([a.syncs().pushed, c.syncs().pushed], [0, 0], 'nothing is sent again');
}, '旧请求迟到的副本, 以及在它之上所做的修改: 都不冲掉他人的内容');

scenario('two laptops and one county', async (county, a) => {
  const b = new Clinic(county, 'second').init('D2');
  const wang = a.init().resident('王小明', '1950-01-02', { drug_allergy: ['2'] }), visit = a.followup(wang, 152);
  a.syncs();
  b.syncs();
  equal([b.get('resident', wang).name, b.get('followup', visit).sbp, b.get('followup', visit).class], ['王小明', 152, a.get('followup', visit).class]);
  b.change('followup', visit, { hr: 80, confirm: ['hr'] });
  b.change('resident', wang, { drug_allergy: ['1'] });
  equal([b.syncs().waiting, a.syncs().waiting], [0, 0]);
  equal([a.get('followup', visit).hr, a.get('resident', wang).drug_allergy], [80, ['1']]);
  const allergy = (await byType(county, 'AllergyIntolerance'))[0];
  equal(allergy.verificationStatus.coding[0].code, 'entered-in-error');
  equal([b.syncs().pushed, a.syncs().pushed], [0, 0]);

  // A prescription line: valid there, the same on the other laptop, and what somebody else wrote on it survives our edit.
  const dispenser = a.save('staff', { name: '林发药', staff_no: '009', role: '1' }).id;
  const lines = [{ name: '氨氯地平', form: '1', strength: '5mg', quantity: 2, quantity_unit: '盒' }, { name: '布洛芬', strength: '0.2g' }];
  const rx = a.save('visit', { resident: wang, date: '2026-11-20', complaint: '取药', prescriptions: lines, dispenser }).id;
  equal([a.syncs().rejected, b.syncs().waiting], [0, 0]);
  equal([b.get('visit', rx).prescriptions, b.get('visit', rx).dispenser], [a.get('visit', rx).prescriptions, a.get('visit', rx).dispenser]);
  const requests = await byType(county, 'MedicationRequest'), request = requests.find((r) => r.contained);
  equal([requests.length, request.contained[0].form.coding[0].display, request.dispenseRequest.quantity.unit], [2, '片剂', '盒']);
  const other = new OtherClient(county.url);
  await other.edit('MedicationRequest', request.id, (r) => { r.note = [{ text: '药房已核对' }]; });
  a.syncs();
  a.change('visit', rx, { prescriptions: [{ ...lines[0], quantity: 3 }, lines[1]] });
  equal(a.syncs().waiting, 0, 'waiting');
  const after = await other.read('MedicationRequest', request.id);
  equal([after.note[0].text, Number(after.dispenseRequest.quantity.value)], ['药房已核对', 3]);
}, '两台电脑和一个县平台');

scenario('rounds killed at random points lose nothing and double nothing', async (county, clinic) => {
  clinic.demo(60, 11);
  let killed = 0, seed = 12345;
  for (let i = 0; i < 14; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    killed += (await clinic.syncKilledAfter(10 + seed % 500)) === 'killed';
    await invariants(county);
  }
  ok(killed > 5, 'hardly any round was killed');
  equal(clinic.syncs().waiting, 0, 'waiting');
  const residents = clinic.must(['list', 'resident', '--limit', '100000']);
  equal((await byType(county, 'Patient')).length, residents.length, 'patients');
  for (const p of await byType(county, 'Patient')) equal((await county.versions('Patient', p.id)).length, 1, `versions of ${p.id}`);
  const [followups, exams] = ['followup', 'exam'].map((kind) => clinic.must(['list', kind, '--limit', '100000']).map((r) => r.id)), forms = followups.concat(exams);
  ok(followups.length > 100, 'hardly any follow-up was made');
  equal((await byType(county, 'QuestionnaireResponse')).map((q) => q.id).sort(), forms.sort(), 'follow-ups and examinations');
  for (const id of forms) equal((await county.versions('QuestionnaireResponse', id)).length, 1, `versions of ${id}`);
  ok(clinic.run(['check', '--full']).status === 0, 'the database file is damaged');
}, '同步随时被中断: 不丢, 不重');

scenario('two rounds at once: one of them is told to wait', async (county, clinic) => {
  clinic.demo(60, 12);
  const first = clinic.start(), text = [];
  first.stdout.on('data', (d) => text.push(d));
  while (!(await county.journal()).length && first.exitCode === null) await pause(10);
  const second = clinic.sync();
  const status = await new Promise((done) => first.on('exit', done));
  equal([status, second.status, second.json.error.code], [0, 3, 'busy']);
  equal(JSON.parse(Buffer.concat(text)).waiting, 0, 'waiting');
}, '同时两次同步: 其中一次被告知等待');

scenario('a new laptop takes in all that the county has', async (county, a) => {
  a.demo(120, 21);
  equal(a.syncs().waiting, 0, 'waiting');
  const b = new Clinic(county, 'newcomer').demo(1, 22);
  const first = b.syncs();
  equal([first.rejected, first.unknown, first.conflicts], [0, 0, 0]);
  for (const kind of ['resident', 'followup', 'contract', 'visit']) {
    const there = new Map(b.must(['list', kind, '--limit', '100000']).map((r) => [r.id, r])), here = a.must(['list', kind, '--limit', '100000']);
    ok(here.length > 10, `hardly any ${kind} was made`);
    equal(here.filter((r) => !there.has(r.id)).map((r) => r.id), [], `${kind} that did not come`);
  }
  for (const { id } of a.must(['list', 'resident', '--limit', '12'])) {
    const { revision: r1, changed_at: c1, created_at: m1, changed_by: w1, county: k1, ...ours } = a.get('resident', id);
    const { revision: r2, changed_at: c2, created_at: m2, changed_by: w2, county: k2, ...theirs } = b.get('resident', id);
    equal(theirs, ours, id);
  }
  equal([b.syncs().pulled, a.syncs().pushed], [0, 0]);
}, '新电脑从县平台取回全部资料');

scenario('who moves into the township arrives with all his records', async (county, east) => {
  const townships = (clinic, region, number) => {
    clinic.must(['init', '--org', region, '--name', `${region}卫生院`, '--region', region]);
    clinic.must(['user', 'add', `${number}医生`, '--no', number, '--role', '1']);
    clinic.as = ['--as', number];
    equal(clinic.must(['county', 'set', '--load', 'own']).load, region);
    return clinic;
  };
  const tags = (doc, system) => (doc.meta.tag ?? []).filter((t) => t.system === system).map((t) => t.code).sort();
  const west = townships(new Clinic(county, 'west'), '350299102', 'W1'), other = new OtherClient(county.url);
  townships(east, '350299101', 'E1');
  const [old, now] = ['350299101001', '350299102001'].map((region_code) => east.save('organisation', { name: `村${region_code}`, type: '1', region_code }).id);
  const wang = east.resident('王小明', '1950-01-02', { village: old }), stays = east.resident('李四', '1951-02-03', { village: old });
  const followups = ['2026-08-20', '2026-09-20', '2026-10-20'].map((date) => east.save('followup', { programme: 'htn', resident: wang, date, mode: '1', symptoms: ['1'],
    sbp: 138, dbp: 84, hr: 72, weight: 61.5, confirm: ['sbp', 'dbp', 'date', 'weight', 'hr'] }).id);
  const visit = east.save('visit', { resident: wang, date: '2026-11-19', confirm: ['date'] }).id;
  east.syncs();
  west.syncs();
  equal(west.must(['list', 'resident']).map((r) => r.id), [], 'people of another township');
  east.change('resident', wang, { village: now });
  equal(east.syncs().waiting, 0, 'waiting');
  const there = await other.read('Patient', wang);
  ok(tags(there, 'urn:cunyi:scope').includes('350299102'), 'he does not bear his new township');
  equal(tags(there, 'urn:cunyi:scope-before'), ['350299101']);
  const newcomer = townships(new Clinic(county, 'west-new'), '350299102', 'W2');
  for (const clinic of [west, newcomer]) {
    equal(clinic.syncs().waiting, 0, 'waiting');
    equal(clinic.must(['list', 'resident']).map((r) => r.id), [wang]);
    equal(clinic.must(['list', 'followup']).map((r) => r.id).sort(), [...followups].sort(), 'follow-ups');
    equal(clinic.must(['list', 'visit']).map((r) => r.id), [visit], 'visits');
    equal(clinic.get('followup', followups[0]).sbp, 138);
  }
  west.change('resident', wang, { phone: '10050000048' });
  equal(west.syncs().waiting, 0, 'waiting');
  equal([east.syncs().pushed, west.syncs().pushed, newcomer.syncs().pushed], [0, 0, 0], 'nothing is sent again');
  equal([newcomer.get('resident', wang).phone, east.must(['list', 'resident']).length], ['10050000048', 2]);
  equal((await other.read('Patient', stays)).meta.tag.map((t) => t.code), ['350299101']);
}, '居民迁入本乡镇: 以前的随访、门诊等一并取来');

scenario('whom another program gives to a clinic comes there, wherever he lives', async (county, east) => {
  const clinic = (c, region, number) => {
    c.must(['init', '--org', region, '--name', `${region}卫生院`, '--region', region]);
    c.must(['user', 'add', `${number}医生`, '--no', number, '--role', '1']);
    c.as = ['--as', number];
    c.must(['county', 'set', '--load', 'own']);
    return c;
  };
  const west = clinic(new Clinic(county, 'given'), '350299102', 'W1'), other = new OtherClient(county.url);
  clinic(east, '350299101', 'E1');
  const village = east.save('organisation', { name: '东村', type: '1', region_code: '350299101001' }).id;
  const li = east.resident('李四', '1951-02-03', { village }), visit = east.save('visit', { resident: li, date: '2026-11-19', confirm: ['date'] }).id;
  east.syncs();
  west.syncs();
  equal(west.must(['list', 'resident']), [], 'people of another township');
  const ours = (await other.search('Organization', {})).find((o) => o.name === '350299102卫生院');
  await other.edit('Patient', li, (p) => { p.managingOrganization = { reference: `Organization/${ours.id}` }; });
  equal(west.syncs().waiting, 0, 'waiting');
  equal(west.must(['list', 'resident']).map((r) => r.id), [li]);
  equal(west.must(['list', 'visit']).map((r) => r.id), [visit]);
  equal([west.syncs().pulled, west.syncs().pushed], [0, 0], 'nothing more comes of it');
}, '别的系统划归本机构的居民: 不论住哪里都取来');
