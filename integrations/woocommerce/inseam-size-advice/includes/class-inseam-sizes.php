<?php
/**
 * What the shop knows about a product's sizes.
 *
 * @package InseamSizeAdvice
 */

defined( 'ABSPATH' ) || exit;

/** Which attribute is the size, and which sizes are in stock. */
final class Inseam_Sizes {

	/** The option's value if the shop has not set it. */
	const DEFAULT_NAMES = 'Size, Größe, Taille, Talla, Taglia, Maat, Rozmiar, Storlek';

	/**
	 * The key of a product's size attribute, such as `pa_size`; null if it has none.
	 *
	 * @param WC_Product $product A variable product.
	 */
	public static function attribute( $product ) {
		foreach ( array_keys( $product->get_variation_attributes() ) as $attribute ) {
			if ( self::is_size( wc_attribute_label( $attribute, $product ) ) ) {
				return $attribute;
			}
		}
		return null;
	}

	/**
	 * The labels of the sizes of which some variation is in stock.
	 *
	 * @param WC_Product $product   A variable product.
	 * @param string     $attribute The key of its size attribute.
	 * @return string[]
	 */
	public static function in_stock( $product, $attribute ) {
		$sizes = array();
		foreach ( $product->get_children() as $id ) {
			$variation = wc_get_product( $id );
			if ( ! $variation || ! $variation->variation_is_visible() || ! $variation->is_in_stock() ) {
				continue;
			}
			// A variation without a size is for any size.
			$size = $variation->get_attribute( $attribute );
			if ( '' === $size ) {
				return self::all( $product, $attribute );
			}
			$sizes[] = $size;
		}
		return array_values( array_unique( $sizes ) );
	}

	/**
	 * The label of the size of an order's item; an empty text if it has none.
	 *
	 * @param WC_Order_Item_Product $item An order's item.
	 */
	public static function of_item( $item ) {
		foreach ( $item->get_formatted_meta_data( '_', true ) as $meta ) {
			if ( self::is_size( $meta->display_key ) ) {
				return html_entity_decode( wp_strip_all_tags( $meta->display_value ), ENT_QUOTES, 'UTF-8' );
			}
		}
		return '';
	}

	/**
	 * The labels of all sizes of a product, in stock or not.
	 *
	 * @param WC_Product $product   A variable product.
	 * @param string     $attribute The key of its size attribute.
	 * @return string[]
	 */
	public static function all( $product, $attribute ) {
		$slugs = $product->get_variation_attributes()[ $attribute ];
		return array_map(
			static function ( $slug ) use ( $attribute ) {
				$term = taxonomy_exists( $attribute ) ? get_term_by( 'slug', $slug, $attribute ) : false;
				return $term ? $term->name : $slug;
			},
			array_values( $slugs )
		);
	}

	/** Whether an attribute's name, as shoppers read it, is one of the shop's names of the size. */
	private static function is_size( $name ) {
		$names = explode( ',', get_option( 'inseam_size_names', self::DEFAULT_NAMES ) );
		$lower = static function ( $text ) {
			return wc_strtolower( trim( $text ) );
		};
		return in_array( $lower( $name ), array_map( $lower, $names ), true );
	}
}
