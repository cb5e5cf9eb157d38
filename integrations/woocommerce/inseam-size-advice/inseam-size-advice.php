<?php
/**
 * Plugin Name: Inseam size advice
 * Description: Size advice on product pages, computed in the shopper's own browser.
 * Version: 0.1.0
 * Requires at least: 6.5
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * License: MIT OR Apache-2.0
 * Text Domain: inseam-size-advice
 *
 * @package InseamSizeAdvice
 */

defined( 'ABSPATH' ) || exit;

define( 'INSEAM_SIZE_ADVICE_FILE', __FILE__ );

require_once __DIR__ . '/includes/class-inseam-sizes.php';
require_once __DIR__ . '/includes/class-inseam-product-page.php';
require_once __DIR__ . '/includes/class-inseam-order-history.php';
require_once __DIR__ . '/includes/class-inseam-settings.php';
require_once __DIR__ . '/includes/class-inseam-product-fields.php';

Inseam_Product_Page::register();
Inseam_Order_History::register();
Inseam_Settings::register();
Inseam_Product_Fields::register();

// The plugin reads and writes no order by itself, so it works with every storage of orders.
add_action(
	'before_woocommerce_init',
	static function () {
		if ( class_exists( '\Automattic\WooCommerce\Utilities\FeaturesUtil' ) ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', INSEAM_SIZE_ADVICE_FILE );
		}
	}
);
