import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'Prenota un appuntamento',
  chooseTime: 'Scegli un orario',
  allTimes: 'Vedi tutti gli orari',
  otherTimes: 'Altri orari',
  asOf: 'Aggiornato alle {time}',
  noTimes: 'Nessun orario libero nelle prossime settimane.',
  timeZone: 'Fuso orario',
  loading: 'Caricamento del calendario…',
  slow: 'Ci vuole più del solito.',
  openTab: 'Apri in una nuova scheda',
  nothingHere: 'Non vedi niente qui?',
  doubtful: 'La prenotazione non funziona qui?',
  retry: 'Riprova',
  retrying: 'Riproviamo da soli tra un momento.',
  close: 'Chiudi',
  linked: 'Questa pagina di prenotazione si apre in una scheda separata.',
  show: 'Mostra il calendario',
  consent: 'Il calendario viene da {host}. Viene caricato quando lo chiedi.',
  failure: {
    'bad-config': 'Questo calendario non è configurato correttamente.',
    offline: 'Sembra che tu sia offline.',
    'not-found': 'Questa pagina di prenotazione non esiste più.',
    'provider-error': 'La pagina di prenotazione non è raggiungibile al momento.',
    timeout: 'La pagina di prenotazione non risponde.',
    'blocked-csp': 'Questo sito non consente il calendario qui.',
    refused: 'La pagina di prenotazione si può aprire solo da sola.',
    'blocked-coep': 'Questo sito non consente il calendario qui.',
    'rate-limited': 'Troppe persone stanno guardando in questo momento.',
  },
};

export default strings;
