import { REPOSITORY } from './addresses.js';

/** Milliseconds after which the registry counts as not answering. */
const TIMEOUT = 20_000;

interface Registered {
  readonly repository?: { readonly url?: string } | string;
  readonly versions?: Readonly<Record<string, unknown>>;
}

/** Whether a version may be published under a name, and why. */
export interface NameStatus {
  readonly isOpen: boolean;
  readonly why: string;
}

const closed = (why: string): NameStatus => ({ isOpen: false, why });

/** `git+https://…/x.git` and `https://…/x` are one repository. */
const plain = (url: string): string => url.replace(/^git\+/, '').replace(/\.git$/, '');

/**
 * Asks the npm registry at `registry` (a URL) about a package. Never throws: whatever is not clearly free or ours counts as
 * not open.
 */
export async function nameStatus(registry: string, name: string, version: string): Promise<NameStatus> {
  try {
    const response = await fetch(`${registry.replace(/\/$/, '')}/${name}`, {
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status === 404) return { isOpen: true, why: 'the name is free' };
    if (!response.ok) return closed(`the registry answered ${response.status}`);
    const { repository, versions = {} } = (await response.json()) as Registered;
    const url = typeof repository === 'string' ? repository : (repository?.url ?? '');
    if (plain(url) !== REPOSITORY)
      return closed(`the name belongs to somebody else (${url || 'no repository named'})`);
    if (version in versions) return closed('this version is published already');
    return { isOpen: true, why: 'the package is ours and lacks this version' };
  } catch (cause) {
    return closed(`the registry could not be asked: ${String(cause)}`);
  }
}
