const HOSTS = /(?:^|\.)(cal|calendly)\.(?:com|eu)$/;

/**
 * Whose page this probably is, by its host alone. It costs a few bytes where recognising costs a few hundred, and only
 * decides what is fetched ahead and which links are worth a closer look; `recognize` has the last word.
 */
export const guessProvider = ({ hostname }: URL): string | undefined => HOSTS.exec(hostname)?.[1];
