/**
 * Does for `<button commandfor="…" command="--open">` what engines without command buttons leave undone: the widget
 * named gets a `command` event. Other elements are none of ours, and neither is a press the page has already taken.
 */
export function hearCommandButtons(): void {
  addEventListener('click', (event) => {
    const button = event
      .composedPath()
      .find((node): node is HTMLButtonElement => node instanceof HTMLButtonElement);
    const command = button?.getAttribute('command') ?? '';
    if (event.defaultPrevented || !button || button.disabled || !command.startsWith('--')) return;
    const root = button.getRootNode();
    const named = (root instanceof ShadowRoot ? root : document).getElementById(
      button.getAttribute('commandfor') ?? '',
    );
    if (named?.localName === 'booking-widget')
      named.dispatchEvent(Object.assign(new Event('command'), { command }));
  });
}
