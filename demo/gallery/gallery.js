/*
 * What every page has: navigation, examples with their snippets, tables of events and of requests. A page's
 * own script imports this first.
 */
import { eventTable } from './event-table.js';
import { showExamples } from './examples.js';
import { showIndex } from './index-cards.js';
import { drawNavigation } from './navigation.js';
import { requestTable } from './request-table.js';

const each = (selector, show) => {
  for (const place of document.querySelectorAll(selector)) show(place);
};

drawNavigation();
each('[data-index]', showIndex);
each('[data-events]', eventTable);
each('[data-requests]', requestTable);
showExamples();
