// The bad line of tests/links/badlink.c as a child process.
import path from 'node:path';
import { listening } from '../county/lib.mjs';

const PROGRAM = path.join(process.env.BUILD ?? 'build', 'tests', 'links', 'badlink');

export class Badlink {
  // to: a server's address; .url is the same by way of the line.
  static async start(to, line, seed = 1) {
    const { port, pathname } = new URL(to), there = await listening(PROGRAM, ['--to', port, '--line', line, '--seed', String(seed)]);
    return Object.assign(new Badlink(), there, { url: `${there.origin}${pathname}`.replace(/\/$/, '') });
  }
  async become(line) {
    this.child.stdin.write(`line ${line}\n`);
    await this.lines.next();
  }
  // What was held for that (line "held") comes again.
  again() { this.child.stdin.write('again\n'); }
  // name -> number, of all that went over it so far.
  async counts() {
    const counts = {};
    this.child.stdin.write('counts\n');
    for (let l = await this.lines.next(); !l.done && l.value; l = await this.lines.next()) { const [name, n] = l.value.split('\t'); counts[name] = Number(n); }
    return counts;
  }
  stop() { this.child.stdin.end(); }
}
