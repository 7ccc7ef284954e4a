/*
 * Chunks that are asked for in more than one place, each as one function: `loadChunk` recognises a chunk by it.
 */
export const importDialog = () => import('./dialog-chunk.js');
export const importForm = () => import('./form-chunk.js');
export const importSlots = () => import('./slots-chunk.js');
