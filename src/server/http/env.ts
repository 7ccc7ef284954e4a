import type { EndedSessions } from './ended-sessions.js';

/** What a route knows about its request besides the request. */
export interface Env {
  Bindings: {
    /** The client's address as the socket has it; missing where there is no socket. */
    readonly address?: string | undefined;
  };
  Variables: {
    /** Missing where routes are used without a companion. */
    readonly endedSessions?: EndedSessions;
  };
}
