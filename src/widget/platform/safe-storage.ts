/** Web storage that never throws: missing, blocked, full and corrupt storage behave like empty storage. */
export interface SafeStorage {
  /** The stored text, or null. */
  get(key: string): string | null;
  /** Whether the text has been stored. */
  set(key: string, text: string): boolean;
  remove(key: string): void;
}

/** `area` is called for each access, because reading `localStorage` itself throws where it is blocked. */
export function safeStorage(area: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): SafeStorage {
  const attempt = <T>(work: (storage: ReturnType<typeof area>) => T, otherwise: T): T => {
    try {
      return work(area());
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt((storage) => storage.getItem(key), null),
    set: (key, text) =>
      attempt((storage) => {
        storage.setItem(key, text);
        return true;
      }, false),
    remove(key) {
      attempt((storage) => {
        storage.removeItem(key);
      }, undefined);
    },
  };
}

/** Kept between visits. */
export const localStore = safeStorage(() => localStorage);

/** Kept as long as the tab. */
export const sessionStore = safeStorage(() => sessionStorage);
