<?php
declare(strict_types=1);

namespace Inseam\SizeAdvice\Model;

use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Store\Model\ScopeInterface;

/** The shop's settings: Stores > Configuration > Catalog > Size advice. */
class Settings
{
    private ScopeConfigInterface $config;

    public function __construct(ScopeConfigInterface $config)
    {
        $this->config = $config;
    }

    /** A setting of the store that the page belongs to; an empty text if it is not set. */
    public function get(string $name): string
    {
        $path = 'inseam/size_advice/' . $name;
        return trim((string) $this->config->getValue($path, ScopeInterface::SCOPE_STORE));
    }

    /**
     * The codes of the attributes that are sizes.
     *
     * @return string[]
     */
    public function sizeAttributes(): array
    {
        return array_filter(array_map('trim', explode(',', $this->get('size_attribute'))));
    }
}
