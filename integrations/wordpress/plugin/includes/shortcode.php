<?php
/**
 * The shortcode, under both spellings: [booking_widget src="…"] and [booking-widget src="…"].
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

/**
 * Writes the widget for a shortcode. Options may be written with `_` for `-`; an address and switches need no name:
 * [booking_widget https://cal.com/jane hide-details].
 *
 * @param array|string $written Attributes as WordPress parsed them; a string when there are none.
 * @param string|null  $content Text between the opening and the closing tag.
 */
function shortcode( $written, $content = '' ): string {
	$options = array();
	foreach ( (array) $written as $name => $value ) {
		if ( is_int( $name ) ) {
			$name  = false !== strpos( $value, '/' ) ? 'src' : $value;
			$value = 'src' === $name ? $value : '1';
		}
		$options[ str_replace( '_', '-', strtolower( $name ) ) ] = html_entity_decode( $value, ENT_QUOTES, 'UTF-8' );
	}
	return markup( $options, wp_strip_all_tags( (string) $content, true ) );
}

add_action(
	'init',
	function (): void {
		add_shortcode( 'booking_widget', __NAMESPACE__ . '\shortcode' );
		add_shortcode( 'booking-widget', __NAMESPACE__ . '\shortcode' );
	}
);
