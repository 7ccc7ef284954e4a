import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'Marcar um horário',
  chooseTime: 'Escolha um horário',
  allTimes: 'Ver todos os horários',
  otherTimes: 'Outros horários',
  asOf: 'Às {time}',
  noTimes: 'Não há horários livres nas próximas semanas.',
  timeZone: 'Fuso horário',
  loading: 'A carregar o calendário…',
  slow: 'Está a demorar mais do que o habitual.',
  openTab: 'Abrir num novo separador',
  nothingHere: 'Não se vê nada aqui?',
  doubtful: 'A reserva não funciona aqui?',
  retry: 'Tentar novamente',
  retrying: 'Vamos tentar de novo dentro de momentos.',
  close: 'Fechar',
  linked: 'Esta página de reservas abre num separador próprio.',
  show: 'Mostrar o calendário',
  consent: 'O calendário vem de {host}. Só é carregado quando o pedir.',
  failure: {
    'bad-config': 'Este calendário não está bem configurado.',
    offline: 'Parece estar sem ligação.',
    'not-found': 'Esta página de marcações já não existe.',
    'provider-error': 'A página de marcações não está acessível neste momento.',
    timeout: 'A página de marcações não responde.',
    'blocked-csp': 'Este site não permite o calendário aqui.',
    refused: 'A página de marcações só pode ser aberta à parte.',
    'blocked-coep': 'Este site não permite o calendário aqui.',
    'rate-limited': 'Há demasiadas pessoas a consultar neste momento.',
  },
};

export default strings;
