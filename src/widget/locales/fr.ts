import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'Prendre rendez-vous',
  chooseTime: 'Choisir un horaire',
  allTimes: 'Voir tous les horaires',
  otherTimes: 'Autres horaires',
  asOf: 'État à {time}',
  noTimes: 'Aucun horaire libre dans les prochaines semaines.',
  timeZone: 'Fuseau horaire',
  loading: 'Chargement du calendrier…',
  slow: 'C’est plus long que d’habitude.',
  openTab: 'Ouvrir dans un nouvel onglet',
  nothingHere: 'Rien ne s’affiche ici ?',
  doubtful: 'La réservation ne fonctionne pas ici ?',
  retry: 'Réessayer',
  retrying: 'Nous réessayons dans un instant.',
  close: 'Fermer',
  linked: 'Cette page de réservation s’ouvre dans son propre onglet.',
  show: 'Afficher le calendrier',
  consent: 'Le calendrier vient de {host}. Il n’est chargé qu’à votre demande.',
  failure: {
    'bad-config': 'Ce calendrier n’est pas configuré correctement.',
    offline: 'Vous semblez être hors ligne.',
    'not-found': 'Cette page de réservation n’existe plus.',
    'provider-error': 'La page de réservation est injoignable pour le moment.',
    timeout: 'La page de réservation ne répond pas.',
    'blocked-csp': 'Ce site n’autorise pas le calendrier ici.',
    refused: 'La page de réservation ne peut être ouverte que seule.',
    'blocked-coep': 'Ce site n’autorise pas le calendrier ici.',
    'rate-limited': 'Trop de personnes regardent en ce moment.',
  },
};

export default strings;
