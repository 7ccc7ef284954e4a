import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import 'booking-widget-element/define';

function App() {
  const [booked, setBooked] = createSignal('');
  return (
    <>
      <h1>Meet us</h1>
      <booking-widget
        src="https://cal.com/acme/30min"
        slots={4}
        prop:prefill={{ name: 'Ada' }}
        on:booking-booked={(event) => setBooked(event.bookingId)}
        style="display:block;min-height:640px"
      >
        <a href="https://cal.com/acme/30min">Book a time</a>
      </booking-widget>
      <output>{booked() && `Booked: ${booked()}`}</output>
    </>
  );
}

render(() => <App />, document.getElementById('root'));
