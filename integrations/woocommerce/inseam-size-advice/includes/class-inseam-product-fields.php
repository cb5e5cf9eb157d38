<?php
/**
 * The fields of a product: its article id in the training data, and its record.
 *
 * @package InseamSizeAdvice
 */

defined( 'ABSPATH' ) || exit;

/** Two fields in "Product data > General". Imports can fill them as `_inseam_article` and `_inseam_record`. */
final class Inseam_Product_Fields {

	const FIELDS = array( '_inseam_article', '_inseam_record' );

	/** Adds the hooks. */
	public static function register() {
		add_action( 'woocommerce_product_options_general_product_data', array( __CLASS__, 'show' ) );
		add_action( 'woocommerce_admin_process_product_object', array( __CLASS__, 'save' ) );
	}

	/** Prints the fields. WooCommerce escapes their values. */
	public static function show() {
		woocommerce_wp_text_input(
			array(
				'id'          => '_inseam_article',
				'label'       => __( 'Article in the size model', 'inseam-size-advice' ),
				'description' => __( 'Empty: the product’s id.', 'inseam-size-advice' ),
			)
		);
		woocommerce_wp_textarea_input(
			array(
				'id'          => '_inseam_record',
				'label'       => __( 'Record of the size model', 'inseam-size-advice' ),
				'description' => __( 'The output of “inseam record”. Optional: saves a request.', 'inseam-size-advice' ),
			)
		);
	}

	/**
	 * Stores the fields of the product form.
	 *
	 * @param WC_Product $product The product, which WooCommerce saves afterwards.
	 */
	public static function save( $product ) {
		$nonce = isset( $_POST['woocommerce_meta_nonce'] ) ? sanitize_text_field( wp_unslash( $_POST['woocommerce_meta_nonce'] ) ) : '';
		if ( ! wp_verify_nonce( $nonce, 'woocommerce_save_data' ) || ! current_user_can( 'edit_post', $product->get_id() ) ) {
			return;
		}
		foreach ( self::FIELDS as $field ) {
			if ( isset( $_POST[ $field ] ) ) {
				$product->update_meta_data( $field, sanitize_text_field( wp_unslash( $_POST[ $field ] ) ) );
			}
		}
	}
}
