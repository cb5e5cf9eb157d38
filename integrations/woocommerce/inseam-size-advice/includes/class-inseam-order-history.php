<?php
/**
 * The orders of a customer who is signed in, for the shopper's file in their own browser.
 *
 * @package InseamSizeAdvice
 */

defined( 'ABSPATH' ) || exit;

/**
 * States the customer's order lines on their account page, each with the record of its article, so
 * that no request tells what was bought. Nothing is sent. Caches leave out account pages.
 */
final class Inseam_Order_History {

	/** Orders that are stated at most, the latest first. */
	const MAX_ORDERS = 200;

	/** Adds the hooks. */
	public static function register() {
		add_action( 'woocommerce_account_content', array( __CLASS__, 'show' ), 20 );
	}

	/** Prints the order lines of the customer who is signed in. */
	public static function show() {
		$customer = get_current_user_id();
		if ( 0 === $customer ) {
			return;
		}
		$orders = wc_get_orders(
			array(
				'customer_id' => $customer,
				'limit'       => self::MAX_ORDERS,
				'type'        => 'shop_order',
			)
		);
		$lines  = array();
		foreach ( $orders as $order ) {
			array_push( $lines, ...self::lines( $order ) );
		}
		wp_enqueue_script_module(
			'inseam-account-history',
			plugins_url( 'assets/account-history.js', INSEAM_SIZE_ADVICE_FILE ),
			array(),
			'0.1.0'
		);
		// Hexadecimal escapes keep "</script>" in a product's name from ending the element.
		$json = wp_json_encode( $lines, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES );
		echo '<script type="application/json" id="inseam-orders">' . $json . '</script>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
	}

	/**
	 * An order's lines with a size.
	 *
	 * @param WC_Order $order An order.
	 * @return array<int, array<string, string>>
	 */
	private static function lines( $order ) {
		$lines = array();
		foreach ( $order->get_items() as $id => $item ) {
			$size    = Inseam_Sizes::of_item( $item );
			$product = wc_get_product( $item->get_product_id() );
			if ( '' === $size ) {
				continue;
			}
			$article = $product ? $product->get_meta( '_inseam_article' ) : '';
			$record  = $product ? $product->get_meta( '_inseam_record' ) : '';
			$line    = array(
				'line'    => (string) $id,
				'article' => '' === $article ? (string) $item->get_product_id() : $article,
				'size'    => $size,
				'outcome' => self::outcome( $order, $id ),
			);
			if ( '' !== $record ) {
				$line['record'] = $record;
			}
			$lines[] = $line;
		}
		return $lines;
	}

	/** What became of an order's item. */
	private static function outcome( $order, $item_id ) {
		if ( $order->has_status( array( 'cancelled', 'failed' ) ) ) {
			return 'other_reason';
		}
		if ( $order->has_status( 'refunded' ) || 0 !== $order->get_qty_refunded_for_item( $item_id ) ) {
			return 'unknown_reason';
		}
		$completed = $order->get_date_completed();
		$days      = (int) get_option( 'inseam_return_days', 45 );
		$is_kept   = $completed && $completed->getTimestamp() < time() - $days * DAY_IN_SECONDS;
		return $is_kept ? 'kept' : 'pending';
	}
}
