// How large must a county's, a province's server be?  Measures what a clinic's day costs HAPI and PostgreSQL on this machine
// (processor time and bytes: true however busy the machine is) and reckons from that, for as many clinics as asked:
//   make county-size                                   for 600,000 clinics at 60 visits, into packaging/county/README*.md
//   node size.mjs [--clinics N] [--visits N] [--write]
// A day is played for real by the program: residents registered, visits, follow-ups, a round of the exchange each hour.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { HapiCounty } from './hapi/server.mjs';
import { argument, Clinic, scratch } from './lib.mjs';

const here = path.dirname(new URL(import.meta.url).pathname), top = path.join(here, '..', '..');
const number = (name, d) => Number(argument(name, d));
const CLINICS = number('--clinics', 600000), VISITS = number('--visits', 60);
// What is assumed, not measured.  A third of visits are followed up in a roster; two people a day are new.
const DAY = { rounds: 10, followups: Math.round(VISITS / 3), registered: 2 }, HOURS = 10, PEAK = 3, LOAD = 0.6, CORES = 16, DAYS = 300, COPIES = 3;
const SAMPLE = 2; // days played

// ---- measuring -----------------------------------------------------------------------------------------------------
const ticks = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);
function stat(pid) {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8'), f = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  return { parent: f[1], own: (f[11] + f[12]) / ticks, ended: (f[13] + f[14]) / ticks };
}
// Seconds of a process and of all that it started, living or ended.
function seconds(pid) {
  let sum = stat(pid).own + stat(pid).ended;
  for (const p of fs.readdirSync('/proc').filter((d) => /^\d+$/.test(d))) { try { if (stat(p).parent === pid) sum += stat(p).own; } catch { /* it ended meanwhile */ } }
  return sum;
}
function sql(county, text) {
  const r = spawnSync(path.join(county.bin, 'psql'), ['-h', '127.0.0.1', '-p', String(county.port), '-U', 'county', '-d', 'county', '-AtX', '-c', text], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr);
  return r.stdout.trim();
}
function look(county, journal) {
  sql(county, 'VACUUM ANALYZE');
  const [bytes, rows, resources] = sql(county, `SELECT pg_database_size('county'), (SELECT sum(n_live_tup) FROM pg_stat_user_tables), (SELECT count(*) FROM hfj_resource)`).split('|').map(Number);
  const sum = (f) => journal.reduce((n, l) => n + (f(l) ?? 0), 0);
  return { bytes, rows, resources, wal: Number(sql(county, "SELECT pg_current_wal_lsn() - '0/0'")), java: seconds(county.server.pid), postgres: seconds(county.database.pid),
    gets: sum((l) => l.method === 'GET' && 1), posts: sum((l) => l.method === 'POST' && 1), up: sum((l) => l.bytes + 350), down: sum((l) => (l.bytesOut ?? 0) + 350) };
}
const minus = (a, b) => Object.fromEntries(Object.keys(a).map((k) => [k, a[k] - b[k]]));

function playDay(clinic, day, people) {
  const date = `2026-11-${String(2 + day).padStart(2, '0')}`;
  for (let r = 0; r < DAY.rounds; r++) {
    const part = (n) => Math.round((r + 1) * n / DAY.rounds) - Math.round(r * n / DAY.rounds);
    for (let i = part(DAY.registered); i > 0; i--) people.push(clinic.resident(`村民${people.length}`, '1950-03-01'));
    for (let i = part(VISITS); i > 0; i--) clinic.save('visit', { resident: people[(day * 31 + r * 7 + i) % people.length], date, complaint: '头痛', diagnosis: [{ icd10: 'I10.x00x023', text: '高血压病2级' }], confirm: ['date'] });
    for (let i = part(DAY.followups); i > 0; i--) clinic.save('followup', { programme: 'htn', resident: people[(day * 17 + r * 5 + i) % people.length], date, mode: '1', symptoms: ['1'], sbp: 140 + i, dbp: 84, hr: 72, weight: 61.5, confirm: ['sbp', 'dbp', 'date', 'weight', 'hr'] });
    clinic.syncs();
  }
}

async function measure() {
  const county = await HapiCounty.start(scratch, { settings: ['full_page_writes=on'] });
  process.on('exit', () => county.stop());
  await county.reset();
  new Clinic(county, 'warm').demo(250, 5).syncs();          // the machine of Java is slow at first
  const clinic = new Clinic(county, 'day').init(), people = [...Array(60)].map((_, i) => clinic.resident(`老村民${i}`, '1948-02-01'));
  clinic.syncs();
  sql(county, 'CHECKPOINT');
  const before = look(county, await county.journal());
  for (let d = 0; d < SAMPLE; d++) playDay(clinic, d, people);
  const days = minus(look(county, await county.journal()), before), idle0 = look(county, await county.journal());
  for (let r = 0; r < 20; r++) clinic.syncs();
  const idle = minus(look(county, await county.journal()), idle0);
  county.stop();
  return { day: Object.fromEntries(Object.entries(days).map(([k, v]) => [k, v / SAMPLE])), round: Object.fromEntries(Object.entries(idle).map(([k, v]) => [k, v / 20])) };
}

