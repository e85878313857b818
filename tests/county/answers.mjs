// How a server answers where FHIR leaves room, or where servers are known to differ: each question is asked by plain HTTP and
// its answer goes word by word into the table of results.  "must" says what the program cannot do without; any other answer
// is only told.  The program copes with each of the answers (sync/probe asks the same before it trusts a server).
import zlib from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { ok, scenario } from './lib.mjs';

const SCRATCH = { system: 'urn:cunyi:scope', code: 'contract-scratch' };

class Plain {
  constructor(base) { this.base = base; }
  async ask(method, where, body, headers = {}) {
    const packed = headers['content-encoding'] === 'gzip', text = body && JSON.stringify(body);
    const r = await fetch(where.startsWith('http') ? where : `${this.base}${where}`, { method, body: text && (packed ? zlib.gzipSync(text) : text),
      headers: { 'content-type': 'application/fhir+json', 'cache-control': 'no-cache', ...headers } });
    const bytes = await r.text();
    let json;
    try { json = JSON.parse(bytes); } catch { json = undefined; }
    return { status: r.status, headers: r.headers, json, good: r.status < 300, bytes };
  }
  get(where, headers) { return this.ask('GET', where, undefined, headers); }
  put(r, headers) { return this.ask('PUT', `/${r.resourceType}/${r.id}`, r, headers); }
  bundle(...entry) { return this.ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry }); }
  async count(where) { return (await this.get(where)).json.entry?.length ?? 0; }
}

const person = (family, id = randomUUID(), more = {}) => ({ resourceType: 'Patient', id, meta: { tag: [SCRATCH] }, name: [{ family }],
  identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }], ...more });
const entry = (resource, request = {}) => ({ fullUrl: `urn:uuid:${resource.id}`, resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...request } });
const later = (p, family) => ({ ...structuredClone(p), name: [{ family }] });
const refused = (r) => (r.good ? 'taken' : `refused, ${r.status}`);
const yes = (b) => (b ? 'yes' : 'no');

