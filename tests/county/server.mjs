// A FHIR R4 server on loopback that this project did not write (@medplum/fhir-router) behind an HTTP front that this project did:
//   [MEDPLUM=medplum5] node server.mjs [--port N] [--journal FILE]      prints "listening on 127.0.0.1:PORT"
// Every resource received is judged by validate.mjs; what is not valid is refused with 422 and an OperationOutcome, whole.
// With a journal it may be killed at any moment and started again: what it answered is there.
// front.mjs tells how faults are armed.  Beside what it says:
//   POST /_control {"put":RESOURCE}
//   GET  /_control/resources            what is stored now           GET /_control/versions/TYPE/ID   all its versions
// set: conflict (412 or 409), integrity (true), page (50), maxBytes, token, minimal (true: honour Prefer), late (ms)
import { answerOf, argument, entriesOf, Front, outcome } from './front.mjs';
import { core, router as medplum } from './medplum.mjs';
import { issuesOf } from './validate.mjs';
import { Store } from './store.mjs';

const { getStatus } = core;
const start = (flags) => ({ store: new Store(argument('--journal'), flags), set: { conflict: 412, integrity: true, page: 50, maxBytes: 8 << 20, token: '', minimal: true, late: 0 } });
let state = start();
const router = new medplum.FhirRouter();

function capability() {
  return { resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', date: '2026-01-01', fhirVersion: '4.0.1', format: ['json'],
    software: { name: 'medplum fhir-router on loopback' },
    rest: [{ mode: 'server', interaction: [{ code: 'transaction' }, { code: 'batch' }],
      resource: ['Patient', 'Encounter', 'Observation', 'ServiceRequest', 'Task'].map((type) => ({ type, versioning: 'versioned-update',
        readHistory: true, updateCreate: true, interaction: ['read', 'vread', 'update', 'search-type', 'history-instance'].map((code) => ({ code })) })) }] };
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
  if (history) return [200, { resourceType: 'Bundle', type: 'history', entry: state.store.historyOf(history[1], history[2]) }];
  if (method === 'GET' && /^[A-Z]\w+$/.test(path)) return search(url, path, headers);
  const [result, resource] = await router.handleRequest({ method, url: path + url.search, pathname: '', params: {}, query: {}, headers, body, config: { transactions: true } }, state.store);
  const status = getStatus(result);
  if (resource?.type === 'transaction-response') answered(resource, state.set.minimal && headers.prefer === 'return=minimal');
  return [status === 412 ? state.set.conflict : status, resource ?? result];
}

// ---- behind the front ------------------------------------------------------------------------------------------------
async function put(resource) {
  const bad = invalid(entriesOf('PUT', `${resource.resourceType}/${resource.id}`, resource));
  if (bad) return { error: bad };
  await state.store.updateResource(resource);
}

new Front({
  path: '/fhir/R4',
  async fhir({ method, url, headers, text, body, entries, late }) {
    let status, out;
    state.store.late = late ?? state.set.late;
    try {
      [status, out] = text.length > state.set.maxBytes ? [413, outcome('too-long')] : await fhir(method, url, headers, body, entries);
    } catch (e) { [status, out] = [e.outcome ? getStatus(e.outcome) : 500, e.outcome ?? outcome('exception', String(e))]; }
    state.store.late = 0;
    const m = out?.meta;
    return answerOf(status, out, headers, m?.versionId && { etag: `W/"${m.versionId}"`, 'last-modified': new Date(m.lastUpdated).toUTCString() });
  },
  async control(method, path, order) {
    if (path === '/resources') return [...state.store.current()];
    const one = /^\/versions\/(\w+)\/([^/]+)$/.exec(path);
    if (one) return state.store.versions(one[1], one[2]);
    if (order.reset) state = start('w+');
    Object.assign(state.set, order.set);
    return order.put && put(order.put);
  },
}).listen(Number(argument('--port', 0)));
