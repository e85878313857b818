// All scenarios with HAPI FHIR JPA on PostgreSQL.  Prints TAP.
import './contract.mjs';
import './wire.mjs';
import './answers.mjs';
import { HapiCounty } from './hapi/server.mjs';
import { runAll, scratch } from './lib.mjs';

const county = await HapiCounty.start(scratch);
process.on('exit', () => county.stop());
await runAll(county);
