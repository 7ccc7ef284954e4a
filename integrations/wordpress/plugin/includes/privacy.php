<?php
/**
 * Suggests words for the site's privacy policy.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

add_action(
	'admin_init',
	function (): void {
		wp_add_privacy_policy_content(
			__( 'Booking Widget', 'booking-widget' ),
			wpautop( esc_html__( 'On pages with a booking calendar your browser contacts the scheduling service that the calendar belongs to, which then learns your IP address and the page you are on, as with any embedded content. What you enter in the calendar goes to that service. This site keeps bookable times in your browser, so that they show faster next time; it sets no cookies for that and sends no statistics unless we say so here.', 'booking-widget' ) )
		);
	}
);
