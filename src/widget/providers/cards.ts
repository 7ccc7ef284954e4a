import { pagePreset } from './page-preset.js';
import type { Provider } from './provider.js';

/** A service that lets nobody frame it: its pages are linked to, kindly. */
const card = (id: string, name: string, can: Partial<Provider['capabilities']> = {}): Provider =>
  pagePreset({ id, name, can: { framing: 'no', ...can }, height: 0 });

export const cards = {
  rallly: card('rallly', 'Rallly'),
  /** They cannot be framed, and only Google knows which long address they stand for. */
  googleshort: card('googleshort', 'Google’s short links'),
  notion: card('notion', 'Notion Calendar'),
  motion: card('motion', 'Motion'),
  easyappointments: card('easyappointments', 'Easy!Appointments', { availability: 'companion' }),
} satisfies Readonly<Record<string, Provider>>;
