import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'Reservar una cita',
  chooseTime: 'Elija una hora',
  allTimes: 'Ver todas las horas',
  otherTimes: 'Otras horas',
  asOf: 'A las {time}',
  noTimes: 'No hay horas libres en las próximas semanas.',
  timeZone: 'Zona horaria',
  loading: 'Cargando el calendario…',
  slow: 'Está tardando más de lo habitual.',
  openTab: 'Abrir en una pestaña nueva',
  nothingHere: '¿No se ve nada aquí?',
  doubtful: '¿No funciona la reserva aquí?',
  retry: 'Reintentar',
  retrying: 'Lo intentaremos de nuevo en un momento.',
  close: 'Cerrar',
  linked: 'Esta página de reservas se abre en su propia pestaña.',
  show: 'Mostrar el calendario',
  consent: 'El calendario viene de {host}. Se carga cuando usted lo pide.',
  failure: {
    'bad-config': 'Este calendario no está bien configurado.',
    offline: 'Parece que no tiene conexión.',
    'not-found': 'Esta página de reservas ya no existe.',
    'provider-error': 'No se puede acceder a la página de reservas en este momento.',
    timeout: 'La página de reservas no responde.',
    'blocked-csp': 'Este sitio no permite el calendario aquí.',
    refused: 'La página de reservas solo se puede abrir por separado.',
    'blocked-coep': 'Este sitio no permite el calendario aquí.',
    'rate-limited': 'Hay demasiadas personas consultando ahora mismo.',
  },
};

export default strings;
