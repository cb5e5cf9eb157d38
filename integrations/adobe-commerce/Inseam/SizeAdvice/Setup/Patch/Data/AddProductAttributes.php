<?php
declare(strict_types=1);

namespace Inseam\SizeAdvice\Setup\Patch\Data;

use Magento\Catalog\Model\Product;
use Magento\Eav\Model\Entity\Attribute\ScopedAttributeInterface;
use Magento\Eav\Setup\EavSetupFactory;
use Magento\Framework\Setup\ModuleDataSetupInterface;
use Magento\Framework\Setup\Patch\DataPatchInterface;

/** Adds the product's article id in the training data, and its record. */
class AddProductAttributes implements DataPatchInterface
{
    private ModuleDataSetupInterface $setup;
    private EavSetupFactory $eav;

    public function __construct(ModuleDataSetupInterface $setup, EavSetupFactory $eav)
    {
        $this->setup = $setup;
        $this->eav = $eav;
    }

    public function apply(): self
    {
        $eav = $this->eav->create(['setup' => $this->setup]);
        $attributes = [
            'inseam_article' => ['Article in the size model', 'varchar', 'text'],
            'inseam_record' => ['Record of the size model', 'text', 'textarea'],
        ];
        foreach ($attributes as $code => [$label, $type, $input]) {
            $eav->addAttribute(Product::ENTITY, $code, [
                'label' => $label,
                'type' => $type,
                'input' => $input,
                'global' => ScopedAttributeInterface::SCOPE_GLOBAL,
                'group' => 'General',
                'required' => false,
                'user_defined' => true,
                'used_in_product_listing' => false,
            ]);
        }
        return $this;
    }

    public static function getDependencies(): array
    {
        return [];
    }

    public function getAliases(): array
    {
        return [];
    }
}
