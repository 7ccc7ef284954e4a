<?php
/**
 * Tells scheduling pages from other addresses.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

/**
 * Whose scheduling page an address is; an empty string for pages of nobody we know. The widget itself decides by the
 * same patterns.
 *
 * @param string $address An absolute address.
 */
function recognize( string $address ): string {
	$parts = wp_parse_url( trim( $address ) );
	if ( ! $parts || empty( $parts['host'] ) || ! in_array( strtolower( $parts['scheme'] ?? '' ), array( 'http', 'https' ), true ) ) {
		return '';
	}
	$page = preg_replace( '~\.$~', '', strtolower( $parts['host'] ) ) . ( $parts['path'] ?? '/' );
	$patterns = preg_match( '~' . no_page_pattern() . '~', $page ) ? array() : page_patterns();
	foreach ( $patterns + other_page_patterns() as $provider => $pattern ) {
		if ( preg_match( '~' . $pattern . '~', $page ) ) {
			return $provider;
		}
	}
	return '';
}
