<?php
/**
 * The widget’s options: the same words as its attributes.
 *
 * Made from the widget's sources by "npm run generate"; a change here is lost.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

/**
 * How each option is written: type, default, and words or bounds where it has some.
 */
function option_kinds(): array {
	return array(
		'src' => array( 'type' => 'text', 'default' => '' ),
		'provider' => array( 'type' => 'text', 'default' => '' ),
		'api' => array( 'type' => 'text', 'default' => '' ),
		'mode' => array( 'type' => 'word', 'default' => 'inline', 'values' => array( 'inline', 'popup', 'floating' ) ),
		'loading' => array( 'type' => 'word', 'default' => 'lazy', 'values' => array( 'lazy', 'eager', 'interaction' ) ),
		'availability' => array( 'type' => 'word', 'default' => 'auto', 'values' => array( 'auto', 'off' ) ),
		'companion' => array( 'type' => 'text', 'default' => '' ),
		'metrics-endpoint' => array( 'type' => 'text', 'default' => '' ),
		'sample-rate' => array( 'type' => 'number', 'default' => '1', 'min' => 0, 'max' => 1 ),
		'consent' => array( 'type' => 'word', 'default' => 'granted', 'values' => array( 'granted', 'required' ) ),
		'prepare' => array( 'type' => 'word', 'default' => 'intent', 'values' => array( 'intent', 'idle', 'none' ) ),
		'theme' => array( 'type' => 'word', 'default' => '', 'values' => array( '', 'light', 'dark', 'auto' ) ),
		'accent' => array( 'type' => 'text', 'default' => '' ),
		'layout' => array( 'type' => 'text', 'default' => '' ),
		'hide-details' => array( 'type' => 'switch', 'default' => '' ),
		'prefill-name' => array( 'type' => 'text', 'default' => '' ),
		'prefill-first-name' => array( 'type' => 'text', 'default' => '' ),
		'prefill-last-name' => array( 'type' => 'text', 'default' => '' ),
		'prefill-email' => array( 'type' => 'text', 'default' => '' ),
		'prefill-phone' => array( 'type' => 'text', 'default' => '' ),
		'prefill-notes' => array( 'type' => 'text', 'default' => '' ),
		'prefill-guests' => array( 'type' => 'text', 'default' => '' ),
		'forward-params' => array( 'type' => 'text', 'default' => 'utm_source utm_medium utm_campaign utm_term utm_content' ),
		'time-zone' => array( 'type' => 'text', 'default' => '' ),
		'height' => array( 'type' => 'text', 'default' => 'auto' ),
		'label' => array( 'type' => 'text', 'default' => '' ),
		'slots' => array( 'type' => 'number', 'default' => '6', 'min' => 1, 'max' => 60 ),
		'preferred' => array( 'type' => 'text', 'default' => '' ),
		'reserve' => array( 'type' => 'switch', 'default' => '' ),
		'booking' => array( 'type' => 'word', 'default' => 'auto', 'values' => array( 'auto', 'frame' ) ),
		'privacy-url' => array( 'type' => 'text', 'default' => '' ),
		'timeout' => array( 'type' => 'number', 'default' => '20', 'min' => 0.1, 'max' => 300 ),
		'retries' => array( 'type' => 'number', 'default' => '3', 'min' => 0, 'max' => 10 ),
		'data-layer' => array( 'type' => 'switch', 'default' => '' ),
		'debug' => array( 'type' => 'switch', 'default' => '' ),
	);
}

/**
 * What each option means, in the language of the site.
 */
