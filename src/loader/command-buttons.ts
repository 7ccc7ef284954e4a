/**
 * Dispatches the `command` event of `<button commandfor="…" command="--open">` at the widget it names, for engines without
 * invoker commands. Other elements are left alone, and so is a click whose default the page has prevented.
 */
export function listenForCommandButtons(): void {
  addEventListener('click', (event) => {
    const button = event
      .composedPath()
      .find((node): node is HTMLButtonElement => node instanceof HTMLButtonElement);
    const command = button?.getAttribute('command') ?? '';
    if (event.defaultPrevented || !button || button.disabled || !command.startsWith('--')) return;
    const root = button.getRootNode();
    const target = (root instanceof ShadowRoot ? root : document).getElementById(
      button.getAttribute('commandfor') ?? '',
    );
    if (target?.localName === 'booking-widget')
      target.dispatchEvent(Object.assign(new Event('command'), { command }));
  });
}
