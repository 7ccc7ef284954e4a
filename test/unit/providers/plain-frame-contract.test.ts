import { plainFrame } from '../../../src/widget/providers/plain-frame.js';
import { providerContract } from '../../contracts/provider-contract.js';
import { PERSONAL } from '../../contracts/provider-fixtures.js';

const height = (value: unknown): unknown => ({ event: 'calendly.page_height', payload: { height: value } });

providerContract(plainFrame, {
  named: ['plain', 'iframe', 'IFrame'],
  page: 'https://book.example/team/intro',
  aliases: [
    'https://book.example/team/intro?ref=ghost.example',
    'https://book.example/team/intro?gclid=x&_hsenc=y&_gl=z',
  ],
  others: [
    'https://book.example/team/intro/',
    'https://book.example/team/intro?service=2',
    'https://book.example/team/intro?reference=2',
    'https://book.example/team/intro#/other',
    'http://book.example/team/intro',
    'https://book.example:8443/team/intro',
  ],
  slots: [
    { start: '2026-11-24T09:00:00Z', url: 'https://book.example/elsewhere' },
    { start: '2026-11-24T10:00:00Z' },
    { start: '2026-11-25T09:00:00Z' },
  ],
  embedParams: /^embed/,
  prefill: { given: { ...PERSONAL }, found: { name: [], email: [] } },
  messages: [
    {
      says: 'another service’s readiness',
      data: { event: 'calendly.event_type_viewed', payload: {} },
      means: null,
    },
    { says: 'a height', data: height('700px'), means: null },
  ],
  answers: [],
});
