<?php
/**
 * Which addresses are scheduling pages.
 *
 * Made from the widget's sources by "npm run generate"; a change here is lost.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

/**
 * Patterns for host and path, by the provider whose page they are.
 */
function page_patterns(): array {
	return array(
		'cal' => '^((?!(api|blog|developer|docs|go|help|status)\\.)[\\w-]+\\.)?cal\\.(com|eu)\\/',
		'calendly' => '^(www\\.)?calendly\\.com\\/',
	);
}

/**
 * What schedulers keep on their own host besides scheduling pages.
 */
function no_page_pattern(): string {
	return '^[^/]+\\/+($|(about|apps?|auth|blog|docs|help|login|pricing|privacy|signup|terms)(\\/|$))';
}
