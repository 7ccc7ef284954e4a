/**
 * Whether this page is shown in a frame of another site, as site builders show pasted markup. A dialog would be cut off
 * there, and a button in the corner would be in a corner of nothing: what opens opens in a tab of its own. Only a page
 * of the same site may know the frame it is in.
 */
export const isInForeignFrame = (): boolean => window !== top && !frameElement;
