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
		'cal' => '^(?:([\\w-]+)\\.)?cal\\.(com|eu)(?:\\/|$)',
		'calendly' => '^(?:www\\.)?calendly\\.com(?:\\/|$)',
	);
}

/**
 * What those keep on their own host besides scheduling pages.
 */
function no_page_pattern(): string {
	return '^([^/]+\\/+($|(about|apps?|auth|blog|docs|help|login|pricing|privacy|signup|terms)(\\/|$))|(api|blog|developer|docs|go|help|status)\\.cal\\.)';
}

/**
 * The same for all others; these tell themselves what is no page.
 */
function other_page_patterns(): array {
	return array(
		'hubspot' => '^(?:meetings(-[a-z]+\\d*)?\\.hubspot\\.com/+[^/]|app(-\\w+)?\\.hubspot\\.com/meetings/+[^/])',
		'acuity' => '^(?:(app\\.|www\\.)?(acuity|squarespace)scheduling\\.com/(schedule|catalog)(\\.php|/|$)|(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.((acuity|squarespace)scheduling\\.com|as\\.me)/)',
		'oncehub' => '^(?:(go\\.|www\\.)?oncehub\\.com/+(?!(?:about|apps?|auth|blog|compare|contact|docs|enterprise|features|help|integrations|legal|login|pricing|privacy|security|sign-?in|sign-?up|support|templates|terms)(?:/|$))[^/]|(secure\\.|go\\.|(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.)scheduleonce\\.com/+(?!(?:about|apps?|auth|blog|compare|contact|docs|enterprise|features|help|integrations|legal|login|pricing|privacy|security|sign-?in|sign-?up|support|templates|terms)(?:/|$))[^/])',
		'google' => '^(?:calendar\\.google\\.com/calendar/(u/\\d+/)?appointments/(schedules/[\\w-]|(?!schedules/)[\\w-]{8,}))',
		'microsoft' => '^(?:outlook\\.office(365)?\\.com/(owa/calendar/[^/]+/bookings(/|$)|(book|bookwithme)/+[^/])|book\\.ms/[^/])',
		'tidycal' => '^(?:(www\\.)?tidycal\\.com/+(?!(?:about|apps?|auth|blog|compare|contact|docs|enterprise|features|help|integrations|legal|login|pricing|privacy|security|sign-?in|sign-?up|support|templates|terms)(?:/|$))[^/])',
		'zcal' => '^(?:(www\\.)?zcal\\.co/+(?!(?:about|apps?|auth|blog|compare|contact|docs|enterprise|features|help|integrations|legal|login|pricing|privacy|security|sign-?in|sign-?up|support|templates|terms)(?:/|$))[^/])',
		'youcanbookme' => '^(?:(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.(youcanbook|ycb)\\.me/)',
		'leadconnector' => '^(?:(api|link)\\.(leadconnectorhq|msgsndr)\\.com/widget/(bookings?|groups?)/+[^/])',
		'savvycal' => '^(?:(www\\.)?savvycal\\.com/+(?!(?:about|apps?|auth|blog|compare|contact|docs|enterprise|features|help|integrations|legal|login|pricing|privacy|security|sign-?in|sign-?up|support|templates|terms)(?:/|$))[^/])',
		'koalendar' => '^(?:(www\\.)?koalendar\\.com/(e|u|events)/+[^/])',
		'zoho' => '^(?:(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.zohobookings\\.(com(\\.(au|cn))?|eu|in|jp|ca|sa)/)',
		'setmore' => '^(?:booking\\.setmore\\.com/scheduleappointment/+[^/]|my\\.setmore\\.com/bookingpage/+[^/]|(?!(booking|my)\\.)(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.setmore\\.com/)',
		'simplybook' => '^(?:(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.simplybook\\.(me|it|asia|pro|plus|vip)/)',
		'zoom' => '^(?:scheduler\\.zoom\\.us/+[^/])',
		'appointlet' => '^(?:(www\\.)?appt\\.link/+[^/]|(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.appointlet\\.com/)',
		'chilipiper' => '^(?:[\\w-]+(\\.(na|eu))?\\.chilipiper\\.(com|io)/(book|round-robin)/+[^/])',
		'doodle' => '^(?:(www\\.)?doodle\\.com/([a-z]{2}/)?(bp|meeting)/+[^/])',
		'rallly' => '^(?:(app\\.|www\\.)?rallly\\.co/+(?!(?:about|apps?|auth|blog|compare|contact|docs|enterprise|features|help|integrations|legal|login|pricing|privacy|security|sign-?in|sign-?up|support|templates|terms)(?:/|$))[^/])',
		'googleshort' => '^(?:calendar\\.app\\.google/+[^/])',
		'notion' => '^(?:calendar\\.notion\\.so/meet/+[^/])',
		'motion' => '^(?:(app\\.|www\\.)?usemotion\\.com/meet/+[^/])',
	);
}
