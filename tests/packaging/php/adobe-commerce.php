<?php
/**
 * Runs the Adobe Commerce module without Adobe Commerce: the classes that it uses do here what the
 * platform's do, on a shop that is given as JSON on standard input. Prints what a template prints.
 */

namespace {
	$shop = json_decode( file_get_contents( 'php://stdin' ), true );

	function __( $text ) { return $text; }

	/** A model with fields, as the platform's products, orders and items are. */
	class Fields {
		public $fields;
		public function __construct( $fields ) { $this->fields = $fields; }
		public function getData( $name ) { return $this->fields[ $name ] ?? null; }
		public function __call( $name, $given ) {
			$field = strtolower( ltrim( preg_replace( '/[A-Z]/', '_$0', substr( $name, strpos( $name, 'is' ) === 0 ? 2 : 3 ) ), '_' ) );
			return $this->fields[ $field ] ?? null;
		}
	}
}

namespace Magento\Framework\App\Config {
	interface ScopeConfigInterface { public function getValue( $path, $scope ); }
}
namespace Magento\Store\Model {
	interface ScopeInterface { const SCOPE_STORE = 'store'; }
}
namespace Magento\Framework\Locale {
	interface ResolverInterface { public function getLocale(); }
}
namespace Magento\Framework\View\Element\Block {
	interface ArgumentInterface {}
}
namespace Magento\ConfigurableProduct\Model\Product\Type {
	class Configurable {
		const TYPE_CODE = 'configurable';
		public function getConfigurableAttributesAsArray( $product ) { return $product->fields['attributes']; }
		public function getUsedProducts( $product ) {
			return array_map( static fn( $one ) => new \Magento\Catalog\Model\Product( $one ), $product->fields['variants'] );
		}
	}
}
namespace Magento\Catalog\Model {
	class Product extends \Fields {
		const ENTITY = 'catalog_product';
		public function getTypeInstance() { return new \Magento\ConfigurableProduct\Model\Product\Type\Configurable(); }
		public function getAttributeText( $code ) { return $this->fields[ $code ]; }
	}
}
namespace Magento\Catalog\Helper {
	class Data {
		public function getProduct() {
			global $shop;
			return isset( $shop['product'] ) ? new \Magento\Catalog\Model\Product( $shop['product'] ) : null;
		}
	}
}
namespace Magento\Customer\Model {
	class Session {
		public function isLoggedIn() { global $shop; return isset( $shop['customer'] ); }
		public function getCustomerId() { global $shop; return (string) $shop['customer']; }
	}
}
namespace Magento\Sales\Model {
	class Order extends \Fields {
		const STATE_COMPLETE = 'complete';
		public function isCanceled() { return $this->fields['state'] === 'canceled'; }
		public function getAllVisibleItems() {
			return array_map( static fn( $item ) => new Order\Item( $item ), $this->fields['items'] );
		}
	}
}
namespace Magento\Sales\Model\Order {
	class Item extends \Fields {
		public function getProduct() {
			return isset( $this->fields['product'] ) ? new \Magento\Catalog\Model\Product( $this->fields['product'] ) : null;
		}
	}
}
namespace Magento\Sales\Model\ResourceModel\Order {
	class CollectionFactory extends \ArrayIterator {
		public function create( int $customer ) {
			global $shop;
			$own = array_filter( $shop['orders'], static fn( $order ) => $order['customer'] === $customer );
			return new self( array_map( static fn( $order ) => new \Magento\Sales\Model\Order( $order ), $own ) );
		}
		public function setOrder( $field, $direction ) { return $this; }
		public function setPageSize( $size ) { return $this; }
	}
}

namespace {
	/** As the platform's escaper, for the texts of these tests. */
	class Escaper {
		public function escapeHtml( $text ) { return htmlspecialchars( $text, ENT_QUOTES, 'UTF-8' ); }
		public function escapeHtmlAttr( $text ) { return htmlspecialchars( $text, ENT_QUOTES, 'UTF-8' ); }
		public function escapeUrl( $url ) { return preg_match( '/^(https?:|\/)/', $url ) ? $this->escapeHtml( $url ) : ''; }
	}
	/** As the platform's renderer of tags that a policy restricts. */
	class SecureRenderer {
		public function renderTag( $tag, $attributes, $content, $isText ) {
			$written = '';
			foreach ( $attributes as $name => $value ) {
				$written .= " $name=\"" . htmlspecialchars( $value ) . '"';
			}
			return "<$tag$written>" . ( $isText ? htmlspecialchars( $content ) : $content ) . "</$tag>";
		}
	}
	/** The settings of the shop, else the defaults of etc/config.xml. */
	class Config implements \Magento\Framework\App\Config\ScopeConfigInterface {
		private $defaults;
		public function __construct( $module ) { $this->defaults = simplexml_load_file( "$module/etc/config.xml" )->default; }
		public function getValue( $path, $scope ) {
			global $shop;
			$default = $this->defaults->xpath( $path );
			return $shop['settings'][ basename( $path ) ] ?? ( $default ? (string) $default[0] : null );
		}
	}
	class Locale implements \Magento\Framework\Locale\ResolverInterface {
		public function getLocale() { global $shop; return $shop['locale'] ?? 'en_GB'; }
	}

	[ , $module, $layout ] = $argv;
	foreach ( array( 'Model/Settings', 'ViewModel/ProductPage', 'ViewModel/OrderHistory' ) as $class ) {
		require "$module/$class.php";
	}
	$settings = new \Inseam\SizeAdvice\Model\Settings( new Config( $module ) );
	$models   = array(
		'Inseam\SizeAdvice\ViewModel\ProductPage'  => new \Inseam\SizeAdvice\ViewModel\ProductPage( $settings, new \Magento\Catalog\Helper\Data(), new Locale() ),
		'Inseam\SizeAdvice\ViewModel\OrderHistory' => new \Inseam\SizeAdvice\ViewModel\OrderHistory( $settings, new \Magento\Customer\Model\Session(), new \Magento\Sales\Model\ResourceModel\Order\CollectionFactory() ),
	);
	// The layout names the template and the class of its view model.
	[ $declared ] = simplexml_load_file( "$module/view/frontend/layout/$layout.xml" )->xpath( '//block' );
	$model        = $models[ (string) $declared->arguments->argument ];
	$block        = new class( $model ) {
		private $model;
		public function __construct( $model ) { $this->model = $model; }
		public function getData( $name ) { return $this->model; }
		public function getViewFileUrl( $name ) { return '/' . str_replace( '::', '/', $name ); }
	};
	$escaper        = new Escaper();
	$secureRenderer = new SecureRenderer();
	require "$module/view/frontend/templates/" . explode( '::', $declared['template'] )[1];
}
