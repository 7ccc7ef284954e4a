/** Fills in each `{name}` that has a value. Everything else, also inside the values, stays as it is. */
export const formatMessage = (message: string, values: Readonly<Record<string, string>>): string =>
  message.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
