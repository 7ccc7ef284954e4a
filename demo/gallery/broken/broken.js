import { showExamples } from '../examples.js';

showExamples();
if (new URLSearchParams(location.search).has('patience'))
  for (const widget of document.querySelectorAll('booking-widget')) {
    widget.removeAttribute('timeout');
    widget.removeAttribute('retries');
  }
