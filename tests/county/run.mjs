// All scenarios with Medplum's router of the version that is named: node run.mjs medplum4.  Prints TAP.
import './contract.mjs';
import './wire.mjs';
import './answers.mjs';
import { County, runAll } from './lib.mjs';

await runAll(await County.start(process.argv[2]));
