// What the tests of this folder lean on: a journal that breaks a rule is seen, and one that does not is let through; a server
// that is killed has what it answered, and nothing after it was set up anew.  Prints TAP.
import path from 'node:path';
import { County, equal, invariants, runSteps, scratch } from './lib.mjs';

const steps = [];
const step = (name, run) => steps.push({ name, run });

// ---- what must hold after everything ---------------------------------------------------------------------------------------
const put = (connection, status, fault) => ({ method: 'POST', url: '/', connection, status, fault, entries: [{ url: 'Patient/a', stamp: 's1' }] });
const ask = (connection) => ({ method: 'GET', url: '/Patient', connection, status: 200 });
const JOURNALS = [
  ['once', [put(1, 200)], null],
  ['again without asking', [put(1, undefined), put(2, 200)], /put again without asking: 1 POST .* no answer .*; 2 POST .* 200/],
  ['again by the same connection', [put(1, undefined), put(1, 200)], /put again without asking/],
  ['again when it was asked for', [put(1, undefined), ask(2), put(2, 200)], null],
  ['again when it was refused whole', [put(1, 412), put(1, 200)], null],
  ['again when the refusal was lost', [put(1, 422, 'cut-half'), put(2, 200)], /put again without asking/],
  ['written twice', [put(1, 200), ask(2), put(2, 200)], /written twice/],
  ['a login page took nothing', [put(1, 200, 'captive'), ask(1), put(1, 200)], null],
  ['the first comes late, after the second', [ask(2), put(2, 200), put(1, 412)], null],
  ['the first comes late, before the second', [ask(2), put(1, undefined), put(2, 200)], null],
  ['what came late is written twice', [ask(2), put(2, 200), put(1, 200)], /written twice/],
  ['again without asking, after one that came late', [ask(2), put(2, undefined), put(1, 412), put(2, 200)], /put again without asking/],
];
const judged = (lines) => invariants({ journal: async () => lines.map((l, i) => ({ n: i + 1, ...l })) }).then(() => 'let through', (e) => e.message);
for (const [name, lines, want] of JOURNALS)
  step(`a stamp: ${name}`, async () => {
    const said = await judged(lines);
    if (want ? !want.test(said) : said !== 'let through') throw new Error(said);
  });

// ---- a server that lasts -------------------------------------------------------------------------------------------------------
const patient = (id) => ({ resourceType: 'Patient', id, name: [{ text: '王小明' }] });
async function again(county) {
  county.child.kill('SIGKILL');
  await county.open();
  return (await county.resources()).map((r) => r.id).sort();
}
step('a journal: what was answered is there after a kill, and gone after it was set up anew', async () => {
  const county = await County.start('medplum4', '--journal', path.join(scratch, 'journal'));
  for (const id of ['a', 'b']) equal(await county.order({ put: patient(id) }), { ok: true });
  equal(await again(county), ['a', 'b']);
  await county.reset();
  equal(await county.order({ put: patient('c') }), { ok: true });
  equal(await again(county), ['c']);
  county.stop();
});

await runSteps('doubles', steps);
