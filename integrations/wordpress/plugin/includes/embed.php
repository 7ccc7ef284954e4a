<?php
/**
 * Makes a widget of a scheduling page's link that stands alone on a line.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

add_action(
	'init',
	function (): void {
		wp_embed_register_handler(
			'booking-widget',
			'~^https?://\S+$~i',
			/**
			 * Returns false for addresses that are none of ours, so that WordPress asks the next handler.
			 *
			 * @return string|false
			 */
			function ( array $matches ) {
				$address = html_entity_decode( $matches[0], ENT_QUOTES, 'UTF-8' );
				return recognize( $address ) ? markup( array( 'src' => $address ) ) : false;
			}
		);
	}
);
