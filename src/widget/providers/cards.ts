import { pagePreset } from './page-preset.js';
import type { Provider } from './provider.js';

/** A service whose pages may not be framed: they get a link. */
const card = (id: string, name: string): Provider =>
  pagePreset({ id, name, can: { framing: 'no' }, height: 0 });

export const cards = {
  rallly: card('rallly', 'Rallly'),
  /** They cannot be framed, and only Google knows which long address they stand for. */
  googleshort: card('googleshort', 'Google’s short links'),
  notion: card('notion', 'Notion Calendar'),
  motion: card('motion', 'Motion'),
} satisfies Readonly<Record<string, Provider>>;
