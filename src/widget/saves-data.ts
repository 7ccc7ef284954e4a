/** Whether the visitor pays by the byte: then nothing is fetched before it is asked for. */
export const savesData = (): boolean =>
  !!(navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData;