function option_help(): array {
	return array(
		'src' => __( 'Address of the scheduling page. The provider is recognised from it. Default: the link inside the element.', 'booking-widget' ),
		'provider' => __( 'Which provider this is, for addresses that do not show it (self-hosted, or on a domain of your own), such as cal or hubspot; the readme lists all. plain frames any page as it is.', 'booking-widget' ),
		'api' => __( 'Base URL of the provider\'s API, for self-hosted instances. Default: the provider\'s own.', 'booking-widget' ),
		'mode' => __( 'inline: in the flow of the page; popup: in a dialog that a button or link opens; floating: a button fixed to a corner that opens the dialog.', 'booking-widget' ),
		'loading' => __( 'When the scheduling page may load: near the viewport (200 px ahead); at once; only when the visitor picks a time or asks for the calendar.', 'booking-widget' ),
		'availability' => __( 'Whether slots are shown natively, from the cache and the provider\'s API or the companion.', 'booking-widget' ),
		'companion' => __( 'Base URL of a companion server.', 'booking-widget' ),
		'metrics-endpoint' => __( 'Where load reports are sent. Default: the companion\'s; with neither, nothing is sent.', 'booking-widget' ),
		'sample-rate' => __( 'Share of page loads that report, from 0 to 1. Default 1.', 'booking-widget' ),
		'consent' => __( 'With required nothing third-party is contacted before grant() or a press on the facade; a value that means nothing counts as required.', 'booking-widget' ),
		'prepare' => __( 'When what a popup needs is prepared: on hover, focus or touch; when the page is idle; never.', 'booking-widget' ),
		'theme' => __( 'Colours of the widget and of the scheduling page, in the provider\'s own words. Default: the page\'s own.', 'booking-widget' ),
		'accent' => __( 'Accent colour, as a CSS colour, handed to the provider where it takes one.', 'booking-widget' ),
		'layout' => __( 'Layout of the scheduling page, in the provider\'s own words (Cal.com: month_view, week_view, column_view).', 'booking-widget' ),
		'hide-details' => __( 'Leaves out the event\'s description in the scheduling page.', 'booking-widget' ),
		'prefill-name' => __( 'The visitor\'s name, where the page knows it.', 'booking-widget' ),
		'prefill-first-name' => __( 'The visitor\'s first name, for event types that ask for it apart.', 'booking-widget' ),
		'prefill-last-name' => __( 'The visitor\'s last name, for event types that ask for it apart.', 'booking-widget' ),
		'prefill-email' => __( 'The visitor\'s e-mail address.', 'booking-widget' ),
		'prefill-phone' => __( 'The visitor\'s phone number.', 'booking-widget' ),
		'prefill-notes' => __( 'Notes for the host.', 'booking-widget' ),
		'prefill-guests' => __( 'E-mail addresses of further guests, separated by spaces or commas.', 'booking-widget' ),
		'forward-params' => __( 'Names of parameters in the page\'s address that are passed on to the scheduling page, or none. Of the utm_*, those of the visit\'s first campaign are passed on. Default: the five utm_*.', 'booking-widget' ),
		'time-zone' => __( 'IANA name of the zone slots are shown in. Default: the visitor\'s.', 'booking-widget' ),
		'height' => __( 'auto follows the scheduling page\'s height, grow only upwards, a CSS length (a bare number is pixels) fixes it.', 'booking-widget' ),
		'label' => __( 'Name of the frame and text of the launcher. Default: the text of the link inside.', 'booking-widget' ),
		'slots' => __( 'How many slots to show, 1 to 60. Default 6.', 'booking-widget' ),
		'preferred' => __( 'A time the visitor would like, as an ISO 8601 date-time: the slots nearest to it are shown first.', 'booking-widget' ),
		'reserve' => __( 'Holds a chosen slot for the visitor while they fill in the form, where the provider lets a browser do that (Cal.com: five minutes). Released when they leave it.', 'booking-widget' ),
		'booking' => __( 'Where a chosen slot is booked: auto in the widget\'s own form where the provider takes bookings by API and the event type needs nothing that the form cannot do, else on the provider\'s page; frame always on the provider\'s page.', 'booking-widget' ),
		'privacy-url' => __( 'Address of the site owner\'s privacy notice, linked beside the booking form.', 'booking-widget' ),
		'timeout' => __( 'Seconds after which a scheduling page that is not ready counts as failed, 0.1 to 300. Default 20.', 'booking-widget' ),
		'retries' => __( 'How often a transient failure is retried automatically, 0 to 10. Default 3.', 'booking-widget' ),
		'data-layer' => __( 'Pushes the widget\'s events to window.dataLayer for tag managers.', 'booking-widget' ),
		'debug' => __( 'Says in the console what the widget does and why, for the site owner.', 'booking-widget' ),
	);
}