// ---- reckoning -------------------------------------------------------------------------------------------------------
const human = (n, digits = 3) => Number(n.toPrecision(digits)).toLocaleString('en-US', { maximumFractionDigits: 3 });
const bytes = (n) => { const i = Math.min(5, Math.max(0, Math.floor(Math.log10(Math.max(1, n)) / 3))); return `${human(n / 1000 ** i)} ${['B', 'kB', 'MB', 'GB', 'TB', 'PB'][i]}`; };

// [measured or reckoned, what, in Chinese, value]
function rows({ day, round }) {
  const requests = day.gets + day.posts, perS = CLINICS / (HOURS * 3600), peak = perS * PEAK, cores = (s) => s * peak / LOAD;
  const javaNodes = Math.ceil(cores(day.java) / CORES), pgCores = cores(day.postgres), shards = Math.max(1, Math.ceil(pgCores / 64));
  return [
    ['measured', "one clinic's day: resources written", '一个诊所一天: 写入资源', human(day.resources)],
    ['measured', 'requests (of them bundles)', '请求数(其中提交)', `${human(requests)} (${human(day.posts)})`],
    ['measured', 'bytes up, down', '上行、下行', `${bytes(day.up)}, ${bytes(day.down)}`],
    ['measured', "seconds of a core: HAPI, PostgreSQL", '占用一核的秒数: HAPI, PostgreSQL', `${human(day.java)}, ${human(day.postgres)}`],
    ['measured', 'of that, one round with nothing to say; requests / bytes both ways', '其中一次空同步; 请求数 / 双向字节', `${human(round.java)}, ${human(round.postgres)}; ${human(round.gets + round.posts)} / ${bytes(round.up + round.down)}`],
    ['measured', 'rows, bytes in the database, bytes of log', '行数、库内字节、日志字节', `${human(day.rows)}, ${bytes(day.bytes)}, ${bytes(day.wal)}`],
    ['reckoned', `${human(CLINICS)} clinics: visits a day`, `${human(CLINICS)}个诊所: 每天门诊`, human(CLINICS * VISITS, 6)],
    ['reckoned', `requests/s, mean of ${HOURS} h; at the peak (x${PEAK})`, `请求/秒: ${HOURS}小时平均; 高峰(x${PEAK})`, `${human(requests * perS)}; ${human(requests * peak)}`],
    ['reckoned', 'resources/s at the peak', '高峰时资源/秒', human(day.resources * peak)],
    ['reckoned', 'rows/s at the peak', '高峰时行/秒', human(day.rows * peak)],
    ['reckoned', 'bytes a day over the network', '每天网络字节', bytes((day.up + day.down) * CLINICS)],
    ['reckoned', `storage a year (${DAYS} days), once; with ${COPIES} copies`, `每年存储(${DAYS}天): 单份; ${COPIES}份`, `${bytes(day.bytes * CLINICS * DAYS)}; ${bytes(day.bytes * CLINICS * DAYS * COPIES)}`],
    ['reckoned', 'log a day, kept for restoring', '每天的恢复日志', bytes(day.wal * CLINICS)],
    ['reckoned', `nodes of HAPI, ${CORES} cores at ${LOAD * 100} %`, `HAPI节点数(${CORES}核, 负载${LOAD * 100}%)`, human(javaNodes)],
    ['reckoned', 'cores of PostgreSQL at the peak; databases of 64 cores', '高峰时PostgreSQL核数; 64核数据库台数', `${human(pgCores)}; ${human(shards)}`],
  ];
}

const LANGUAGES = [
  { file: 'README.md', head: ['', `what (${VISITS} visits a day, ${DAY.followups} of them followed up, ${DAY.registered} new people, ${DAY.rounds} rounds)`, 'value'], kind: (k) => k, name: (r) => r[1] },
  { file: 'README.zh-CN.md', head: ['', `项目(每天${VISITS}人次, 其中随访${DAY.followups}, 新建档${DAY.registered}, 同步${DAY.rounds}次)`, '数值'], kind: (k) => (k === 'measured' ? '实测' : '推算'), name: (r) => r[2] },
];
const BEGIN = '<!-- written by make county-size; do not edit -->', END = '<!-- end of the sizes -->';
const m = await measure(), all = rows(m);
for (const r of all) console.log(`${r[0]}  ${r[1]}: ${r[3]}`);
for (const l of process.argv.includes('--write') ? LANGUAGES : []) {
  const file = path.join(top, 'packaging', 'county', l.file), text = fs.readFileSync(file, 'utf8'), from = text.indexOf(BEGIN), to = text.indexOf(END);
  if (from < 0 || to < 0) throw new Error(`${file} has no place for the sizes`);
  const row = (c) => `| ${c.join(' | ')} |`;
  fs.writeFileSync(file, `${text.slice(0, from)}${[BEGIN, '', row(l.head), row(['---', '---', '---:']), ...all.map((r) => row([l.kind(r[0]), l.name(r), r[3]])), ''].join('\n')}\n${text.slice(to)}`);
}
process.exit();
