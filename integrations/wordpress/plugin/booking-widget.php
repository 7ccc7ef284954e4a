<?php
/**
 * Plugin Name:       Booking Widget
 * Description:       Puts any scheduling page (Cal.com, Calendly and others) on your site: paste its link, add the block or write the shortcode.
 * Version:           0.0.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       booking-widget
 * Domain Path:       /languages
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

const VERSION     = '0.0.0'; // Building the zip writes the package's version here and above.
const PLUGIN_FILE = __FILE__;

require __DIR__ . '/includes/vocabulary.php';
require __DIR__ . '/includes/scheduling-pages.php';
require __DIR__ . '/includes/recognize.php';
require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/script.php';
require __DIR__ . '/includes/markup.php';
require __DIR__ . '/includes/shortcode.php';
require __DIR__ . '/includes/embed.php';
require __DIR__ . '/includes/block.php';
require __DIR__ . '/includes/allowed-tag.php';
if ( is_admin() ) {
	require __DIR__ . '/includes/settings-page.php';
	require __DIR__ . '/includes/privacy.php';
}

add_action(
	'init',
	function (): void {
		load_plugin_textdomain( 'booking-widget', false, dirname( plugin_basename( PLUGIN_FILE ) ) . '/languages' );
	},
	5
);
