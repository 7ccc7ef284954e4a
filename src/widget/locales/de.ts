import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'Termin buchen',
  chooseTime: 'Zeit wählen',
  allTimes: 'Alle Zeiten anzeigen',
  otherTimes: 'Andere Zeiten',
  asOf: 'Stand {time}',
  noTimes: 'In den nächsten Wochen ist nichts frei.',
  timeZone: 'Zeitzone',
  loading: 'Der Kalender wird geladen …',
  slow: 'Das dauert länger als sonst.',
  openTab: 'In neuem Tab öffnen',
  nothingHere: 'Hier ist nichts zu sehen?',
  doubtful: 'Die Buchung klappt hier nicht?',
  retry: 'Erneut versuchen',
  retrying: 'Wir versuchen es gleich von selbst noch einmal.',
  close: 'Schließen',
  linked: 'Diese Buchungsseite öffnet sich in einem eigenen Tab.',
  show: 'Kalender anzeigen',
  consent: 'Der Kalender kommt von {host}. Er wird erst geladen, wenn Sie ihn öffnen.',
  failure: {
    'bad-config': 'Dieser Kalender ist nicht richtig eingerichtet.',
    offline: 'Sie sind anscheinend offline.',
    'not-found': 'Diese Buchungsseite gibt es nicht mehr.',
    'provider-error': 'Die Buchungsseite ist gerade nicht erreichbar.',
    timeout: 'Die Buchungsseite antwortet nicht.',
    'blocked-csp': 'Diese Website lässt den Kalender hier nicht zu.',
    refused: 'Die Buchungsseite lässt sich nur für sich allein öffnen.',
    'blocked-coep': 'Diese Website lässt den Kalender hier nicht zu.',
    'rate-limited': 'Gerade sehen zu viele Menschen gleichzeitig nach.',
  },
};

export default strings;
