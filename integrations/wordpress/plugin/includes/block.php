<?php
/**
 * The block.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

const EDITOR_SCRIPT = 'booking-widget-editor';

/**
 * The block's attributes are the widget's options, under the same names.
 */
function block_attributes(): array {
	return array_map(
		function ( array $kind ): array {
			return array( 'type' => 'switch' === $kind['type'] ? 'boolean' : 'string' );
		},
		option_kinds()
	);
}

/**
 * What the block's script in the editor has to know.
 */
function editor_facts(): array {
	return array(
		'script'   => add_query_arg( 'ver', VERSION, script_address() ),
		'kinds'    => option_kinds(),
		'help'     => option_help(),
		'defaults' => (object) settings()['options'],
		'pages'    => array_values( page_patterns() ),
		'noPage'   => no_page_pattern(),
		'others'   => array_values( other_page_patterns() ),
	);
}

/**
 * Writes the block for visitors.
 *
 * @param array $attributes The block's attributes.
 */
function render_block( array $attributes ): string {
	return '<div ' . get_block_wrapper_attributes() . '>' . markup( $attributes ) . '</div>';
}

add_action(
	'init',
	function (): void {
		wp_register_script(
			EDITOR_SCRIPT,
			plugins_url( 'block/edit.js', PLUGIN_FILE ),
			array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n' ),
			VERSION,
			true
		);
		wp_set_script_translations( EDITOR_SCRIPT, 'booking-widget', plugin_dir_path( PLUGIN_FILE ) . 'languages' );
		register_block_type(
			dirname( __DIR__ ) . '/block',
			array(
				'title'           => __( 'Booking widget', 'booking-widget' ),
				'description'     => __( 'A calendar to book a time in: Cal.com, Calendly and other scheduling pages.', 'booking-widget' ),
				'attributes'      => block_attributes(),
				'render_callback' => __NAMESPACE__ . '\render_block',
			)
		);
	}
);

add_action(
	'enqueue_block_editor_assets',
	function (): void {
		wp_add_inline_script( EDITOR_SCRIPT, 'window.bookingWidgetBlock = ' . wp_json_encode( editor_facts(), JSON_HEX_TAG ) . ';', 'before' );
	}
);
