// The memory repository of @medplum/fhir-router with what a real server has and it lacks: all-or-nothing transactions,
// tombstones, version ids that count, times of its own, and commits that become visible late.
// With a file it outlives its process: what a transaction wrote is there, on the disk, before it is answered.
import fs from 'node:fs';
import { core, router } from './medplum.mjs';

const { OperationOutcomeError, gone } = core;

export class Store extends router.MemoryRepository {
  log = []; byKey = new Map(); lastMs = 0; late = 0; depth = 0;

  constructor(file, flags = 'a+') {
    super();
    if (!file) return;
    this.file = fs.openSync(file, flags);
    const text = fs.readFileSync(file, 'utf8'), whole = text.slice(0, text.lastIndexOf('\n') + 1); // the last line may be torn
    fs.ftruncateSync(this.file, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) for (const v of JSON.parse(line)) this.recall(v);
  }
  recall(v) {
    this.log.push(v);
    this.byKey.set(`${v.type}/${v.id}`, [...this.versions(v.type, v.id), v]);
    this.lastMs = Math.max(this.lastMs, Date.parse(v.at));
    if (!this.resources.has(v.type)) this.resources.set(v.type, new Map());
    if (v.resource) this.resources.get(v.type).set(v.id, structuredClone(v.resource));
    else this.resources.get(v.type).delete(v.id);
  }
  keep(from) {
    if (this.file === undefined || from === this.log.length) return;
    fs.writeSync(this.file, `${JSON.stringify(this.log.slice(from))}\n`);
    fs.fdatasyncSync(this.file);
  }

  versions(type, id) { return this.byKey.get(`${type}/${id}`) ?? []; }
  exists(reference) { return Boolean(this.byKey.get(reference)?.at(-1)?.resource); }
  *current() { for (const list of this.byKey.values()) if (list.at(-1)?.resource) yield list.at(-1).resource; }

  // Times never repeat: with equal ones the order of a page would be the server's whim, and tests need it the same every time.
  stampTime() { this.lastMs = Math.max(this.lastMs + 1, Date.now()); return new Date(this.lastMs - this.late).toISOString(); }

  note(type, id, resource) {
    const list = this.versions(type, id), version = { type, id, vid: String(list.length + 1), at: this.stampTime(), resource: null };
    if (resource) {
      resource.meta = { ...resource.meta, versionId: version.vid, lastUpdated: version.at };
      version.resource = structuredClone(resource);
    }
    this.log.push(version);
    this.byKey.set(`${type}/${id}`, [...list, version]);
    if (!this.depth) this.keep(this.log.length - 1);
  }
  async createResource(resource, ...more) {
    const { id } = await super.createResource(resource, ...more), stored = this.resources.get(resource.resourceType).get(id);
    this.note(resource.resourceType, id, stored);
    return structuredClone(stored);
  }
  async deleteResource(type, id) { await super.deleteResource(type, id); this.note(type, id, null); }
  async readResource(type, id) {
    if (this.versions(type, id).at(-1)?.resource === null) throw new OperationOutcomeError(gone);
    return super.readResource(type, id);
  }
  async readVersion(type, id, vid) {
    const v = this.versions(type, id).find((x) => x.vid === vid);
    if (!v?.resource) throw new OperationOutcomeError(gone);
    return structuredClone(v.resource);
  }
  async withTransaction(work) {
    const before = this.depth ? null : new Map([...this.resources].map(([t, m]) => [t, new Map(m)])), length = this.log.length;
    this.depth++;
    try {
      const done = await work(this);
      if (before) this.keep(length);
      return done;
    } catch (e) {
      if (before) {
        this.resources.clear();
        for (const [t, m] of before) this.resources.set(t, m);
        for (const v of this.log.splice(length)) this.byKey.set(`${v.type}/${v.id}`, this.versions(v.type, v.id).filter((x) => x !== v));
        for (const [k, list] of this.byKey) if (!list.length) this.byKey.delete(k);
      }
      throw e;
    } finally { this.depth--; }
  }
  historyOf(type, id) { // the library keeps a map called history
    return this.versions(type, id).slice().reverse().map((v) => ({ fullUrl: `${v.type}/${v.id}`, ...(v.resource && { resource: v.resource }),
      request: { method: v.resource ? 'PUT' : 'DELETE', url: `${v.type}/${v.id}` },
      response: { status: v.resource ? '200' : '204', etag: `W/"${v.vid}"`, lastModified: v.at } }));
  }
}
