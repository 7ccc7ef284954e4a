import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'booking-widget-element/define';

/** What a `@Component({ … })` decorator above the class does. */
const App = Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h1>Meet us</h1>
    <booking-widget
      src="https://cal.com/acme/30min"
      [attr.slots]="slots"
      [prefill]="prefill"
      (booking-booked)="onBooked($event)"
      style="display: block; min-height: 640px"
    ><a href="https://cal.com/acme/30min">Book a time</a></booking-widget>
    <output>{{ booked() && 'Booked: ' + booked() }}</output>
  `,
})(
  class {
    slots = 4;
    prefill = { name: 'Ada' };
    booked = signal('');

    onBooked(event) {
      this.booked.set(event.bookingId);
    }
  },
);

await bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
