import { render } from 'preact';
import { useState } from 'preact/hooks';
import 'booking-widget-element/define';

function App() {
  const [booked, setBooked] = useState('');
  return (
    <>
      <h1>Meet us</h1>
      <booking-widget
        src="https://cal.com/acme/30min"
        slots={4}
        prefill={{ name: 'Ada' }}
        onbooking-booked={(event) => setBooked(event.bookingId)}
        style="display:block;min-height:640px"
      >
        <a href="https://cal.com/acme/30min">Book a time</a>
      </booking-widget>
      <output>{booked && `Booked: ${booked}`}</output>
    </>
  );
}

render(<App />, document.getElementById('root'));
