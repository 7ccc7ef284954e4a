import { fieldsOf, instantOf, textOf } from './foreign-values.js';
import { pagePreset } from './page-preset.js';

/** OnceHub, and what was ScheduleOnce. */
export const oncehub = pagePreset({
  id: 'oncehub',
  name: 'OnceHub',
  can: { ready: 'message', booked: 'documented' },
  height: 700,
  // https://help.oncehub.com/help/url-parameters-syntax-and-and-processing-rules; `phone` is what older pages know.
  answers: { name: 'name', email: 'email', phone: ['mobile_phone', 'phone'] },

  read(message) {
    const { type, payload } = fieldsOf<'type' | 'payload'>(message);
    switch (type) {
      case 'oncehub.booking_calendar.loaded':
        return { type: 'ready' };
      case 'oncehub.booking_calendar.time_slot_selected':
        return { type: 'slot-selected' };
      case 'oncehub.booking.scheduled': {
        const booking = fieldsOf<'id' | 'starting_time'>(payload);
        const start = instantOf(booking.starting_time);
        const id = textOf(booking.id) || start;
        return id ? { type: 'booked', booking: { id, change: 'created', ...(start && { start }) } } : null;
      }
    }
    return null;
  },
});
