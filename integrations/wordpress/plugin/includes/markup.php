<?php
/**
 * Writes the widget's tag.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

/**
 * The tag with its link inside, which is what visitors get without script, in feeds and in mail. Asks for the script.
 *
 * @param array  $written Options as they were written, by name; blanks and unknown names are left out.
 * @param string $text    Text of the link. Default: the label, or "Book a time".
 */
function markup( array $written, string $text = '' ): string {
	$kinds   = option_kinds();
	$options = settings()['options'];
	foreach ( $written as $name => $value ) {
		if ( ! isset( $kinds[ $name ] ) || ! is_scalar( $value ) ) {
			continue;
		}
		if ( 'switch' === $kinds[ $name ]['type'] ) {
			$options[ $name ] = is_bool( $value ) ? ( $value ? '1' : '' ) : read_option( $name, (string) $value );
		} elseif ( '' !== trim( (string) $value ) ) {
			$options[ $name ] = trim( (string) $value );
		}
	}
	$src = read_address( $options['src'] ?? '' );
	if ( '' === $src ) {
		return not_an_address( $options['src'] ?? '', $text );
	}
	need_script();
	$options['src'] = $src;
	$text           = '' === trim( $text ) ? ( $options['label'] ?? __( 'Book a time', 'booking-widget' ) ) : $text;
	$attributes     = '';
	foreach ( without_reports( $options ) as $name => $value ) {
		if ( 'switch' === $kinds[ $name ]['type'] ) {
			// Off has to be said where the site's default is on.
			$attributes .= $value ? ' ' . $name : ( isset( settings()['options'][ $name ] ) ? ' ' . $name . '="off"' : '' );
		} elseif ( in_array( $name, ADDRESSES, true ) ) {
			$attributes .= ' ' . $name . '="' . esc_url( read_address( $value ) ) . '"';
		} else {
			$attributes .= ' ' . $name . '="' . esc_attr( $value ) . '"';
		}
	}
	return '<booking-widget' . $attributes . place( $options ) . '><a href="' . esc_url( $src ) . '">' . esc_html( $text ) . '</a></booking-widget>';
}

/**
 * Keeps the place of a widget in the flow of the page, so that nothing moves when the script arrives.
 *
 * @param array $options Options that hold.
 */
function place( array $options ): string {
	if ( in_array( strtolower( $options['mode'] ?? '' ), array( 'popup', 'floating' ), true ) ) {
		return '';
	}
	$height = preg_match( '~^\d+~', $options['height'] ?? '', $pixels ) ? (int) $pixels[0] : 640;
	return ' style="display:block;min-height:' . $height . 'px"';
}

/**
 * What stands in the place of a widget without an address: for visitors the text, for those who can mend it the reason.
 *
 * @param string $src  The address as it was written.
 * @param string $text Text of the link.
 */
function not_an_address( string $src, string $text ): string {
	if ( ! current_user_can( 'edit_posts' ) ) {
		return esc_html( $text );
	}
	$reason = '' === trim( $src )
		? __( 'Booking widget: the address of the scheduling page (src) is missing. Only people who can edit see this.', 'booking-widget' )
		/* translators: %s: what was written as the address */
		: sprintf( __( 'Booking widget: src “%s” is not a web address. Only people who can edit see this.', 'booking-widget' ), $src );
	return '<p class="booking-widget-note">' . esc_html( $reason ) . '</p>' . esc_html( $text );
}
