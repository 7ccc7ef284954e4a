import { pixelsOf } from './foreign-values.js';
import { pagePreset } from './page-preset.js';

/** Its own script believes nothing smaller. */
const MIN_HEIGHT = 151;

/** Acuity, by that name and as Squarespace Scheduling. Its messages are strings with colons, and none announces a booking. */
export const acuity = pagePreset({
  id: 'acuity',
  name: 'Acuity / Squarespace Scheduling',
  can: { ready: 'message', height: 'message', deepLink: 'slot', availability: 'companion' },
  height: { min: MIN_HEIGHT, max: 5000 },
  allow: 'payment',
  embed: [['ref', 'embedded_csp']],
  answers: { firstName: 'firstName', lastName: 'lastName', email: 'email', phone: 'phone' },
  time: ({ slot }) => (Date.parse(slot?.start ?? '') ? [['datetime', slot?.start ?? '']] : []),

  read(message) {
    const [, word, value] = /^(load|sizing):([^:]*)/.exec(typeof message === 'string' ? message : '') ?? [];
    if (word === 'load') return { type: 'ready' };
    const height = pixelsOf(value);
    return height >= MIN_HEIGHT ? { type: 'resize', height, ready: true } : null;
  },

  // Sent again after the page's first message, because it loses what comes before it listens.
  respond: (event) => (event === 'load' || event === 'ready' ? ['acuity:init'] : []),
});
