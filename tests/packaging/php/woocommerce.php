<?php
/**
 * Runs the WooCommerce plugin without WordPress: the functions that it calls do here what WordPress
 * and WooCommerce do, on a shop that is given as JSON on standard input. Prints a JSON object.
 */

define( 'ABSPATH', __DIR__ );
define( 'DAY_IN_SECONDS', 86400 );

$shop    = json_decode( file_get_contents( 'php://stdin' ), true );
$hooks   = array();
$scripts = array();
$_POST   = $shop['form'] ?? array();

function add_action( $name, $callback ) { global $hooks; $hooks[ $name ][] = $callback; }
function add_filter( $name, $callback ) { add_action( $name, $callback ); }
function add_shortcode( $name, $callback ) { add_action( "shortcode $name", $callback ); }
function run( $name, ...$given ) {
	global $hooks;
	$value = $given[0] ?? null;
	foreach ( $hooks[ $name ] as $callback ) {
		$value = $callback( ...$given );
	}
	return $value;
}
function get_option( $name, $default = false ) { global $shop; return $shop['options'][ $name ] ?? $default; }
function get_locale() { global $shop; return $shop['locale'] ?? 'en_GB'; }
function esc_attr( $text ) { return htmlspecialchars( $text, ENT_QUOTES, 'UTF-8' ); }
function esc_url( $url ) { return preg_match( '/^(https?:|\/)/', $url ) ? esc_attr( $url ) : ''; }
function esc_html_e( $text ) { echo esc_attr( $text ); }
function __( $text ) { return $text; }
function wc_strtolower( $text ) { return strtolower( $text ); }
function sanitize_title( $text ) { return trim( preg_replace( '/[^a-z0-9_-]+/', '-', strtolower( $text ) ), '-' ); }
function sanitize_text_field( $text ) { return trim( strip_tags( $text ) ); }
function wp_unslash( $text ) { return stripslashes( $text ); }
function wp_strip_all_tags( $text ) { return trim( strip_tags( $text ) ); }
function wp_json_encode( $value, $options ) { return json_encode( $value, $options ); }
function wp_verify_nonce( $nonce, $action ) { return 'woocommerce_save_data' === $action && 'right' === $nonce; }
function current_user_can( $what ) { global $shop; return in_array( $what, $shop['may'] ?? array(), true ); }
function get_current_user_id() { global $shop; return $shop['user'] ?? 0; }
function get_the_ID() { global $shop; return $shop['shown'] ?? 0; }
function plugins_url( $path ) { return "/plugin/$path"; }
function wp_enqueue_script_module( $id, $src ) { global $scripts; $scripts[ $id ] = $src; }
function register_block_type( $folder ) { global $hooks; $hooks['block'] = json_decode( file_get_contents( "$folder/block.json" ), true ); }
function taxonomy_exists( $name ) { return 0 === strpos( $name, 'pa_' ); }
function get_term_by( $field, $slug ) { return (object) array( 'name' => strtoupper( $slug ) ); }
function wc_attribute_label( $attribute ) { return ucfirst( preg_replace( '/^pa_/', '', $attribute ) ); }
function wc_get_product( $id ) {
	global $shop;
	return isset( $shop['products'][ $id ] ) ? new WC_Product( $id, $shop['products'][ $id ] ) : false;
}
function wc_get_orders( $asked ) {
	global $shop;
	$own = array_filter( $shop['orders'], static fn( $order ) => $order['customer'] === $asked['customer_id'] );
	return array_map( static fn( $order ) => new WC_Order( $order ), $own );
}

/** A product or a variation. */
final class WC_Product {
	public $saved = array();
	private $id;
	private $data;
	public function __construct( $id, $data ) { $this->id = $id; $this->data = $data; }
	public function get_id() { return $this->id; }
	public function is_type( $type ) { return ( $this->data['type'] ?? 'simple' ) === $type; }
	public function get_meta( $key ) { return $this->data['meta'][ $key ] ?? ''; }
	public function update_meta_data( $key, $value ) { $this->saved[ $key ] = $value; }
	public function get_variation_attributes() { return $this->data['attributes'] ?? array(); }
	public function get_children() { return $this->data['children'] ?? array(); }
	public function get_attribute( $name ) { return $this->data['values'][ $name ] ?? ''; }
	public function variation_is_visible() { return true; }
	public function is_in_stock() { return $this->data['stock'] ?? true; }
}

final class WC_Order {
	private $data;
	public function __construct( $data ) { $this->data = $data; }
	public function get_items() { return array_map( static fn( $item ) => new WC_Item( $item ), $this->data['items'] ); }
	public function has_status( $statuses ) { return in_array( $this->data['status'], (array) $statuses, true ); }
	public function get_qty_refunded_for_item( $id ) { return -( $this->data['refunded'][ $id ] ?? 0 ); }
	public function get_date_completed() { return isset( $this->data['completed'] ) ? new DateTime( $this->data['completed'] ) : null; }
}

final class WC_Item {
	private $data;
	public function __construct( $data ) { $this->data = $data; }
	public function get_product_id() { return $this->data['product']; }
	public function get_formatted_meta_data() {
		return array_map( static fn( $meta ) => (object) $meta, $this->data['meta'] );
	}
}

require $argv[1] . '/inseam-size-advice.php';
run( 'init' );

/** What a function prints. */
function printed( $call ) {
	ob_start();
	$call();
	return ob_get_clean();
}

$results = array(
	'product'  => static fn() => printed( static fn() => run( 'woocommerce_single_product_summary' ) ),
	'account'  => static fn() => printed( static fn() => run( 'woocommerce_account_content' ) ),
	'settings' => static fn() => run( 'woocommerce_get_settings_products', array( 'others' ), $shop['section'] ?? '' ),
	'save'     => static function () {
		global $shop;
		$product = wc_get_product( $shop['shown'] );
		run( 'woocommerce_admin_process_product_object', $product );
		return $product->saved;
	},
);
$result = $results[ $argv[2] ]();
echo json_encode( array( 'result' => $result, 'scripts' => $scripts, 'block' => $hooks['block'] ) );
