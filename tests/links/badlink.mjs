// The bad line of tests/links/badlink.c as a child process.
import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

const PROGRAM = path.join(process.env.BUILD ?? 'build', 'tests', 'links', 'badlink');
const children = new Set();
process.on('exit', () => { for (const c of children) c.kill('SIGKILL'); });

export class Badlink {
  // to: a server's address; .url is the same by way of the line.
  static async start(to, line, seed = 1) {
    const url = new URL(to), child = spawn(PROGRAM, ['--to', url.port, '--line', line, '--seed', String(seed)], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.add(child);
    child.on('exit', () => children.delete(child));
    const link = Object.assign(new Badlink(), { child, lines: readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]() });
    url.port = (await link.lines.next()).value.replace('listening on 127.0.0.1:', '');
    return Object.assign(link, { url: url.href.replace(/\/$/, '') });
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
