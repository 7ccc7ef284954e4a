<?php
/**
 * Takes away what the plugin has kept: one row of settings, on every site of a network.
 *
 * @package booking-widget
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $booking_widget_site ) {
		delete_blog_option( $booking_widget_site, 'booking_widget' );
	}
} else {
	delete_option( 'booking_widget' );
}
