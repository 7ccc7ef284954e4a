/** How a question for times was answered: from what is known, by asking, with times that could not be confirmed, or not. */
export type AnswerKind = 'hit' | 'miss' | 'stale' | 'failed';
