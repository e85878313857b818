// The wire before a FHIR server: every request is written down, and faults can be armed on it.
//   node front.mjs BASE        stands before the server at BASE (http://127.0.0.1:PORT/PATH); prints "listening on 127.0.0.1:PORT"
// server.mjs puts it before Medplum's router in one process.  Ends on SIGTERM, SIGINT or when its standard input closes.
//
// The program under test sends no test headers, so a test arms faults through a door beside the FHIR one:
//   POST /_control {"arm":[FAULT ...]}  {"disarm":true}  {"set":{...}}  {"edit":{"type","id","set":{...}}}  {"reset":true}
//   GET  /_control/journal     every request so far: connection (its number), method, url, bytes, status, fault, entries with their stamps
// Other paths and the switches of "set" are the server's own; see there.
// FAULT = {"kind": drop-response | cut-half | half-body | status | captive | html | redirect | edit | late | refuse,
//          "on": regular expression on "METHOD url" (default: POST to the base), "skip": n, "times": n (default 1),
//          "status": n, "edit": {...} (for edit: done just before the request runs), "ms": n, "resource": "Type/id" (only if the request holds it)}
// "refuse" answers "status" (default 422) for as long as a request holds "resource": one poisoned record in an otherwise good queue.
import http from 'node:http';
import zlib from 'node:zlib';
import { pathToFileURL } from 'node:url';

export const outcome = (code, text) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, ...(text && { details: { text } }) }] });
export const argument = (name, d) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : d);
export const STAMP = /sync-stamp$/;
const stampOf = (r) => r?.extension?.find((e) => STAMP.test(e.url))?.valueString;

// What a request holds.
export function entriesOf(method, path, body) {
  if (body?.resourceType === 'Bundle') return (body.entry ?? []).map((e) => ({ ...e.request, resource: e.resource }));
  return body?.resourceType ? [{ method, url: path, resource: body }] : [];
}

// A whole answer: status, headers and bytes, packed if the other side can unpack.
export function answerOf(status, out, request, headers = {}) {
  let bytes = Buffer.from(JSON.stringify(out));
  headers = { 'content-type': 'application/fhir+json; charset=utf-8', ...headers };
  if (/\bgzip\b/.test(request['accept-encoding'] ?? '') && bytes.length > 200) { bytes = zlib.gzipSync(bytes); headers['content-encoding'] = 'gzip'; }
  return { status, headers, bytes };
}

export class Front {
  // backend: path (of the FHIR base), fhir({method, url, headers, raw, text, body, entries, late}) -> {status, headers, bytes},
  // and where it has them: reset(), set(switches), control(method, path, order).
  constructor(backend) { this.backend = backend; this.tail = Promise.resolve(); this.clear(); }
  clear() { this.faults = []; this.journal = []; }

  fault(kinds, method, url, entries) {
    const text = `${method} ${url}`, base = new RegExp(`^POST ${this.backend.path}/?$`);
    for (const f of this.faults) {
      if (!kinds.includes(f.kind) || f.times <= 0 || !(f.on ? new RegExp(f.on) : base).test(text)) continue;
      if (f.resource && !entries.some((e) => `${e.resource?.resourceType}/${e.resource?.id}` === f.resource)) continue;
      if (f.skip-- > 0) continue;
      f.times -= f.kind === 'refuse' ? 0 : 1;
      return f;
    }
    return null;
  }

  // Beside the client, as a colleague at the county edits: another program does not know our stamp's meaning, and may drop it.
  async edit({ type, id, set, remove }) {
    const ask = async (method, body) => {
      const text = Buffer.from(body ? JSON.stringify(body) : ''), url = new URL(`${this.backend.path}/${type}/${id}`, this.base);
      const headers = { 'content-type': 'application/fhir+json', host: url.host };
      const a = await this.backend.fhir({ method, url, headers, raw: text, text, body, entries: entriesOf(method, `${type}/${id}`, body) });
      if (a.status >= 300) throw new Error(`edit of ${type}/${id}: ${a.status} ${a.bytes}`);
      return JSON.parse(a.bytes);
    };
    const next = { ...await ask('GET'), ...set };
    for (const key of remove ?? []) delete next[key];
    next.extension = next.extension?.filter((e) => !STAMP.test(e.url));
    if (!next.extension?.length) delete next.extension;
    return ask('PUT', next);
  }

  early(f, res) {
    if (f.kind === 'status') res.writeHead(f.status, { 'content-type': 'application/fhir+json', ...(f.retryAfter && { 'retry-after': String(f.retryAfter) }) }).end(f.body ?? JSON.stringify(outcome('transient', f.text)));
    if (f.kind === 'captive' || f.kind === 'html') res.writeHead(f.status ?? 200, { 'content-type': 'text/html' }).end('<html><body>Please log in to the hotspot</body></html>');
    if (f.kind === 'redirect') res.writeHead(302, { location: f.to ?? 'http://127.0.0.1:9/login' }).end();
  }

  send(res, a, cut) {
    let { bytes } = a, headers = { ...a.headers };
    if (cut === 'half-body') {                                  // a whole HTTP answer with half a JSON text in it
      if (headers['content-encoding'] === 'gzip') bytes = zlib.gunzipSync(bytes);
      delete headers['content-encoding'];
      bytes = bytes.subarray(0, bytes.length >> 1);
    }
    res.writeHead(a.status, { ...headers, 'content-length': bytes.length });
    if (cut === 'cut-half') res.write(bytes.subarray(0, bytes.length >> 1), () => res.destroy());
    else res.end(bytes);
    return bytes.length;
  }

