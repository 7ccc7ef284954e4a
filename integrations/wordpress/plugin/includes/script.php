<?php
/**
 * Loads the widget's script on the pages that need it, and on no others.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

const SCRIPT = 'booking-widget';

/**
 * Address of the script, with the site's options in its query: there they survive every optimiser that moves script
 * tags about.
 */
function script_address(): string {
	$settings = settings();
	$query    = without_reports( $settings['options'] );
	if ( $settings['links'] ) {
		$query['links'] = $settings['links'];
	}
	return add_query_arg( array_map( 'rawurlencode', $query ), plugins_url( 'dist/booking-widget.js', PLUGIN_FILE ) );
}

/**
 * Asks for the script on the page that is being made.
 */
function need_script(): void {
	wp_enqueue_script( SCRIPT );
}

/**
 * Whether a piece of a page holds something that the script makes a widget of: the tag, a box, a link with the class,
 * or, where the settings say so, a link to a scheduling page.
 *
 * @param string $html Part of a page.
 */
function needs_script( string $html ): bool {
	if ( preg_match( '~<booking-widget\b|\sdata-booking-src\s*=|\sclass\s*=\s*(["\'])(?:(?!\1).)*(?<![\w-])booking-widget(?![\w-])|\sclass\s*=\s*booking-widget[\s>]~is', $html ) ) {
		return true;
	}
	if ( ! settings()['links'] || ! preg_match_all( '~<a\s[^>]*?\bhref\s*=\s*(["\'])(.*?)\1~is', $html, $links ) ) {
		return false;
	}
	foreach ( $links[2] as $address ) {
		if ( recognize( html_entity_decode( $address, ENT_QUOTES, 'UTF-8' ) ) ) {
			return true;
		}
	}
	return false;
}

/**
 * Hands a piece of a page on as it is, and asks for the script when it is needed there.
 *
 * @param mixed $html Part of a page.
 * @return mixed
 */
function look_through( $html ) {
	if ( is_string( $html ) && ! wp_script_is( SCRIPT, 'enqueued' ) && needs_script( $html ) ) {
		need_script();
	}
	return $html;
}

add_action(
	'init',
	function (): void {
		wp_register_script( SCRIPT, script_address(), array(), VERSION, true );
	}
);

add_action(
	'wp_enqueue_scripts',
	function (): void {
		if ( 'everywhere' === settings()['script'] ) {
			need_script();
		}
	}
);

// Everything that people type ends in one of these: posts, blocks of a theme's templates, widgets and menus.
foreach ( array( 'the_content', 'the_excerpt', 'render_block', 'widget_text', 'widget_custom_html_content', 'widget_block_content', 'wp_nav_menu', 'term_description' ) as $piece ) {
	add_filter( $piece, __NAMESPACE__ . '\look_through', 1000 );
}

// WordPress adds `async` by itself from 6.3 on. The other words ask optimisers to leave these 2 kB alone: a script that
// waits for the visitor's first move cannot show times before it.
add_filter(
	'script_loader_tag',
	function ( string $tag, string $handle ): string {
		return SCRIPT === $handle
			? str_replace( ' src=', ' async data-cfasync="false" data-no-optimize="1" data-no-defer="1" nowprocket src=', $tag )
			: $tag;
	},
	10,
	2
);
