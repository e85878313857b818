// A login server as SMART Backend Services want it, in front of a FHIR server, both on loopback:
//   node server.mjs ORIGIN      prints "listening on 127.0.0.1:PORT"; ends when its standard input closes
// Statements are judged by jose, which nobody here wrote.
//   POST /_control {"reset":true} {"keys":{"keys":[...]}} {"v1":true} {"forget":true}     GET /_control -> what happened so far
import http from 'node:http';
import { createLocalJWKSet, jwtVerify, decodeProtectedHeader } from 'jose';

export const CLIENT = 'clinic-350299101';
const origin = process.argv[2];
const start = () => ({ keys: { keys: [] }, passes: new Map(), jtis: new Set(), refused: [], reached: 0, bare: 0, given: 0, v1: false });
let state = start(), base = '';
const read = async (req) => { const parts = []; for await (const p of req) parts.push(p); return Buffer.concat(parts); };
const say = (res, status, o) => res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(o));

async function judge(form) {
  if (form.get('grant_type') !== 'client_credentials') throw new Error('grant_type');
  if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') throw new Error('client_assertion_type');
  const jwt = form.get('client_assertion');
  if (!decodeProtectedHeader(jwt).kid) throw new Error('no kid');
  const { payload } = await jwtVerify(jwt, createLocalJWKSet(state.keys), { issuer: CLIENT, subject: CLIENT, audience: `${base}/token`, algorithms: ['ES384', 'RS384'],
    maxTokenAge: 60, requiredClaims: ['exp', 'iat', 'jti'], clockTolerance: 1 });
  if (payload.exp > Date.now() / 1000 + 61) throw new Error('exp is more than a minute ahead');
  if (state.jtis.has(payload.jti)) throw new Error('jti comes twice');
  state.jtis.add(payload.jti);
}

async function token(req, res) {
  const form = new URLSearchParams((await read(req)).toString());
  try { await judge(form); } catch (e) { state.refused.push(String(e)); return say(res, 400, { error: 'invalid_client' }); }
  const pass = `pass-${++state.given}`;
  state.passes.set(pass, form.get('scope'));
  return say(res, 200, { access_token: pass, token_type: 'bearer', expires_in: 300, scope: form.get('scope') });
}

// What has a pass goes on to the FHIR server, as it is.
async function forward(req, res) {
  const pass = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1], body = await read(req);
  if (!pass) state.bare++;
  if (!state.passes.has(pass)) return say(res, 401, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] });
  state.reached++;
  const { authorization, ...headers } = req.headers;
  http.request(`${origin}${req.url}`, { method: req.method, headers }, (answer) => { res.writeHead(answer.statusCode, answer.headers); answer.pipe(res); })
    .on('error', () => res.destroy()).end(body);
}

async function control(req, res) {
  const order = req.method === 'POST' ? JSON.parse(await read(req)) : {};
  if (order.reset) state = start();
  if (order.keys) state.keys = order.keys;
  if (order.v1) state.v1 = true;
  if (order.forget) state.passes.clear();
  const { given, refused, reached, bare, passes } = state;
  say(res, 200, { given, refused, reached, bare, scopes: [...passes.values()] });
}

const configuration = () => ({ token_endpoint: `${base}/token`, token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'], capabilities: ['client-confidential-asymmetric', state.v1 ? 'permission-v1' : 'permission-v2'] });

const server = http.createServer((req, res) => {
  const work = { '/token': token, '/_control': control }[req.url] ?? forward;
  if (req.url.endsWith('/.well-known/smart-configuration')) return say(res, 200, configuration());
  return work(req, res).catch(() => res.destroy());
});
server.listen(0, '127.0.0.1', () => { base = `http://127.0.0.1:${server.address().port}`; console.log(`listening on 127.0.0.1:${server.address().port}`); });
process.stdin.on('end', () => process.exit(0)).resume();
