// A FHIR R4 server on loopback that this project did not write (@medplum/fhir-router) behind an HTTP front that this project did:
//   node server.mjs [--port N]          prints "listening on 127.0.0.1:PORT"; ends on SIGTERM, SIGINT or when its standard input closes
// Every resource received is judged by validate.mjs; what is not valid is refused with 422 and an OperationOutcome, whole.
//
// The program under test sends no test headers, so a test arms faults through a door beside the FHIR one:
//   POST /_control {"arm":[FAULT ...]}  {"disarm":true}  {"set":{...}}  {"edit":{"type","id","set":{...}}}  {"put":RESOURCE}  {"reset":true}
//   GET  /_control/journal              every request so far: method, url, bytes, status, fault, entries with their stamps
//   GET  /_control/resources            what is stored now           GET /_control/versions/TYPE/ID   all its versions
// FAULT = {"kind": drop-response | cut-half | half-body | status | captive | html | redirect | edit | late | refuse,
//          "on": regular expression on "METHOD url" (default: POST to the base), "skip": n, "times": n (default 1),
//          "status": n, "edit": {...} (for edit: done just before the request runs), "ms": n, "resource": "Type/id" (only if the request holds it)}
// "refuse" answers "status" (default 422) for as long as a request holds "resource": one poisoned record in an otherwise good queue.
// set: conflict (412 or 409), integrity (true), page (50), maxBytes, token, minimal (true: honour Prefer), late (ms)
import http from 'node:http';
import zlib from 'node:zlib';
import { FhirRouter } from '@medplum/fhir-router';
import { getStatus } from '@medplum/core';
import { issuesOf } from './validate.mjs';
import { Store } from './store.mjs';

const argument = (name, d) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : d);
const start = () => ({ store: new Store(), faults: [], journal: [], set: { conflict: 412, integrity: true, page: 50, maxBytes: 8 << 20, token: '', minimal: true, late: 0 } });
let state = start(), base = '';
const router = new FhirRouter();
const outcome = (code, text) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, ...(text && { details: { text } }) }] });
const STAMP = /sync-stamp$/;
const stampOf = (r) => r?.extension?.find((e) => STAMP.test(e.url))?.valueString;

function capability() {
  return { resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', date: '2026-01-01', fhirVersion: '4.0.1', format: ['json'],
    software: { name: 'medplum fhir-router on loopback' },
    rest: [{ mode: 'server', interaction: [{ code: 'transaction' }, { code: 'batch' }],
      resource: ['Patient', 'Encounter', 'Observation', 'ServiceRequest', 'Task'].map((type) => ({ type, versioning: 'versioned-update',
        readHistory: true, updateCreate: true, interaction: ['read', 'vread', 'update', 'search-type', 'history-instance'].map((code) => ({ code })) })) }] };
}

// ---- what a request holds, and whether it is valid ---------------------------------------------------------------
function entriesOf(method, path, body) {
  if (body?.resourceType === 'Bundle') return (body.entry ?? []).map((e) => ({ ...e.request, resource: e.resource }));
  return body?.resourceType ? [{ method, url: path, resource: body }] : [];
}

function invalid(entries) {
  const arriving = new Set(entries.map((e) => `${e.resource?.resourceType}/${e.resource?.id}`)), issues = [];
  const exists = (ref) => !state.set.integrity || arriving.has(ref) || state.store.exists(ref);
  entries.forEach((e, i) => {
    for (const x of e.resource ? issuesOf(e.resource, exists) : []) issues.push({ ...x, expression: x.expression?.map((p) => `Bundle.entry[${i}].resource.${p}`) });
    if (e.resource && e.method === 'PUT' && e.url !== `${e.resource.resourceType}/${e.resource.id}`) issues.push({ severity: 'error', code: 'invalid', details: { text: `${e.url} holds another id` } });
  });
  return issues.length ? { resourceType: 'OperationOutcome', issue: issues } : null;
}

// ---- editing beside the client, as a colleague at the county does --------------------------------------------------
async function edit({ type, id, set, remove }) {
  const target = id ? await state.store.readResource(type, id) : [...state.store.current()].find((r) => r.resourceType === type);
  const next = { ...structuredClone(target), ...set };
  for (const key of remove ?? []) delete next[key];
  next.extension = next.extension?.filter((e) => !STAMP.test(e.url));       // another program does not know our stamp's meaning ...
  if (!next.extension?.length) delete next.extension;                       // ... and may drop it
  return state.store.updateResource(next);
}

