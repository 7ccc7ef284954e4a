<?php
/**
 * The page under Settings where the site's defaults are kept.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

const PAGE = 'booking-widget';

/** What most sites want to set; everything else is folded away below. */
const MAIN_OPTIONS = array( 'src', 'mode', 'label', 'theme', 'accent', 'height', 'consent' );

/**
 * Reads the form. What cannot be used is named in a message, and what was set before stays.
 *
 * @param mixed $posted As WordPress hands it over.
 */
function sanitize_settings( $posted ): array {
	$posted  = is_array( $posted ) ? $posted : array();
	$written = isset( $posted['options'] ) && is_array( $posted['options'] ) ? $posted['options'] : array();
	$before  = settings()['options'];
	$options = array();
	foreach ( site_options() as $name => $kind ) {
		$value = isset( $written[ $name ] ) && is_scalar( $written[ $name ] ) ? (string) $written[ $name ] : '';
		if ( 'switch' === $kind['type'] ) {
			$value = '' === $value ? '0' : $value;
		}
		$read = read_option( $name, $value );
		if ( null === $read ) {
			add_settings_error(
				SETTINGS,
				'booking-widget-' . $name,
				/* translators: 1: name of an option, 2: what was written */
				sprintf( __( '%1$s: “%2$s” cannot be used, so this option is as it was before.', 'booking-widget' ), $name, sanitize_text_field( $value ) )
			);
			$read = $before[ $name ] ?? '';
		}
		if ( '' !== $read ) {
			$options[ $name ] = $read;
		}
	}
	return array(
		'options' => $options,
		'links'   => 'popup' === ( $posted['links'] ?? '' ) ? 'popup' : '',
		'script'  => 'everywhere' === ( $posted['script'] ?? '' ) ? 'everywhere' : 'needed',
	);
}

/**
 * Draws the field of one option.
 *
 * @param array $field Its `name` and `kind`.
 */
function draw_option( array $field ): void {
	$name  = $field['name'];
	$kind  = $field['kind'];
	$value = settings()['options'][ $name ] ?? '';
	$id    = 'booking-widget-' . $name;
	$key   = SETTINGS . '[options][' . $name . ']';
	if ( 'switch' === $kind['type'] ) {
		printf( '<input type="checkbox" id="%s" name="%s" value="1" aria-describedby="%s"%s>', esc_attr( $id ), esc_attr( $key ), esc_attr( $id . '-help' ), checked( $value, '1', false ) );
	} elseif ( 'word' === $kind['type'] ) {
		printf( '<select id="%s" name="%s" aria-describedby="%s">', esc_attr( $id ), esc_attr( $key ), esc_attr( $id . '-help' ) );
		/* translators: %s: the word that holds when nothing is chosen */
		$unset = $kind['default'] ? sprintf( __( 'Default (%s)', 'booking-widget' ), $kind['default'] ) : __( 'Default', 'booking-widget' );
		foreach ( array_unique( array_merge( array( '' ), $kind['values'] ) ) as $word ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $word ), selected( $value, $word, false ), esc_html( '' === $word ? $unset : $word ) );
		}
		echo '</select>';
	} else {
		printf( '<input type="text" class="regular-text" id="%s" name="%s" value="%s" placeholder="%s" aria-describedby="%s">', esc_attr( $id ), esc_attr( $key ), esc_attr( $value ), esc_attr( $kind['default'] ), esc_attr( $id . '-help' ) );
	}
	printf( '<p class="description" id="%s">%s</p>', esc_attr( $id . '-help' ), esc_html( option_help()[ $name ] ) );
}

/**
 * Draws the page.
 */
function draw_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$settings = settings();
	?>
	<div class="wrap">
		<h1><?php esc_html_e( 'Booking Widget', 'booking-widget' ); ?></h1>
		<p><?php esc_html_e( 'Paste the link of your scheduling page on a line of its own, add the block “Booking widget”, or write the shortcode. What is set here holds for all of them where they say nothing else.', 'booking-widget' ); ?></p>
		<p><code>[booking_widget src="https://cal.com/acme/30min"]</code></p>
		<form action="options.php" method="post">
			<?php settings_fields( PAGE ); ?>
			<table class="form-table" role="presentation"><?php do_settings_fields( PAGE, 'main' ); ?>
				<tr>
					<th scope="row"><?php esc_html_e( 'Links to scheduling pages', 'booking-widget' ); ?></th>
					<td><label><input type="checkbox" name="<?php echo esc_attr( SETTINGS ); ?>[links]" value="popup"<?php checked( $settings['links'], 'popup' ); ?>> <?php esc_html_e( 'Open every link to a scheduling page in a dialog', 'booking-widget' ); ?></label></td>
				</tr>
				<tr>
					<th scope="row"><?php esc_html_e( 'Script', 'booking-widget' ); ?></th>
					<td><label><input type="checkbox" name="<?php echo esc_attr( SETTINGS ); ?>[script]" value="everywhere"<?php checked( $settings['script'], 'everywhere' ); ?>> <?php esc_html_e( 'Load it on every page, not only where a widget was found. For widgets that a theme or a page builder writes.', 'booking-widget' ); ?></label></td>
				</tr>
			</table>
			<details>
				<summary><h2 style="display:inline"><?php esc_html_e( 'More options', 'booking-widget' ); ?></h2></summary>
				<table class="form-table" role="presentation"><?php do_settings_fields( PAGE, 'more' ); ?></table>
			</details>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}

add_action(
	'admin_init',
	function (): void {
		register_setting(
			PAGE,
			SETTINGS,
			array(
				'type'              => 'array',
				'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings',
				'show_in_rest'      => false,
			)
		);
		foreach ( site_options() as $name => $kind ) {
			add_settings_field(
				'booking-widget-' . $name,
				$name,
				__NAMESPACE__ . '\draw_option',
				PAGE,
				in_array( $name, MAIN_OPTIONS, true ) ? 'main' : 'more',
				array(
					'name'      => $name,
					'kind'      => $kind,
					'label_for' => 'booking-widget-' . $name,
				)
			);
		}
	}
);

add_action(
	'admin_menu',
	function (): void {
		add_options_page( __( 'Booking Widget', 'booking-widget' ), __( 'Booking Widget', 'booking-widget' ), 'manage_options', PAGE, __NAMESPACE__ . '\draw_page' );
	}
);

add_filter(
	'plugin_action_links_' . plugin_basename( PLUGIN_FILE ),
	function ( array $links ): array {
		$address = admin_url( 'options-general.php?page=' . PAGE );
		array_unshift( $links, '<a href="' . esc_url( $address ) . '">' . esc_html__( 'Settings', 'booking-widget' ) . '</a>' );
		return $links;
	}
);
