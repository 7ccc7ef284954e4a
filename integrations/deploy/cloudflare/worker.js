// The companion in one Durable Object: it holds the store, and an alarm wakes it for what has to be done without a request.

/** Milliseconds after which it is started again at the latest, when the platform has stopped it. */
const WAKE = 30_000;

export class Companion {
  constructor(state, env) {
    this.state = state;
    const file = async (path) => {
      const response = await env.ASSETS.fetch(`https://assets/${path}`);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    };
    // Requests wait until it has started; when it cannot, they fail, and the log has the reason.
    state.blockConcurrencyWhile(async () => {
      // Loaded here: workerd lets no module make an AbortController while the worker itself is loaded, and cockatiel does.
      const { createCompanion } = await import('booking-widget-companion');
      const { durableObject } = await import('booking-widget-companion/edge');
      this.companion = await createCompanion(
        JSON.parse(env.COMPANION_OPTIONS),
        durableObject({ storage: state.storage, file }),
      );
      await state.storage.setAlarm(Date.now() + WAKE);
    });
  }

  fetch(request) {
    return this.companion.fetch(request, { address: request.headers.get('cf-connecting-ip') ?? undefined });
  }

  async alarm() {
    await this.state.storage.setAlarm(Date.now() + WAKE);
  }
}

export default {
  fetch: (request, env) => env.COMPANION.get(env.COMPANION.idFromName('companion')).fetch(request),
};
