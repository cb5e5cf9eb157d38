<?php
/**
 * Size advice on the product page.
 *
 * @package InseamSizeAdvice
 */

defined( 'ABSPATH' ) || exit;

/** Shows the element: in classic themes by a hook, in block themes as a block, anywhere as a shortcode. */
final class Inseam_Product_Page {

	/** Adds the hooks. */
	public static function register() {
		add_action( 'woocommerce_single_product_summary', array( __CLASS__, 'show' ), 25 );
		add_shortcode( 'inseam_size_advice', array( __CLASS__, 'html' ) );
		add_action(
			'init',
			static function () {
				register_block_type(
					dirname( INSEAM_SIZE_ADVICE_FILE ) . '/block',
					array( 'render_callback' => array( __CLASS__, 'html' ) )
				);
			}
		);
	}

	/** Prints the element, as the template escapes all that it prints. */
	public static function show() {
		echo self::html(); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
	}

	/** The element for the page's product; empty without a model, or for a product without sizes. */
	public static function html() {
		$product = self::product();
		$model   = get_option( 'inseam_model', '' );
		if ( '' === $model || ! $product || ! $product->is_type( 'variable' ) ) {
			return '';
		}
		$attribute = Inseam_Sizes::attribute( $product );
		if ( null === $attribute ) {
			return '';
		}
		$article = $product->get_meta( '_inseam_article' );
		$record  = $product->get_meta( '_inseam_record' );
		$values  = array(
			'model'     => $model,
			'article'   => '' === $article ? (string) $product->get_id() : $article,
			'record'    => $record,
			// WooCommerce's list of a variation's values has this id.
			'for'       => sanitize_title( $attribute ),
			'sizes'     => implode( '|', Inseam_Sizes::all( $product, $attribute ) ),
			'in-stock'  => implode( '|', Inseam_Sizes::in_stock( $product, $attribute ) ) . '|',
			'lost-sale' => get_option( 'inseam_lost_sale', '' ),
			'lang'      => str_replace( '_', '-', get_locale() ),
		);
		wp_enqueue_script_module(
			'inseam-size-advice',
			plugins_url( 'assets/element.bundle.js', INSEAM_SIZE_ADVICE_FILE ),
			array(),
			'0.1.0'
		);
		ob_start();
		self::template( $values, get_option( 'inseam_size_chart', '' ) );
		return ob_get_clean();
	}

	/** The product that the page shows; null on other pages. */
	private static function product() {
		$product = wc_get_product( get_the_ID() );
		return $product ? $product : null;
	}

	/**
	 * Prints the template.
	 *
	 * @param string[] $attributes The element's attributes; empty ones are left out.
	 * @param string   $size_chart The address of the shop's size chart, or an empty text.
	 */
	private static function template( $attributes, $size_chart ) {
		require dirname( INSEAM_SIZE_ADVICE_FILE ) . '/templates/size-advice.php';
	}
}
