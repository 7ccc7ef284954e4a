/** A visitor's connection: what all origins and tabs share. */
export interface Profile {
  /** Megabits a second. */
  readonly down: number;
  readonly up: number;
  /** Round trip in milliseconds. */
  readonly rtt: number;
}

export const PROFILES = {
  cable: { down: 50, up: 10, rtt: 20 },
  fast4g: { down: 9, up: 1.5, rtt: 60 },
  slow4g: { down: 1.6, up: 0.75, rtt: 150 },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof PROFILES;
