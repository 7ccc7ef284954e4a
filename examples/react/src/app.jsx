import { useRef, useState } from 'react';
import { BookingWidget } from 'booking-widget-element/react';

export function App() {
  const widget = useRef(null);
  const [booked, setBooked] = useState('');
  return (
    <>
      <h1>Meet us</h1>
      <BookingWidget
        ref={widget}
        src="https://cal.com/acme/30min"
        slots={4}
        prefill={{ name: 'Ada' }}
        onBookingBooked={(event) => setBooked(event.bookingId)}
        style={{ display: 'block', minHeight: 640 }}
      />
      <button type="button" onClick={() => widget.current?.refresh()}>
        Refresh
      </button>
      <output>{booked && `Booked: ${booked}`}</output>
    </>
  );
}