function fault(kinds, method, url, entries) {
  const text = `${method} ${url}`;
  for (const f of state.faults) {
    if (!kinds.includes(f.kind) || f.times <= 0 || !new RegExp(f.on ?? '^POST /fhir/R4/?$').test(text)) continue;
    if (f.resource && !entries.some((e) => `${e.resource?.resourceType}/${e.resource?.id}` === f.resource)) continue;
    if (f.skip-- > 0) continue;
    f.times -= f.kind === 'refuse' ? 0 : 1;
    return f;
  }
  return null;
}

// ---- FHIR ----------------------------------------------------------------------------------------------------------
function page(url, bundle, offset, count) {
  const link = [{ relation: 'self', url: url.href }];
  if (offset + count < (bundle.total ?? 0)) {
    const next = new URL(url);
    next.searchParams.set('_offset', offset + count);
    link.push({ relation: 'next', url: next.href });
  }
  return { ...bundle, link };
}

async function search(url, path, headers) {
  const q = url.searchParams, offset = Number(q.get('_offset') ?? 0), count = Math.min(Number(q.get('_count') ?? state.set.page), state.set.page);
  const ask = new URLSearchParams(q);
  ask.set('_count', count); ask.set('_offset', offset);
  ask.set('_total', 'accurate');
  const [result, bundle] = await router.handleRequest({ method: 'GET', url: `${path}?${ask}`, pathname: '', params: {}, query: {}, headers }, state.store);
  if (bundle?.resourceType !== 'Bundle') return [getStatus(result), result];
  if (q.get('_summary') === 'count') return [200, { resourceType: 'Bundle', type: 'searchset', total: bundle.total }];   // the library sends the page along
  return [200, page(url, bundle, offset, count)];
}

function answered(bundle, minimal) {
  for (const e of bundle.entry ?? []) {
    const m = e.resource?.meta;
    if (m) Object.assign(e.response, { etag: `W/"${m.versionId}"`, lastModified: m.lastUpdated, location: `${e.resource.resourceType}/${e.resource.id}/_history/${m.versionId}` });
    if (minimal) { delete e.resource; delete e.response.outcome; }
  }
  return bundle;
}

async function fhir(method, url, headers, body, entries) {
  const path = decodeURIComponent(url.pathname.replace(/^\/fhir\/R4\/?/, ''));
  if (path === 'metadata') return [200, capability()];
  if (state.set.token && headers.authorization !== `Bearer ${state.set.token}`) return [401, outcome('login')];
  const bad = invalid(entries);
  if (bad) return [422, bad];
  const history = method === 'GET' && /^([A-Z]\w+)\/([^/]+)\/_history$/.exec(path);
  if (history) return [200, { resourceType: 'Bundle', type: 'history', entry: state.store.history(history[1], history[2]) }];
  if (method === 'GET' && /^[A-Z]\w+$/.test(path)) return search(url, path, headers);
  const [result, resource] = await router.handleRequest({ method, url: path + url.search, pathname: '', params: {}, query: {}, headers, body, config: { transactions: true } }, state.store);
  const status = getStatus(result);
  if (resource?.type === 'transaction-response') answered(resource, state.set.minimal && headers.prefer === 'return=minimal');
  return [status === 412 ? state.set.conflict : status, resource ?? result];
}

// ---- HTTP ----------------------------------------------------------------------------------------------------------
function send(req, res, status, out, cut) {
  let bytes = Buffer.from(JSON.stringify(out));
  const headers = { 'content-type': 'application/fhir+json; charset=utf-8' }, m = out?.meta;
  if (m?.versionId) Object.assign(headers, { etag: `W/"${m.versionId}"`, 'last-modified': new Date(m.lastUpdated).toUTCString() });
  if (cut === 'half-body') bytes = bytes.subarray(0, bytes.length >> 1);   // a whole HTTP answer with half a JSON text in it
  if (/\bgzip\b/.test(req.headers['accept-encoding'] ?? '') && bytes.length > 200) { bytes = zlib.gzipSync(bytes); headers['content-encoding'] = 'gzip'; }
  res.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (cut === 'cut-half') res.write(bytes.subarray(0, bytes.length >> 1), () => res.destroy());
  else res.end(bytes);
  return bytes.length;
}

