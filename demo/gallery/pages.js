/** Every page of the gallery: one promise each. The navigation and the index are made from this list. */
export const groups = [
  {
    title: 'Ways to show it',
    pages: [
      {
        path: '/inline',
        title: 'Inline',
        promise: 'Bookable times in the flow of the page, then the calendar.',
      },
      { path: '/popup', title: 'Popup', promise: 'A link, a button or a command opens a real dialog.' },
      { path: '/floating', title: 'Floating', promise: 'A button in the corner that opens the same dialog.' },
      { path: '/pasted', title: 'Pasted', promise: 'Whatever an editor has made of the markup, it works.' },
    ],
  },
  {
    title: 'When it loads',
    pages: [
      { path: '/lazy', title: 'Lazy', promise: 'Nothing but a tiny script until the visitor comes near.' },
      {
        path: '/interaction',
        title: 'On interaction',
        promise: 'Times at once; no frame before a time is chosen.',
      },
      { path: '/consent', title: 'Consent', promise: 'Nobody is contacted before the visitor agrees.' },
    ],
  },
  {
    title: 'When things go wrong',
    pages: [
      { path: '/failures', title: 'Failure lab', promise: 'Break anything. There is never a blank box.' },
      { path: '/many', title: 'Many widgets', promise: 'Fifty on a page ask for the same times once.' },
      { path: '/compare', title: 'Beside a plain iframe', promise: 'The same page in a plain frame, timed.' },
    ],
  },
  {
    title: 'How it looks',
    pages: [
      { path: '/theming', title: 'Theming', promise: 'Custom properties and parts; no build, no fork.' },
      {
        path: '/languages',
        title: 'Languages',
        promise: 'The page’s language and direction, by themselves.',
      },
      { path: '/narrow', title: 'Narrow', promise: 'At home in 320 pixels.' },
    ],
  },
  {
    title: 'Which calendar',
    pages: [
      { path: '/calendly', title: 'Calendly', promise: 'The same tag; answers filled in ahead.' },
      {
        path: '/plain',
        title: 'Any other page',
        promise: 'What can be framed works; nothing is promised for it.',
      },
    ],
  },
  {
    title: 'With a server of your own',
    pages: [
      {
        path: '/companion',
        title: 'Companion',
        promise: 'Booked in one browser, gone in all others within a second.',
      },
    ],
  },
  {
    title: 'For developers',
    pages: [
      {
        path: '/events',
        title: 'Events and reports',
        promise: 'Nine DOM events, and what was really beaconed.',
      },
      { path: '/forms', title: 'In a form', promise: 'The booking’s id is the value of a form field.' },
    ],
  },
];

export const pages = groups.flatMap((group) => group.pages);

/** The page that is open; undefined on the index. */
export const current = () => pages.find(({ path }) => location.pathname.replace(/(\.html|\/)$/, '') === path);