// [pitfall, question, in Chinese, what the program must have (undefined: any answer), how]
const questions = [
  ['', 'FHIR version', 'FHIR版本', /^4\.0\./, async (f) => (await f.get('/metadata')).json.fhirVersion],
  ['', 'PUT of a new id of ours makes the record', '用我们的编号PUT新建', undefined, async (f) => refused(await f.put(person('Create')))],
  ['', 'one good and one stale entry in a transaction: what is written', '事务里一好一旧: 写下什么', /^nothing/, async (f) => {
    const old = person('Old'), fresh = person('Fresh');
    await f.put(old);
    await f.put(later(old, 'Newer'));
    const r = await f.bundle(entry(fresh), entry(later(old, 'Stale'), { ifMatch: 'W/"1"' }));
    const made = (await f.get(`/Patient/${fresh.id}`)).good, kept = (await f.get(`/Patient/${old.id}`)).json.name[0].family === 'Newer';
    return `${!made && kept ? 'nothing' : 'a part'}, ${r.status}`;
  }],
  ['P25', 'PUT with an If-Match that is stale', 'If-Match过期的PUT', /^refused/, async (f) => {
    const p = person('Match');
    await f.put(p);
    await f.put(later(p, 'Second'));
    return refused(await f.put(later(p, 'Third'), { 'if-match': 'W/"1"' }));
  }],
  ['', 'PUT with If-None-Match: * of a record that is there, in a transaction', '事务里对已有记录PUT If-None-Match: *', undefined, async (f) => {
    const p = person('None');
    await f.put(p);
    await f.bundle(entry(later(p, 'Other'), { ifNoneMatch: '*' }));
    return (await f.get(`/Patient/${p.id}`)).json.name[0].family === 'None' ? 'honoured' : 'ignored';
  }],
  ['P30', 'the same content PUT again', '内容不变再PUT一次', undefined, async (f) => {
    const p = person('Same');
    await f.put(p);
    await f.put(p);
    return (await f.get(`/Patient/${p.id}`)).json.meta.versionId === '1' ? 'no new version' : 'a new version';
  }],
  ['P27', 'a reference to what is not there', '引用不存在的记录', undefined, async (f) => refused(await f.put({ resourceType: 'Observation', id: randomUUID(), status: 'final',
    code: { text: 'x' }, subject: { reference: `Patient/${randomUUID()}` } }))],
  ['P28', 'one record twice in a transaction', '事务里同一记录两次', undefined, async (f) => {
    const p = person('Twice');
    return refused(await f.bundle(entry(p), entry(later(p, 'Again'))));
  }],
  ['P29', 'another id in the body than in the address, in a transaction', '事务里正文编号与地址不同', undefined, async (f) => {
    const p = person('Two ids'), id = randomUUID();
    const r = await f.bundle(entry(p, { url: `Patient/${id}` }));
    return r.good ? `taken as that of the ${(await f.get(`/Patient/${id}`)).good ? 'address' : 'body'}` : refused(r);
  }],
  ['P29', 'an id of digits only', '纯数字编号', undefined, async (f) => refused(await f.put(person('Digits', String(Date.now()))))],
  ['P24', 'ifNoneExist: the same record posted twice', 'ifNoneExist: 同一记录发两次', undefined, async (f) => {
    const { id, ...p } = person('Exist'), once = () => f.bundle({ resource: p, request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${encodeURIComponent(`urn:ietf:rfc:3986|urn:uuid:${id}`)}` } });
    const all = [await once(), await once()].map((r) => r.status).join(', ');
    return `${await f.count(`/Patient?identifier=${encodeURIComponent(`urn:ietf:rfc:3986|urn:uuid:${id}`)}`)} record(s); ${all}`;
  }],
  ['P24', 'ifNoneExist: four at the same time', 'ifNoneExist: 同时四次', undefined, async (f) => {
    const { id, ...p } = person('Race'), once = () => f.bundle({ resource: p, request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${encodeURIComponent(`urn:ietf:rfc:3986|urn:uuid:${id}`)}` } });
    await Promise.all([once(), once(), once(), once()]);
    return `${await f.count(`/Patient?identifier=${encodeURIComponent(`urn:ietf:rfc:3986|urn:uuid:${id}`)}`)} record(s)`;
  }],
  ['', '_lastUpdated=ge with _sort=_lastUpdated: all since, in order', '_lastUpdated=ge 加 _sort: 此后全部且有序', /^yes/, async (f) => {
    const ps = [person('A'), person('B'), person('C')];
    for (const p of ps) await f.put(p);
    const from = (await f.get(`/Patient/${ps[0].id}`)).json.meta.lastUpdated;
    const got = (await f.get(`/Patient?_lastUpdated=ge${encodeURIComponent(from)}&_sort=_lastUpdated&_count=50`)).json.entry.map((e) => e.resource.id);
    return yes(JSON.stringify(got) === JSON.stringify(ps.map((p) => p.id)));
  }],
  ['P31', 'a window of _lastUpdated=ge and lt takes the last millisecond', '_lastUpdated=ge与lt之间含最后一毫秒', undefined, async (f) => {
    const p = person('Window');
    await f.put(p);
    const at = new Date((await f.get(`/Patient/${p.id}`)).json.meta.lastUpdated), end = new Date(at.getTime() + 1);
    return yes(await f.count(`/Patient?_lastUpdated=ge${at.toISOString()}&_lastUpdated=lt${end.toISOString()}`) >= 1);
  }],
  ['', '_id=a,b', '_id=a,b', /^yes/, async (f) => {
    const a = person('One'), b = person('Two');
    await f.bundle(entry(a), entry(b));
    return yes(await f.count(`/Patient?_id=${a.id},${b.id}`) === 2);
  }],
  ['', '_tag=system|code', '_tag=system|code', undefined, async (f) => {
    const p = person('Tag', randomUUID(), { meta: { tag: [{ ...SCRATCH, code: 'contract-tag' }] } });
    await f.put(p);
    return yes(await f.count(`/Patient?_tag=${encodeURIComponent('urn:cunyi:scope|contract-tag')}`) === 1);
  }],
  ['', 'a tag that a PUT leaves out', 'PUT时省略的标签', undefined, async (f) => {
    const p = person('Tags');
    await f.put(p);
    await f.put({ ...later(p, 'Bare'), meta: {} });
    return (await f.get(`/Patient/${p.id}`)).json.meta.tag?.length ? 'stays' : 'goes';
  }],
  ['', '_elements=meta,extension leaves the rest out', '_elements=meta,extension 省去其余', undefined, async (f) => {
    const p = person('Elements');
    await f.put(p);
    return yes(!(await f.get(`/Patient?_id=${p.id}&_elements=meta,extension`)).json.entry[0].resource.name);
  }],
  ['', '_summary=count', '_summary=count', undefined, async (f) => {
    await f.put(person('Count'));
    const r = (await f.get('/Patient?_summary=count')).json;
    return yes(r.total >= 1 && !r.entry?.length);
  }],
  ['', 'longest page given when 500 are asked', '要500条时一页最多', undefined, async (f) => {
    for (let i = 0; i < 11; i++) await f.bundle(...[...Array(50)].map((_, k) => entry(person(`P${i}-${k}`))));
    return String(await f.count('/Patient?_count=500'));
  }],
  ['P23', 'the next link leads on, on the address that was asked', '下一页链接可用, 且在同一地址', /^yes/, async (f) => {
    await f.bundle(...[...Array(12)].map((_, k) => entry(person(`N${k}`))));
    const first = (await f.get('/Patient?_count=5&_sort=_lastUpdated')).json, next = first.link.find((l) => l.relation === 'next').url;
    return yes(next.startsWith(f.base) && await f.count(next) === 5);
  }],
  ['P23', 'a page that the server no longer knows', '服务器已忘记的页', undefined, async (f) => {
    await f.bundle(...[...Array(12)].map((_, k) => entry(person(`G${k}`))));
    const next = (await f.get('/Patient?_count=5')).json.link.find((l) => l.relation === 'next').url;
    const r = await f.get(next.replace(/(_getpages=)[^&]*/, `$1${randomUUID()}`));
    return /_getpages/.test(next) ? String(r.status) : 'pages are not remembered: the link tells all';
  }],
  ['P21', 'a search repeated after a write, without Cache-Control', '写入后重复查询(不带Cache-Control)', undefined, async (f) => {
    const count = async () => (await f.get('/Patient?family=Cached&_count=50', { 'cache-control': '' })).json.entry?.length ?? 0;
    await f.put(person('Cached'));
    await count();
    await f.put(person('Cached'));
    return await count() === 2 ? 'shows the new' : 'shows the old';
  }],
  ['P22', 'history of a record: newest first, the same every time', '记录的历史: 新的在前, 每次相同', undefined, async (f) => {
    const p = person('H1');
    for (const name of ['H1', 'H2', 'H3']) await f.put(later(p, name));
    const read = async () => (await f.get(`/Patient/${p.id}/_history`)).json.entry.map((e) => e.resource.name[0].family).join(' ');
    const [a, b] = [await read(), await read()];
    return a === b && a === 'H3 H2 H1' ? 'yes' : `no: ${a}; then ${b}`;
  }],
  ['', 'history of a type since an instant', '某类型自某时的历史', undefined, async (f) => {
    const p = person('Since');
    await f.put(p);
    const r = await f.get(`/Patient/_history?_since=${new Date(Date.now() - 60000).toISOString()}`);
    return r.good && r.json.entry?.some((e) => e.resource?.id === p.id) ? 'yes' : `no, ${r.status}`;
  }],
  ['', 'reading what was deleted', '读已删除的记录', undefined, async (f) => {
    const p = person('Gone');
    await f.put(p);
    await f.ask('DELETE', `/Patient/${p.id}`);
    return String((await f.get(`/Patient/${p.id}`)).status);
  }],
  ['', 'a packed request (gzip)', 'gzip压缩的请求', undefined, async (f) => refused(await f.put(person('Packed'), { 'content-encoding': 'gzip' }))],
  ['', 'a packed answer (gzip)', 'gzip压缩的回答', undefined, async (f) => yes((await f.get('/metadata', { 'accept-encoding': 'gzip' })).headers.get('content-encoding') === 'gzip')],
  ['', 'Prefer: return=minimal leaves the records out of the answer', 'Prefer: return=minimal 省去正文', undefined, async (f) => {
    const r = await f.ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [entry(person('Short'))] }, { prefer: 'return=minimal' });
    return yes(!r.json.entry[0].resource);
  }],
  ['P26', 'each entry of the answer tells its version', '回答中每条都带版本', /^yes/, async (f) => {
    const r = await f.bundle(entry(person('Version')), entry(person('Version too')));
    return yes(r.json.entry.every((e) => /\d/.test(e.response.etag ?? '') || /_history\/\d/.test(e.response.location ?? '')));
  }],
  ['P32', 'most entries of one transaction, tried up to 200', '一次事务最多条数(试到200)', undefined, async (f) => {
    for (const n of [200, 100, 51, 50]) if ((await f.bundle(...[...Array(n)].map((_, k) => entry(person(`M${k}`))))).good) return n === 200 ? '200 or more' : String(n);
    return 'under 50';
  }],
  ['', 'a decimal 7.00', '小数7.00', undefined, async (f) => {
    const p = person('Decimal'), id = randomUUID();
    await f.put(p);
    const r = await fetch(`${f.base}/Observation/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: `{"resourceType":"Observation","id":"${id}","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/${p.id}"},"valueQuantity":{"value":7.00}}` });
    ok(r.ok, `${r.status}`);
    return `comes back as ${/"value":\s*([\d.]+)/.exec((await f.get(`/Observation/${id}`)).bytes)[1]}`;
  }],
  ['', 'an extension that the server does not know', '服务器不认识的扩展', /^stays/, async (f) => {
    const p = person('Extended', randomUUID(), { extension: [{ url: 'urn:cunyi:sync-stamp', valueString: 'x-1' }] });
    await f.put(p);
    return (await f.get(`/Patient/${p.id}`)).json.extension?.[0].valueString === 'x-1' ? 'stays' : 'goes';
  }],
  ['P36', 'tells its clock (Date)', '报告自己的时钟(Date)', /^yes/, async (f) => yes(Math.abs(new Date((await f.get('/metadata')).headers.get('date')) - Date.now()) < 300000)],
  ['P10', 'PATCH with an If-Match that is stale', 'If-Match过期的PATCH', undefined, async (f) => {
    const p = person('Patch', randomUUID(), { gender: 'female' });
    await f.put(p);
    await f.put({ ...later(p, 'Patched'), gender: 'female' });
    return refused(await f.ask('PATCH', `/Patient/${p.id}`, [{ op: 'replace', path: '/gender', value: 'male' }], { 'content-type': 'application/json-patch+json', 'if-match': 'W/"1"' }));
  }],
  ['P35', 'export of all data ($export)', '批量导出($export)', undefined, async (f) => {
    const r = await f.get('/$export', { prefer: 'respond-async' });
    return r.status === 202 ? 'offered' : `no, ${r.status}`;
  }],
  ['', 'SMART configuration', 'SMART配置', undefined, async (f) => ((await f.get('/.well-known/smart-configuration')).good ? 'offered' : 'none: before it stands something that knows the devices')],
];

for (const [pitfall, question, zh, must, ask] of questions)
  scenario(`answers: ${question}${pitfall && ` (${pitfall})`}`, async (county) => {
    const said = await ask(new Plain(county.url));
    ok(typeof said === 'string' && said, `no answer: ${said}`);
    if (must) ok(must.test(said), `${said}: the program cannot work with this`);
    return said;
  }, zh);
