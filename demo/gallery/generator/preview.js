/*
 * The page in the preview. A visitor can try everything but the last step: the button that would send a booking says so instead.
 */
const note = document.querySelector('.note');

addEventListener(
  'click',
  (event) => {
    const isConfirm = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches('[part~=confirm]'));
    if (!isConfirm) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // In a dialog only what is in the top layer can be seen.
    note.popover = 'manual';
    note.hidden = false;
    note.showPopover();
  },
  { capture: true },
);

addEventListener('booking-slot-select', () => {
  note.hidden = true;
});
