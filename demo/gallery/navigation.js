import { el, picture } from './element.js';
import { current, groups, pages } from './pages.js';

const link = ({ path, title }) =>
  el('a', { href: path, 'aria-current': current()?.path === path && 'page' }, title);

const list = () =>
  groups.map(({ title, pages: inside }) =>
    el('div', {}, el('h2', {}, title), el('ul', {}, ...inside.map((page) => el('li', {}, link(page))))),
  );

const brand = () =>
  el(
    'a',
    { class: 'brand', href: '/', 'aria-current': location.pathname === '/' && 'page' },
    picture('brand', 'brand-picture'),
    'booking-widget',
  );

/** On narrow screens the list folds away behind a button, on wide ones it is beside the page. */
function menu() {
  const nav = el('nav', { id: 'pages', 'aria-label': 'Gallery' }, ...list());
  const toggle = el(
    'button',
    {
      type: 'button',
      class: 'menu',
      'aria-expanded': 'false',
      'aria-controls': 'pages',
      click() {
        const open = toggle.getAttribute('aria-expanded') !== 'true';
        toggle.setAttribute('aria-expanded', String(open));
      },
    },
    'Pages',
  );
  const fold = () => toggle.setAttribute('aria-expanded', 'false');
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || toggle.getAttribute('aria-expanded') !== 'true') return;
    fold();
    toggle.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (!toggle.contains(target) && !nav.contains(target)) fold();
  });
  return [toggle, nav];
}

/** The pages before and after this one. */
function neighbours() {
  const here = pages.indexOf(current());
  if (here < 0) return null;
  const [before, after] = [pages[here - 1], pages[here + 1]];
  const step = (page, word, rel) =>
    page && el('a', { href: page.path, rel }, el('small', {}, word), el('span', {}, page.title));
  return el(
    'nav',
    { class: 'neighbours', 'aria-label': 'Neighbouring pages' },
    step(before, 'Before', 'prev'),
    step(after, 'Next', 'next'),
  );
}

/** Adds what every page has: the navigation and the links to the pages before and after it. */
export function drawNavigation() {
  const main = document.querySelector('main');
  main.id = 'content';
  main.tabIndex = -1;
  // Framed pages bring a main part of their own: this one has a name.
  main.setAttribute('aria-labelledby', 'title');
  main.querySelector('h1').id = 'title';
  document.body.prepend(
    el('a', { class: 'skip', href: '#content' }, 'Skip to the page'),
    el('header', { class: 'top' }, brand(), ...menu()),
  );
  const steps = neighbours();
  if (steps) main.append(steps);
}
