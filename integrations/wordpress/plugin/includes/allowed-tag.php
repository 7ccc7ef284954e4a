<?php
/**
 * Lets authors write the tag: WordPress takes unknown tags from everybody who may not post unfiltered markup.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

add_filter(
	'wp_kses_allowed_html',
	/**
	 * Adds the tag to what posts may hold. Addresses in its attributes are checked like all others.
	 *
	 * @param array|mixed $tags Allowed tags.
	 */
	function ( $tags, $context ) {
		if ( 'post' !== $context || ! is_array( $tags ) ) {
			return $tags;
		}
		$shared = array( 'class', 'id', 'style', 'title', 'lang', 'dir', 'name', 'hidden', 'role', 'aria-label', 'aria-labelledby', 'aria-describedby', 'data-*' );

		$tags['booking-widget'] = array_fill_keys( array_merge( array_keys( option_kinds() ), $shared ), true );
		return $tags;
	},
	10,
	2
);

// WordPress checks the scheme of a few attributes only; these hold addresses too.
add_filter(
	'wp_kses_uri_attributes',
	function ( array $names ): array {
		return array_merge( $names, array_diff( ADDRESSES, $names ) );
	}
);
