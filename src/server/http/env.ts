/** What a route knows about its request besides the request. */
export interface Env {
  Bindings: {
    /** The client's address as the socket has it; missing where there is no socket. */
    readonly address?: string | undefined;
  };
}
