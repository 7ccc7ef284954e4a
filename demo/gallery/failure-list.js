/**
 * What can be broken here. `knobs` are the scheduling service's, set for a host that only this page uses; `attributes`
 * are written on the widget; `page` is a page of its own, for what is wrong with the site and not with the service.
 * `ends` says what a visitor sees in the end.
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
        ends: 'The failure view. It tries again by itself, and on request.',
      },
      {
        id: 'refuse',
        title: 'Refused',
        knobs: { refuse: true },
        what: 'The connection is closed at once.',
        ends: 'The failure view, as soon as it is known that nobody answers.',
      },
      {
        id: 'not-found',
        title: '404',
        knobs: { status: 404 },
        what: 'The event type was renamed or deleted.',
        ends: 'The failure view. Waiting would not help, so it does not try again by itself.',
      },
      {
        id: 'error',
        title: '500',
        knobs: { status: 500 },
        what: 'The server fails, every time.',
        ends: 'The failure view, and another try by itself.',
      },
      {
        id: 'once',
        title: '500, but only once',
        knobs: { status: 500, first: 1 },
        what: 'The first request fails; whoever comes back is served.',
        ends: 'The failure view for about five seconds, then the calendar, with nothing to do for anybody.',
      },
      {
        id: 'mute',
        title: 'Never speaks',
        knobs: { mute: 'page' },
        what: 'The page loads and never says that it is ready.',
        ends: 'A gentle notice, then the failure view.',
      },
      {
        id: 'late',
        title: 'Speaks late',
        knobs: { late: 5500 },
        what: 'The first word comes after the widget has given up.',
        ends: 'The failure view, then the calendar: a late word still counts.',
      },
      {
        id: 'height',
        title: 'Lies about its height',
        knobs: { 'lying-height': 30000 },
        what: 'The page says that it is 30 000 pixels high.',
        ends: 'The calendar, with a height within bounds.',
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
        ends: 'The failure view, which says so where the browser tells.',
      },
      {
        id: 'xfo',
        title: 'X-Frame-Options',
        knobs: { xfo: 'DENY' },
        what: 'The same by the older header, about which no browser tells the page.',
        ends: 'The failure view, when the time is up.',
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
        what: 'There is no free time, in the interface and in the page.',
        ends: 'A sentence that says so, then the calendar.',
      },
      {
        id: 'times-429',
        title: '429',
        knobs: { 'slots-status': 429, 'retry-after': 30 },
        what: 'Too many questions: the interface for times shuts us out.',
        ends: 'The calendar, without times of our own.',
      },
      {
        id: 'times-500',
        title: '500',
        knobs: { 'slots-status': 500 },
        what: 'The interface for times fails.',
        ends: 'The calendar, without times of our own.',
      },
      {
        id: 'times-garbage',
        title: 'Garbage',
        knobs: { garbage: 'html' },
        what: 'A web page comes instead of times.',
        ends: 'The calendar, without times of our own.',
      },
      {
        id: 'times-mute',
        title: 'No answer',
        knobs: { 'slots-delay': 600_000 },
        what: 'The question for times is never answered.',
        ends: 'The calendar, which does not wait for the times.',
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
        ends: 'The failure view, with the times if they may be had. The event names the line that is missing.',
      },
      {
        id: 'own-files',
        title: 'Our own files',
        page: '/broken/own-files',
        what: 'Only the first small script comes through; everything that it would fetch is blocked.',
        ends: 'A note in the widget’s place with a retry and a link, written by the small script itself.',
      },
      {
        id: 'address',
        title: 'A wrong address',
        attributes: { src: 'javascript:alert(1)' },
        what: 'Somebody wrote something into src that is no web address.',
        ends: 'The failure view at once, without a link that could do harm.',
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
        ends: 'The failure view; set the network back to “Online” and the calendar comes by itself.',
      },
    ],
  },
];

export const choices = failures.flatMap((group) => group.choices);
