import { OPTION_KINDS, OPTION_NAMES, readOption } from '../options.js';

/** A name as owners write it by mistake: `timezone`, `prefill_name`, `data-mode`. */
const plain = (name: string): string => name.replace(/^data-(booking-)?|[-_]/g, '').toLowerCase();

/** What the attributes of a widget say that has no meaning: one sentence each, with option and value. */
export function misreadOptions(element: Pick<Element, 'getAttribute' | 'getAttributeNames'>): string[] {
  return element.getAttributeNames().flatMap((written) => {
    const value = element.getAttribute(written) ?? '';
    const text = `${written}=${JSON.stringify(value)}`;
    const name = OPTION_NAMES.find((option) => plain(option) === plain(written));
    if (!name) return written.startsWith('data-booking-') ? [`${text} is no option.`] : [];
    if (written !== name && written !== `data-booking-${name}`)
      return [`${text} is no option; write ${name}.`];
    const kind = OPTION_KINDS[name];
    const { type, default: byDefault } = kind;
    const read = readOption(name, value);
    const isRead =
      type === 'text' ||
      type === 'flag' ||
      !value.trim() ||
      (read !== byDefault && !('junk' in kind)) ||
      value.trim().toLowerCase() === String(read);
    return isRead ? [] : [`${text} means nothing; ${name} is ${JSON.stringify(read)}.`];
  });
}
