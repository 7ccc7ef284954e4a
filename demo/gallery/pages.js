/** Every page of the gallery with what it shows. The navigation and the index are made from this list. */
export const groups = [
  {
    title: 'Put it on your site',
    pages: [
      {
        path: '/generator',
        title: 'Snippet generator',
        summary: 'Paste your link, look at the preview, copy one line for your site.',
      },
    ],
  },
  {
    title: 'Ways to show it',
    pages: [
      {
        path: '/inline',
        title: 'Inline',
        summary: 'Bookable times in the flow of the page, then the calendar.',
      },
      { path: '/popup', title: 'Popup', summary: 'A link, a button or a command opens a real dialog.' },
      { path: '/floating', title: 'Floating', summary: 'A button in the corner that opens the same dialog.' },
      {
        path: '/form',
        title: 'Booking form',
        summary: 'A booking in the widget itself: no frame, one request.',
      },
      { path: '/pasted', title: 'Pasted', summary: 'Markup that an editor has changed still works.' },
    ],
  },
  {
    title: 'When it loads',
    pages: [
      { path: '/lazy', title: 'Lazy', summary: 'Only a small script until the visitor comes near.' },
      {
        path: '/interaction',
        title: 'On interaction',
        summary: 'Times at once; no frame before a time is chosen.',
      },
      {
        path: '/consent',
        title: 'Consent',
        summary: 'No third party is contacted before the visitor agrees.',
      },
    ],
  },
  {
    title: 'When things go wrong',
    pages: [
      { path: '/failures', title: 'Failure lab', summary: 'Choose a fault. There is never a blank box.' },
      { path: '/many', title: 'Many widgets', summary: 'Fifty on a page share one request for slots.' },
      { path: '/compare', title: 'Beside a plain iframe', summary: 'The same page in a plain frame, timed.' },
    ],
  },
  {
    title: 'How it looks',
    pages: [
      { path: '/theming', title: 'Theming', summary: 'Custom properties and parts; no build, no fork.' },
      {
        path: '/languages',
        title: 'Languages',
        summary: 'The page’s language and direction, automatically.',
      },
      { path: '/narrow', title: 'Narrow', summary: 'The layout at 320 pixels.' },
    ],
  },
  {
    title: 'Which calendar',
    pages: [
      { path: '/calendly', title: 'Calendly', summary: 'The same tag; answers prefilled.' },
      {
        path: '/plain',
        title: 'Any other page',
        summary: 'Any page that can be framed; its state is unknown.',
      },
    ],
  },
  {
    title: 'With a server of your own',
    pages: [
      {
        path: '/companion',
        title: 'Companion',
        summary: 'Booked in one browser, gone in all others within a second.',
      },
    ],
  },
  {
    title: 'For developers',
    pages: [
      {
        path: '/events',
        title: 'Events and reports',
        summary: 'Nine DOM events, and the reports that were sent.',
      },
      { path: '/forms', title: 'In a form', summary: 'The booking’s id is the value of a form field.' },
    ],
  },
];

export const pages = groups.flatMap((group) => group.pages);

/** The page that is open; undefined on the index. */
export const current = () => pages.find(({ path }) => location.pathname.replace(/(\.html|\/)$/, '') === path);
