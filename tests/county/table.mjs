// The table "what works with which server" of packaging/county, in both languages, from the results that the last run of the
// scenarios left in build/county:
//   node table.mjs           writes it        node table.mjs --check     says whether it stands there already
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname), top = path.join(here, '..', '..');
const build = path.resolve(top, process.env.BUILD ?? 'build'), ORDER = ['medplum4', 'medplum5', 'hapi', 'hub'];
const BEGIN = '<!-- written by make county-table; do not edit -->', END = '<!-- end of the table -->';

// The servers' answers in Chinese, by their words.
const WORDS = [['refused', '拒绝'], ['taken as that of the address', '按地址收下'], ['taken as that of the body', '按正文收下'], ['taken', '收下'], ['nothing', '什么也没写'],
  ['a part', '写了一部分'], ['honoured', '遵守'], ['ignored', '不理会'], ['no new version', '不产生新版本'], ['a new version', '产生新版本'], ['record(s)', '条'],
  ['yes', '是'], ['offered', '有'], ['stays', '保留'], ['goes', '丢掉'], ['shows the new', '看到新的'], ['shows the old', '看到旧的'], ['or more', '以上'], ['comes back as', '回来是'],
  ['pages are not remembered: the link tells all', '不记页: 链接自带条件'], ['none: before it stands something that knows the devices', '没有: 由前面的网关认设备'], ['no', '否'], ['then', '然后'], ['under', '不到']];
const escape = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const inChinese = (said) => WORDS.reduce((s, [en, zh]) => s.replace(new RegExp(`(?<![\\w])${escape(en)}(?![\\w])`, 'g'), zh), said);

const LANGUAGES = [
  { file: 'README.md', head: 'scenario', name: (r) => r.name.replace(/^answers: /, ''), yes: 'yes', no: '**no**', said: (s) => s, answers: 'how it answers where servers differ', more: 'failing wires, refusals, edits under way' },
  { file: 'README.zh-CN.md', head: '场景', name: (r) => r.zh, yes: '是', no: '**否**', said: inChinese, answers: '各服务器不同之处的回答', more: '线路出错、拒收、同时修改' },
];

const servers = ORDER.map((key) => path.join(build, 'county', `${key}.json`)).filter((f) => fs.existsSync(f)).map((f) => JSON.parse(fs.readFileSync(f)));
if (!servers.length) { console.error('nothing was run yet: make test-county'); process.exit(1); }

function table(l) {
  const row = (cells) => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`, of = (s, name) => s.results.find((r) => r.name === name);
  const told = [...new Map(servers.flatMap((s) => s.results).filter((r) => r.zh).map((r) => [r.name, r])).values()];
  const word = (r) => (!r ? '-' : !r.ok ? l.no : r.said ? l.said(r.said) : l.yes);
  const line = (r) => row([l.name(r), ...servers.map((s) => word(of(s, r.name)))]), asks = (r) => /^answers: /.test(r.name);
  const rest = servers.map((s) => s.results.filter((r) => !r.zh)).map((rs) => `${rs.filter((r) => r.ok).length}/${rs.length}`);
  const digest = execFileSync('sh', ['-c', '. ./lib.sh; county_digest'], { cwd: here, encoding: 'utf8' }).trim();
  return [BEGIN, '', row([l.head, ...servers.map((s) => s.title)]), row(['---', ...servers.map(() => '---')]),
    ...told.filter((r) => !asks(r)).map(line), row([l.more, ...rest]), row([`**${l.answers}**`, ...servers.map(() => '')]), ...told.filter(asks).map(line),
    '', `<!-- of ${digest} -->`, END].join('\n');
}

let stale = 0;
for (const l of LANGUAGES) {
  const file = path.join(top, 'packaging', 'county', l.file), text = fs.readFileSync(file, 'utf8'), from = text.indexOf(BEGIN), to = text.indexOf(END);
  if (from < 0 || to < 0) throw new Error(`${file} has no place for the table`);
  const next = text.slice(0, from) + table(l) + text.slice(to + END.length);
  if (next === text) continue;
  if (process.argv.includes('--check')) { stale++; console.log(`packaging/county/${l.file} tells other results than this run had: make county-table`); } else fs.writeFileSync(file, next);
}
process.exit(stale ? 1 : 0);
