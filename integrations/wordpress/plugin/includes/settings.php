<?php
/**
 * What the site owner has chosen for the whole site.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

/** Name of the one row that the plugin keeps in the database. */
const SETTINGS = 'booking_widget';

/** Options that hold an address. */
const ADDRESSES = array( 'src', 'api', 'companion', 'metrics-endpoint' );

/**
 * Options that make sense for a whole site: what is prefilled belongs to one visitor.
 */
function site_options(): array {
	return array_filter(
		option_kinds(),
		function ( string $name ): bool {
			return 0 !== strpos( $name, 'prefill-' );
		},
		ARRAY_FILTER_USE_KEY
	);
}

/**
 * The settings: `options` by their names, what is not set left out; `links` and `script`.
 */
function settings(): array {
	$kept = get_option( SETTINGS );
	$kept = is_array( $kept ) ? $kept : array();
	return array(
		'options' => isset( $kept['options'] ) && is_array( $kept['options'] ) ? array_intersect_key( $kept['options'], site_options() ) : array(),
		'links'   => 'popup' === ( $kept['links'] ?? '' ) ? 'popup' : '',
		'script'  => 'everywhere' === ( $kept['script'] ?? '' ) ? 'everywhere' : 'needed',
	);
}

/**
 * Makes an address of what somebody wrote, `cal.com/jane` included. Empty where that is not an http(s) address.
 *
 * @param string $written As it was written or pasted.
 */
function read_address( string $written ): string {
	$address = trim( html_entity_decode( $written, ENT_QUOTES, 'UTF-8' ) );
	if ( preg_match( '~^[\w-]+(\.[\w-]+)+(:\d+)?(/|$)~', $address ) ) {
		$address = 'https://' . $address;
	}
	return preg_match( '~^https?://[^/?#\s]~i', $address ) ? esc_url_raw( $address, array( 'http', 'https' ) ) : '';
}

/**
 * Reads one written option. Null means junk; an empty string means that nothing is set.
 *
 * @param string $name    The option.
 * @param string $written As it was written.
 */
function read_option( string $name, string $written ): ?string {
	$kind = option_kinds()[ $name ] ?? null;
	$text = sanitize_text_field( $written );
	if ( null === $kind ) {
		return null;
	}
	if ( 'switch' === $kind['type'] ) {
		return preg_match( '~^(false|off|no|0)$~i', $text ) ? '' : '1';
	}
	if ( '' === $text ) {
		return '';
	}
	if ( 'word' === $kind['type'] ) {
		return in_array( strtolower( $text ), $kind['values'], true ) ? strtolower( $text ) : null;
	}
	if ( 'number' === $kind['type'] ) {
		return is_numeric( $text ) && $text >= $kind['min'] && $text <= $kind['max'] ? $text : null;
	}
	if ( in_array( $name, ADDRESSES, true ) ) {
		$address = read_address( $written );
		return '' === $address ? null : $address;
	}
	return $text;
}

/**
 * Load reports are sent only where the site owner has asked for them: a companion server alone does not mean that.
 *
 * @param array $options Options that hold, by name.
 */
function without_reports( array $options ): array {
	if ( empty( $options['metrics-endpoint'] ) && ! isset( $options['sample-rate'] ) && ! empty( $options['companion'] ) ) {
		$options['sample-rate'] = '0';
	}
	return $options;
}