  // Who comes by another address, over a line that stands before us, is told what he called us.
  heardAs(req) { return /^127\.0\.0\.1:\d+$/.test(req.headers.host ?? '') ? `http://${req.headers.host}` : this.base; }

  async handle(req, res, raw) {
    const url = new URL(req.url, this.heardAs(req)), line = { n: this.journal.length + 1, connection: req.socket.number, method: req.method, url: req.url, bytes: raw.length, gzip: req.headers['content-encoding'] === 'gzip' };
    this.journal.push(line);
    let text = raw, body, a;
    try {
      if (line.gzip) text = zlib.gunzipSync(raw);
      line.plainBytes = text.length;
      body = text.length && /json/.test(req.headers['content-type'] ?? '') ? JSON.parse(text) : undefined;
    } catch (e) { a = answerOf(400, outcome('structure', String(e)), req.headers); }
    const entries = entriesOf(req.method, url.pathname.slice(this.backend.path.length + 1), body);
    line.entries = entries.map((e) => ({ method: e.method, url: e.url, ifMatch: e.ifMatch, ifNoneMatch: e.ifNoneMatch, stamp: stampOf(e.resource) }));
    const gate = this.fault(['status', 'captive', 'html', 'redirect', 'refuse'], req.method, req.url, entries);
    if (gate && gate.kind !== 'refuse') { line.fault = gate.kind; line.status = gate.status ?? (gate.kind === 'redirect' ? 302 : 200); return this.early(gate, res); }
    const change = this.fault(['edit'], req.method, req.url, entries);
    if (change) { line.fault = 'edit'; await this.edit(change.edit); }
    const late = this.fault(['late'], req.method, req.url, entries);
    if (gate) { line.fault = gate.kind; a = answerOf(gate.status ?? 422, outcome('processing', gate.text ?? 'this record is not accepted here'), req.headers); }
    a ??= await this.backend.fhir({ method: req.method, url, headers: req.headers, raw, text, body, entries, late: late?.ms });
    line.status = a.status;
    const cut = this.fault(['drop-response', 'cut-half', 'half-body'], req.method, req.url, entries);
    if (cut) line.fault = cut.kind;
    if (cut?.kind === 'drop-response') return res.destroy();
    line.bytesOut = this.send(res, a, cut?.kind);
  }

  async control(req, res, raw) {
    const path = new URL(req.url, this.base).pathname.replace('/_control', ''), say = (x) => res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(x ?? { ok: true }));
    if (req.method === 'GET' && path === '/journal') return say(this.journal);
    const order = raw.length ? JSON.parse(raw) : {};
    if (order.reset) this.clear();
    if (order.disarm) this.faults = [];
    for (const f of order.arm ?? []) this.faults.push({ skip: 0, times: 1, ...f });
    return say(order.edit ? await this.edit(order.edit) : await this.backend.control?.(req.method, path, order));
  }

  // One request at a time where the server itself is in this process: serialisable.
  listen(port) {
    const server = http.createServer((req, res) => {
      const parts = [];
      req.on('data', (d) => parts.push(d)).on('error', () => res.destroy()).on('end', () => {
        const run = () => this[req.url.startsWith('/_control') ? 'control' : 'handle'](req, res, Buffer.concat(parts)).catch((e) => { if (!e.syscall && e.code !== 'ECONNRESET') console.error(e); res.destroy(); }); // a server that is away is no news
        this.tail = this.backend.parallel ? run() : this.tail.then(run);
      });
    });
    let connections = 0;
    server.on('connection', (socket) => { socket.number = ++connections; });
    server.keepAliveTimeout = 600000;                           // a test sleeps while the program under test runs
    server.listen(port, '127.0.0.1', () => {
      this.base = `http://127.0.0.1:${server.address().port}`;
      console.log(`listening on 127.0.0.1:${server.address().port}`);
    });
    const stop = () => { server.close(); server.closeAllConnections(); process.stdin.destroy(); };
    for (const s of ['SIGTERM', 'SIGINT']) process.on(s, stop);
    if (process.argv.includes('--with-stdin')) process.stdin.on('end', stop).resume();   // whoever started us is gone
  }
}

// A server in another process: what it says goes through as it is, and it hears the address that the client used.
class Upstream {
  parallel = true;
  constructor(base) { this.at = new URL(base); this.path = this.at.pathname.replace(/\/$/, ''); this.agent = new http.Agent({ keepAlive: true }); }
  fhir({ method, url, headers, raw }) {
    return new Promise((done, fail) => {
      const req = http.request({ agent: this.agent, host: this.at.hostname, port: this.at.port, method, path: url.pathname + url.search,
        headers: { ...headers, 'content-length': raw.length, connection: 'keep-alive' } }, (res) => {
        const parts = [];
        res.on('data', (d) => parts.push(d)).on('error', fail).on('end', () => {
          const { connection, 'transfer-encoding': chunked, 'keep-alive': idle, ...rest } = res.headers;
          done({ status: res.statusCode, headers: rest, bytes: Buffer.concat(parts) });
        });
      });
      req.on('error', fail).end(raw);
    });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) new Front(new Upstream(process.argv[2])).listen(0);
