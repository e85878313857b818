// Servers that are killed and come back with all that they answered, and the way of each clinic to them: a bad line
// (tests/links) of its own and a watched wire (front.mjs) of its own.
import { once } from 'node:events';
import path from 'node:path';
import { Badlink } from '../links/badlink.mjs';
import { HapiCounty } from './hapi/server.mjs';
import { County, Door, scratch } from './lib.mjs';

async function killed(child) {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

// ---- servers ------------------------------------------------------------------------------------------------------------
// Medplum's router keeps everything in memory: its store's journal is on the disk before each answer (store.mjs).
class LastingMedplum {
  parts = ['server']; kills = 4;
  static async start(version) {
    const server = new LastingMedplum(), county = await County.start(version, '--journal', path.join(scratch, 'journal'));
    county.more.push('--port', new URL(county.origin).port);
    return Object.assign(server, { county, title: county.title, base: county.url });
  }
  async kill() {
    await killed(this.county.child);
    await this.county.open();
  }
  versions(type, id) { return this.county.versions(type, id).then((list) => list.map((v) => v.resource)); }
  resources() { return this.county.resources(); }
  stop() { this.county.stop(); }
}

class LastingHapi {
  parts = ['database', 'server']; // Java takes half a minute to come back
  kills = 2;
  static async start() {
    const county = await HapiCounty.start(scratch, { unwatched: true, settings: ['fsync=on'] });
    process.on('exit', () => county.stop());
    return Object.assign(new LastingHapi(), { county, title: county.title, base: county.direct });
  }
  async kill(part) {
    await killed(this.county[part]);
    await (part === 'database' ? this.county.base() : this.county.serve());
  }
  async versions(type, id) { return (await this.county.versions(type, id)).reverse(); }
  resources() { return this.county.resources(); }
  stop() { this.county.stop(); }
}

export const lasting = (name) => (name === 'hapi' ? LastingHapi.start() : LastingMedplum.start(name));

// ---- ways there -----------------------------------------------------------------------------------------------------------
// What a clinic sees as its county: .url; .journal() of its own requests.
export class Way extends Door {
  static async start(server, line, seed) {
    const way = await new Way().watch(server.base), link = await Badlink.start(way.url, line, seed);
    return Object.assign(way, { link, url: link.url });
  }
}
