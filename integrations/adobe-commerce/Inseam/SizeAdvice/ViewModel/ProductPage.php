<?php
declare(strict_types=1);

namespace Inseam\SizeAdvice\ViewModel;

use Inseam\SizeAdvice\Model\Settings;
use Magento\Catalog\Helper\Data as CatalogData;
use Magento\Catalog\Model\Product;
use Magento\ConfigurableProduct\Model\Product\Type\Configurable;
use Magento\Framework\Locale\ResolverInterface;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** What the element needs to know about the product on the page. */
class ProductPage implements ArgumentInterface
{
    private Settings $settings;
    private CatalogData $catalog;
    private ResolverInterface $locale;

    public function __construct(Settings $settings, CatalogData $catalog, ResolverInterface $locale)
    {
        $this->settings = $settings;
        $this->catalog = $catalog;
        $this->locale = $locale;
    }

    /**
     * The element's attributes, not escaped; none without a model, or for a product without sizes.
     *
     * @return array<string, string>
     */
    public function attributes(): array
    {
        $product = $this->catalog->getProduct();
        $model = $this->settings->get('model');
        if ($model === '' || !$product || $product->getTypeId() !== Configurable::TYPE_CODE) {
            return [];
        }
        $sizes = $this->sizes($product);
        if ($sizes === null) {
            return [];
        }
        [$all, $inStock] = $sizes;
        $article = trim((string) $product->getData('inseam_article'));
        return array_filter(
            [
                'model' => $model,
                'article' => $article === '' ? (string) $product->getSku() : $article,
                'record' => trim((string) $product->getData('inseam_record')),
                'sizes' => implode('|', $all),
                'in-stock' => implode('|', $inStock) . '|',
                'lost-sale' => $this->settings->get('lost_sale'),
                'lang' => str_replace('_', '-', $this->locale->getLocale()),
            ],
            static fn (string $value): bool => $value !== ''
        );
    }

    public function sizeChart(): string
    {
        return $this->settings->get('size_chart');
    }

    /**
     * The labels of all sizes, and of those of which some variant can be bought; null for a product
     * without sizes.
     *
     * @return array{0: string[], 1: string[]}|null
     */
    private function sizes(Product $product): ?array
    {
        $type = $product->getTypeInstance();
        $codes = array_column($type->getConfigurableAttributesAsArray($product), 'attribute_code');
        $code = current(array_intersect($codes, $this->settings->sizeAttributes()));
        if ($code === false) {
            return null;
        }
        $all = [];
        $inStock = [];
        foreach ($type->getUsedProducts($product) as $variant) {
            $size = (string) $variant->getAttributeText($code);
            $all[] = $size;
            if ($variant->isSalable()) {
                $inStock[] = $size;
            }
        }
        return [array_values(array_unique($all)), array_values(array_unique($inStock))];
    }
}
