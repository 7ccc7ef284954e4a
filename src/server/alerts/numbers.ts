/** Numbers in the sentences of notices. */

export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

export const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