function early(f, res) {
  if (f.kind === 'status') res.writeHead(f.status, { 'content-type': 'application/fhir+json', ...(f.retryAfter && { 'retry-after': String(f.retryAfter) }) }).end(f.body ?? JSON.stringify(outcome('transient', f.text)));
  if (f.kind === 'captive' || f.kind === 'html') res.writeHead(f.status ?? 200, { 'content-type': 'text/html' }).end('<html><body>Please log in to the hotspot</body></html>');
  if (f.kind === 'redirect') res.writeHead(302, { location: f.to ?? 'http://127.0.0.1:9/login' }).end();
}

async function handle(req, res, raw) {
  const url = new URL(req.url, base), line = { n: state.journal.length + 1, method: req.method, url: req.url, bytes: raw.length, gzip: req.headers['content-encoding'] === 'gzip' };
  state.journal.push(line);
  let body, status, out;
  try {
    const text = line.gzip ? zlib.gunzipSync(raw) : raw;
    line.plainBytes = text.length;
    body = text.length ? JSON.parse(text) : undefined;
    if (text.length > state.set.maxBytes) [status, out] = [413, outcome('too-long')];
  } catch (e) { [status, out] = [400, outcome('structure', String(e))]; }
  const entries = entriesOf(req.method, url.pathname.replace(/^\/fhir\/R4\/?/, ''), body);
  line.entries = entries.map((e) => ({ method: e.method, url: e.url, ifMatch: e.ifMatch, ifNoneMatch: e.ifNoneMatch, stamp: stampOf(e.resource) }));
  const gate = fault(['status', 'captive', 'html', 'redirect', 'refuse'], req.method, req.url, entries);
  if (gate && gate.kind !== 'refuse') { line.fault = gate.kind; line.status = gate.status ?? (gate.kind === 'redirect' ? 302 : 200); return early(gate, res); }
  const change = fault(['edit'], req.method, req.url, entries);
  if (change) { line.fault = 'edit'; await edit(change.edit); }
  const late = fault(['late'], req.method, req.url, entries);
  state.store.late = late?.ms ?? state.set.late;
  if (gate) { line.fault = gate.kind; [status, out] = [gate.status ?? 422, { ...outcome('processing', gate.text ?? 'this record is not accepted here') }]; }
  if (!status) {
    try { [status, out] = await fhir(req.method, url, req.headers, body, entries); } catch (e) { [status, out] = [e.outcome ? getStatus(e.outcome) : 500, e.outcome ?? outcome('exception', String(e))]; }
  }
  state.store.late = 0;
  line.status = status;
  const cut = fault(['drop-response', 'cut-half', 'half-body'], req.method, req.url, entries);
  if (cut) line.fault = cut.kind;
  if (cut?.kind === 'drop-response') return res.destroy();
  line.bytesOut = send(req, res, status, out, cut?.kind);
}

async function control(req, res, raw) {
  const path = new URL(req.url, base).pathname, say = (x) => res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(x));
  if (req.method === 'GET' && path === '/_control/journal') return say(state.journal);
  if (req.method === 'GET' && path === '/_control/resources') return say([...state.store.current()]);
  const one = /^\/_control\/versions\/(\w+)\/([^/]+)$/.exec(path);
  if (one) return say(state.store.versions(one[1], one[2]));
  const order = JSON.parse(raw);
  if (order.reset) state = start();
  if (order.disarm) state.faults = [];
  for (const f of order.arm ?? []) state.faults.push({ skip: 0, times: 1, ...f });
  Object.assign(state.set, order.set);
  if (order.put) { const bad = invalid([{ method: 'PUT', url: `${order.put.resourceType}/${order.put.id}`, resource: order.put }]); if (bad) return say({ error: bad }); await state.store.updateResource(order.put); }
  say(order.edit ? await edit(order.edit) : { ok: true });
}

let tail = Promise.resolve();                                               // one request at a time: serialisable
const server = http.createServer((req, res) => {
  const parts = [];
  req.on('data', (d) => parts.push(d)).on('error', () => res.destroy()).on('end', () => {
    const raw = Buffer.concat(parts), work = req.url.startsWith('/_control') ? control : handle;
    tail = tail.then(() => work(req, res, raw)).catch((e) => { console.error(e); res.destroy(); });
  });
});
server.listen(Number(argument('--port', 0)), '127.0.0.1', () => {
  base = `http://127.0.0.1:${server.address().port}/fhir/R4`;
  console.log(`listening on 127.0.0.1:${server.address().port}`);
});
const stop = () => { server.close(); server.closeAllConnections(); process.stdin.destroy(); };
for (const s of ['SIGTERM', 'SIGINT']) process.on(s, stop);
if (process.argv.includes('--with-stdin')) process.stdin.on('end', stop).resume();   // whoever started us is gone
