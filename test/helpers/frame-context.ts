import type { FrameContext } from '../../src/widget/providers/provider.js';

/** A frame of `page` without anything that the owner or the visitor has decided. */
export const frameContextOf = (page: string, changes: Partial<FrameContext> = {}): FrameContext => ({
  page: new URL(page),
  host: 'www.example.org',
  namespace: 'booking-1',
  modal: false,
  stage: '',
  slot: null,
  timeZone: 'Europe/Rome',
  theme: '',
  colorScheme: '',
  accent: '',
  layout: '',
  hideDetails: false,
  prefill: {},
  params: [],
  ...changes,
});
