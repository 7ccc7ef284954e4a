/** What is known of the host page in a document that may have no address of its own. */
export interface EmbeddingPage {
  /** Host with port, or empty. */
  readonly host: string;
  /** The query with its `?`, or empty. */
  readonly search: string;
}

const hostOf = (address: string | undefined): string => {
  try {
    return new URL(address ?? '').host;
  } catch {
    return '';
  }
};

/** The nearest document, from `start` outwards, that has an address with a host and lets us read it. */
function nearestLocation(start: Window): Location | null {
  try {
    for (let view = start; ; view = view.parent) {
      if (view.location.host) return view.location;
      if (view === view.parent) return null;
    }
  } catch {
    // An ancestor from another origin, or one that cannot be read from a sandbox.
    return null;
  }
}

/**
 * The host page of a document. `srcdoc`, `blob:`, `about:blank` and sandboxed documents have neither host nor query: the
 * nearest ancestor that can be read gives both; else the origin that the document inherited, the ancestors' origins, the
 * referrer or the base address give the host alone.
 */
export function embeddingPage(view: Window = window): EmbeddingPage {
  const { host, search } = nearestLocation(view) ?? { host: '', search: '' };
  const origins = [
    view.origin,
    ...(view.location.ancestorOrigins ?? []),
    view.document.referrer,
    view.document.baseURI,
  ];
  return { host: host || (origins.map(hostOf).find(Boolean) ?? ''), search };
}
