/** What the playground lets a reader choose. */
export interface Look {
  readonly accent: string;
  readonly onAccent: string;
  readonly radius: number;
  readonly font: string;
  readonly theme: string;
}

export const DEFAULT_LOOK: Look = { accent: '#1d4ed8', onAccent: '#ffffff', radius: 8, font: '', theme: '' };

/** Named looks to begin with. */
export const LOOKS: Readonly<Record<string, Look>> = {
  Plain: DEFAULT_LOOK,
  'A quiet practice': {
    accent: '#7a3b1d',
    onAccent: '#ffffff',
    radius: 2,
    font: 'Georgia, serif',
    theme: 'light',
  },
  'A dark studio': { accent: '#c4b5fd', onAccent: '#1b1533', radius: 4, font: '', theme: 'dark' },
  'A friendly product': { accent: '#0b6b50', onAccent: '#ffffff', radius: 999, font: '', theme: 'light' },
};

/** The widget's custom properties for a look. */
export const propertiesOf = ({ accent, onAccent, radius, font }: Look): Readonly<Record<string, string>> => ({
  '--booking-accent': accent,
  '--booking-on-accent': onAccent,
  '--booking-radius': `${radius}px`,
  '--booking-font': font || 'inherit',
});

export const cssOf = (look: Look): string =>
  `booking-widget {\n${Object.entries(propertiesOf(look))
    .map(([name, value]) => `  ${name}: ${value};`)
    .join('\n')}\n}`;

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
