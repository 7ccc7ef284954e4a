/**
 * The failures of this page. `knobs` are fault knobs of the scheduling service, set for a host that only this page uses;
 * `attributes` are set on the widget; `page` is a separate page, for faults of the site rather than of the service.
 * `ends` says what the visitor sees in the end.
 */
export const failures = [
  {
    title: 'The scheduling page',
    choices: [
      { id: 'none', title: 'Nothing is wrong', what: 'For comparison.', ends: 'The calendar.' },
      {
        id: 'slow',
        title: 'Slow',
        knobs: { delay: 2500 },
        what: 'The page takes two and a half seconds to answer, which is more than usual here.',
        ends: 'A gentle notice first, then the calendar.',
      },
      {
        id: 'hang',
        title: 'Hangs',
        knobs: { hang: true },
        what: 'The server takes the connection and never answers.',
        ends: 'The failure view. It tries again automatically, and when the visitor asks for it.',
      },
      {
        id: 'refuse',
        title: 'Refused',
        knobs: { refuse: true },
        what: 'The connection is closed at once.',
        ends: 'The failure view, as soon as the widget knows that no server answers.',
      },
      {
        id: 'not-found',
        title: '404',
        knobs: { status: 404 },
        what: 'The event type was renamed or deleted.',
        ends: 'The failure view. A retry would not help, so there is no automatic one.',
      },
      {
        id: 'error',
        title: '500',
        knobs: { status: 500 },
        what: 'The server fails, every time.',
        ends: 'The failure view, and an automatic retry.',
      },
      {
        id: 'once',
        title: '500, but only once',
        knobs: { status: 500, first: 1 },
        what: 'The first request fails; later requests succeed.',
        ends: 'The failure view for about five seconds, then the calendar, without any action of the visitor.',
      },
      {
        id: 'mute',
        title: 'Never ready',
        knobs: { mute: 'page' },
        what: 'The page loads and never sends its message that it is ready.',
        ends: 'A gentle notice, then the failure view.',
      },
      {
        id: 'late',
        title: 'Ready late',
        knobs: { late: 5500 },
        what: 'The first message comes after the widget has given up.',
        ends: 'The failure view, then the calendar: a late message still counts.',
      },
      {
        id: 'height',
        title: 'Wrong height',
        knobs: { 'lying-height': 30000 },
        what: 'The page reports a height of 30 000 pixels.',
        ends: 'The calendar, with a limited height.',
      },
    ],
  },
  {
    title: 'May it be framed?',
    choices: [
      {
        id: 'frame-ancestors',
        title: 'frame-ancestors',
        knobs: { 'frame-ancestors': "'none'" },
        what: 'The page forbids every site to frame it, by its content security policy.',
        ends: 'The failure view, which names this cause where the browser reports it.',
      },
      {
        id: 'xfo',
        title: 'X-Frame-Options',
        knobs: { xfo: 'DENY' },
        what: 'The same by the older header, which no browser reports to the page.',
        ends: 'The failure view, when the time limit is reached.',
      },
    ],
  },
  {
    title: 'The times',
    choices: [
      {
        id: 'empty',
        title: 'None are free',
        knobs: { empty: true },
        what: 'There is no free slot, neither in the API nor on the page.',
        ends: 'A sentence that says so, then the calendar.',
      },
      {
        id: 'times-429',
        title: '429',
        knobs: { 'slots-status': 429, 'retry-after': 30 },
        what: 'Too many requests: the slots API refuses to answer.',
        ends: 'The calendar, without slots before it.',
      },
      {
        id: 'times-500',
        title: '500',
        knobs: { 'slots-status': 500 },
        what: 'The slots API fails.',
        ends: 'The calendar, without slots before it.',
      },
      {
        id: 'times-garbage',
        title: 'Garbage',
        knobs: { garbage: 'html' },
        what: 'The slots API returns a web page instead of slots.',
        ends: 'The calendar, without slots before it.',
      },
      {
        id: 'times-mute',
        title: 'No answer',
        knobs: { 'slots-delay': 600_000 },
        what: 'The request for slots is never answered.',
        ends: 'The calendar, which does not wait for the slots.',
      },
    ],
  },
  {
    title: 'This website',
    choices: [
      {
        id: 'policy',
        title: 'Its own policy',
        page: '/broken/policy',
        what: 'The site’s content security policy does not allow the frame.',
        ends: 'The failure view, with slots if they can be requested. The event names the missing policy line.',
      },
      {
        id: 'own-files',
        title: 'Our own files',
        page: '/broken/own-files',
        what: 'Only the loader is loaded; everything that it would fetch is blocked.',
        ends: 'A note in place of the widget with a retry and a link, written by the loader itself.',
      },
      {
        id: 'address',
        title: 'A wrong address',
        attributes: { src: 'javascript:alert(1)' },
        what: 'The attribute src contains something that is not a web address.',
        ends: 'The failure view at once, without a link to that address.',
      },
    ],
  },
  {
    title: 'The visitor',
    choices: [
      {
        id: 'offline',
        title: 'Offline',
        what: 'Open the developer tools, set the network to “Offline”, and press “Start again”.',
        ends: 'The failure view; set the network back to “Online” and the calendar loads automatically.',
      },
    ],
  },
];

export const choices = failures.flatMap((group) => group.choices);
