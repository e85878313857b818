// Another FHIR client that this project did not write (fhir-kit-client), as the county's own programs are: it puts Patients with
// elements that we know nothing of, edits ours, and answers referrals.
import Client from 'fhir-kit-client';

export class OtherClient {
  constructor(baseUrl) { this.client = new Client({ baseUrl }); }

  // A person as a hospital writes one: name in parts, an identity number, foreign extensions and elements.
  patient(id, { family = '林', given = ['秀英'], gender = 'female', birthDate = '1948-07-11', number = '350299194807110042' } = {}) {
    return { resourceType: 'Patient', id, active: true, gender, birthDate,
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">County hospital</div>' },
      identifier: [{ use: 'official', system: 'urn:oid:2.16.156.10011.1.3', value: number }, { system: 'http://hospital.example/mrn', value: `MRN-${id}` }],
      name: [{ use: 'usual', family, given, period: { start: '1990' } }],
      telecom: [{ system: 'email', value: 'lin@example.cn' }, { system: 'phone', value: '0592-1234567', rank: 2 }],
      address: [{ use: 'home', city: '某市', district: '某县', line: ['东村', '8号'], postalCode: '350000' }],
      contact: [{ relationship: [{ text: '女儿' }], name: { text: '林小妹' }, telecom: [{ system: 'phone', value: '10050000077' }] }],
      communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'nan' }], text: '闽南语' }, preferred: true }],
      multipleBirthInteger: 2,
      extension: [{ url: 'http://hospital.example/fhir/support', valueCodeableConcept: { text: '低保户' } }] };
  }
  async put(resource) { return this.client.update({ resourceType: resource.resourceType, id: resource.id, body: resource }); }
  async read(resourceType, id) { return this.client.read({ resourceType, id }); }
  async search(resourceType, searchParams) { return (await this.client.search({ resourceType, searchParams })).entry?.map((e) => e.resource) ?? []; }
  async edit(resourceType, id, change) {
    const resource = await this.read(resourceType, id);
    change(resource);
    return this.put(resource);
  }
  async taskOf(serviceRequest) { return (await this.search('Task', { focus: `ServiceRequest/${serviceRequest}` }))[0]; }

  // The hospital's referral desk.
  async accept(serviceRequest, hospital = '某县医院') {
    const task = await this.taskOf(serviceRequest);
    return this.edit('Task', task.id, (t) => Object.assign(t, { status: 'accepted', owner: { display: hospital },
      note: [{ text: '请空腹来诊' }], executionPeriod: { start: '2026-12-01' } }));
  }
  async sendBack(serviceRequest) {
    const task = await this.taskOf(serviceRequest);
    return this.edit('Task', task.id, (t) => Object.assign(t, { status: 'completed',
      output: [{ type: { text: '诊断结果' }, valueString: '高血压3级 很高危' }, { type: { text: '下一步建议' }, valueString: '两周后复查' }, { type: { text: 'Bed' }, valueString: '12' }] }));
  }
}
