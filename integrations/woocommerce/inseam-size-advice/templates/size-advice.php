<?php
/**
 * The element.
 *
 * @package InseamSizeAdvice
 * @var string[] $attributes
 * @var string   $size_chart
 */

defined( 'ABSPATH' ) || exit;
?>
<inseam-advice
<?php foreach ( $attributes as $name => $value ) : ?>
	<?php if ( '' !== (string) $value ) : ?>
	<?php echo esc_attr( $name ); ?>="<?php echo esc_attr( $value ); ?>"
	<?php endif; ?>
<?php endforeach; ?>
>
	<?php if ( '' !== $size_chart ) : ?>
	<a href="<?php echo esc_url( $size_chart ); ?>"><?php esc_html_e( 'Size chart', 'inseam-size-advice' ); ?></a>
	<?php endif; ?>
</inseam-advice>
