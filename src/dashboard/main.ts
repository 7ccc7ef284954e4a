import './dashboard.css';
import { BarListElement } from './bar-list.js';
import { BookingDashboardElement } from './booking-dashboard.js';
import { ChartFigureElement } from './chart-figure.js';
import { CompanionHealthElement } from './companion-health.js';
import { CopyButtonElement } from './copy-button.js';
import { FirstLoadElement } from './first-load.js';
import { KeyFiguresElement } from './key-figures.js';
import { ViewFiltersElement } from './view-filters.js';

customElements.define('bar-list', BarListElement);
customElements.define('chart-figure', ChartFigureElement);
customElements.define('companion-health', CompanionHealthElement);
customElements.define('copy-button', CopyButtonElement);
customElements.define('first-load', FirstLoadElement);
customElements.define('key-figures', KeyFiguresElement);
customElements.define('view-filters', ViewFiltersElement);
customElements.define('booking-dashboard', BookingDashboardElement);
