// Is this resource valid FHIR R4?  Three judges, none of them ours: the structure check of @medplum/core (cardinality, types,
// formats, invariants), the required value sets of the R4 definitions (which @medplum/core leaves to the server), and
// references, which must name something that exists (HAPI and Blaze check that by default).
import { core, definitions } from './medplum.mjs';

const { getDataType, indexSearchParameterBundle, indexStructureDefinitionBundle, isPopulated, tryGetDataType, validateResource } = core;
const { SEARCH_PARAMETER_BUNDLE_FILES, readJson } = definitions;

for (const f of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${f}.json`));
for (const f of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(f));

const sets = new Map(), systems = new Map(), expanded = new Map();
for (const f of ['valuesets', 'v3-codesystems'])
  for (const { resource: r } of readJson(`fhir/r4/${f}.json`).entry) {
    if (r.resourceType === 'ValueSet') sets.set(r.url, r);
    if (r.resourceType === 'CodeSystem') systems.set(r.url, r);
  }

const concepts = (list) => (list ?? []).flatMap((c) => [c.code, ...concepts(c.concept)]);

// The codes of a value set, or undefined where it cannot be told here (a filter, or a code system outside FHIR such as MIME types).
function codesOf(url) {
  if (expanded.has(url)) return expanded.get(url);
  expanded.set(url, undefined);                                        // a set that includes itself ends here
  const set = sets.get(url), codes = new Set();
  let known = Boolean(set) && !set.compose?.exclude;
  for (const inc of known ? set.compose?.include ?? [] : []) {
    const from = inc.concept ? concepts(inc.concept) : inc.filter ? [] : concepts(systems.get(inc.system)?.concept);
    const nested = (inc.valueSet ?? []).map((u) => codesOf(u.split('|')[0]));
    if (nested.includes(undefined) || (!from.length && !nested.length)) known = false;
    for (const c of [...from, ...nested.flatMap((s) => [...(s ?? [])])]) codes.add(c);
  }
  if (known && codes.size) expanded.set(url, codes);
  return expanded.get(url);
}

function codesIn(value) {
  if (typeof value === 'string') return [value];
  if (value?.coding) return value.coding.map((c) => c.code).filter(Boolean);
  return value?.code ? [value.code] : [];
}

function* bindings(node, type, path) {
  const schema = tryGetDataType(type);
  for (const [name, el] of Object.entries(schema?.elements ?? {})) {
    const choices = name.endsWith('[x]') ? el.type.map((t) => [name.slice(0, -3) + t.code[0].toUpperCase() + t.code.slice(1), t.code]) : [[name, el.type[0]?.code]];
    for (const [key, sub] of choices) for (const value of [node[key]].flat().filter(isPopulated)) {
      const at = `${path}.${key}`;
      if (el.binding?.strength === 'required' && el.binding.valueSet) yield [at, value, el.binding.valueSet.split('|')[0]];
      if (value && typeof value === 'object' && sub && tryGetDataType(sub)) yield* bindings(value, sub, at);
    }
  }
}

const issue = (code, text, expression) => ({ severity: 'error', code, details: { text }, expression: [expression] });

export function issuesOf(resource, exists) {
  const type = resource?.resourceType, out = [];
  if (!type || !tryGetDataType(type)) return [issue('structure', `no such resource type: ${type}`, 'resourceType')];
  getDataType(type);
  try { validateResource(resource); } catch (e) { out.push(...(e.outcome?.issue ?? [issue('exception', String(e), type)])); }
  for (const [at, value, set] of bindings(resource, type, type)) {
    const allowed = codesOf(set);
    for (const code of allowed ? codesIn(value) : []) if (!allowed.has(code)) out.push(issue('code-invalid', `'${code}' is not in ${set}`, at));
  }
  (function references(node, at) {
    for (const [key, value] of Object.entries(node ?? {})) {
      if (key === 'reference' && typeof value === 'string' && /^[A-Z]\w+\/[^/]+$/.test(value) && !exists(value)) out.push(issue('not-found', `nothing here is called ${value}`, `${at}.${key}`));
      else if (value && typeof value === 'object') references(value, `${at}.${key}`);
    }
  })(resource, type);
  return out;
}
