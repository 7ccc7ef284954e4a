/** How a request for slots was answered: from the store, from the upstream, with unconfirmed slots, or not. */
export type AnswerKind = 'hit' | 'miss' | 'stale' | 'failed';
