import { COMMON_PROVIDERS, type CommonProvider } from '../widget/providers/common-hosts.js';

/**
 * Whose page this probably is, by its host alone. It only decides what is fetched ahead and which links are worth a
 * closer look; `recognize` has the last word.
 */
export const guessProvider = ({ hostname }: URL): CommonProvider | undefined =>
  COMMON_PROVIDERS.find(({ host }) => host.test(hostname));
