import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'Plan een afspraak',
  chooseTime: 'Kies een tijd',
  allTimes: 'Alle tijden bekijken',
  otherTimes: 'Andere tijden',
  asOf: 'Stand van {time}',
  noTimes: 'De komende weken is er niets vrij.',
  timeZone: 'Tijdzone',
  loading: 'De agenda wordt geladen…',
  slow: 'Dit duurt langer dan normaal.',
  openTab: 'Openen in een nieuw tabblad',
  nothingHere: 'Is hier niets te zien?',
  doubtful: 'Lukt het boeken hier niet?',
  retry: 'Opnieuw proberen',
  retrying: 'We proberen het zo vanzelf opnieuw.',
  close: 'Sluiten',
  linked: 'Deze boekingspagina opent in een eigen tabblad.',
  show: 'Agenda tonen',
  consent: 'De agenda komt van {host}. Hij wordt pas geladen als u erom vraagt.',
  failure: {
    'bad-config': 'Deze agenda is niet goed ingesteld.',
    offline: 'U lijkt offline te zijn.',
    'not-found': 'Deze boekingspagina bestaat niet meer.',
    'provider-error': 'De boekingspagina is nu niet bereikbaar.',
    timeout: 'De boekingspagina antwoordt niet.',
    'blocked-csp': 'Deze website staat de agenda hier niet toe.',
    refused: 'De boekingspagina kan alleen apart worden geopend.',
    'blocked-coep': 'Deze website staat de agenda hier niet toe.',
    'rate-limited': 'Er kijken nu te veel mensen tegelijk.',
  },
};

export default strings;
