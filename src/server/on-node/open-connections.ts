import type { Socket } from 'node:net';

let open = 0;

/** Connections of clients to this process that are open. */
export const openConnections = (): number => open;

/** Counts a connection until it is closed. */
export function countConnection(socket: Pick<Socket, 'once'>): void {
  open++;
  socket.once('close', () => open--);
}
