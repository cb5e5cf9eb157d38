<?php
/**
 * What the editor's script needs.
 *
 * @package InseamSizeAdvice
 */

return array(
	'dependencies' => array( 'wp-blocks', 'wp-block-editor', 'wp-element' ),
	'version'      => '0.1.0',
);
