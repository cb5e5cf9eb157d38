<?php
/**
 * The shop's settings.
 *
 * @package InseamSizeAdvice
 */

defined( 'ABSPATH' ) || exit;

/**
 * A section of WooCommerce > Settings > Products. WooCommerce shows and stores it for users who may
 * `manage_woocommerce`, and checks the form's nonce.
 */
final class Inseam_Settings {

	const SECTION = 'inseam';

	/** Adds the hooks. */
	public static function register() {
		add_filter( 'woocommerce_get_sections_products', array( __CLASS__, 'sections' ) );
		add_filter( 'woocommerce_get_settings_products', array( __CLASS__, 'fields' ), 10, 2 );
		add_filter( 'woocommerce_admin_settings_sanitize_option_inseam_model', 'esc_url_raw' );
		add_filter( 'woocommerce_admin_settings_sanitize_option_inseam_size_chart', 'esc_url_raw' );
	}

	/** The sections of the tab, with this one. */
	public static function sections( $sections ) {
		return $sections + array( self::SECTION => __( 'Size advice', 'inseam-size-advice' ) );
	}

	/** The fields of a section. */
	public static function fields( $fields, $section ) {
		if ( self::SECTION !== $section ) {
			return $fields;
		}
		return array(
			array(
				'type'  => 'title',
				'id'    => 'inseam',
				'title' => __( 'Size advice', 'inseam-size-advice' ),
			),
			array(
				'type'  => 'text',
				'id'    => 'inseam_model',
				'title' => __( 'Address of the model', 'inseam-size-advice' ),
				'desc'  => __( 'The published pointer or file. Empty: no advice is shown.', 'inseam-size-advice' ),
			),
			array(
				'type'    => 'text',
				'id'      => 'inseam_size_names',
				'title'   => __( 'Names of the size attribute', 'inseam-size-advice' ),
				'default' => Inseam_Sizes::DEFAULT_NAMES,
			),
			array(
				'type'  => 'text',
				'id'    => 'inseam_size_chart',
				'title' => __( 'Address of the size chart', 'inseam-size-advice' ),
			),
			array(
				'type'              => 'number',
				'id'                => 'inseam_lost_sale',
				'title'             => __( 'How many returns a lost sale costs', 'inseam-size-advice' ),
				'custom_attributes' => array(
					'min'  => 0,
					'step' => 0.1,
				),
			),
			array(
				'type'    => 'number',
				'id'      => 'inseam_return_days',
				'title'   => __( 'Days after which a completed order is kept', 'inseam-size-advice' ),
				'default' => 45,
			),
			array(
				'type' => 'sectionend',
				'id'   => 'inseam',
			),
		);
	}
}
