<?php
declare(strict_types=1);

namespace Inseam\SizeAdvice\ViewModel;

use Inseam\SizeAdvice\Model\Settings;
use Magento\Customer\Model\Session;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Sales\Model\Order;
use Magento\Sales\Model\Order\Item;
use Magento\Sales\Model\ResourceModel\Order\CollectionFactory;

/** The orders of the customer who is signed in, for the shopper's file in their own browser. */
class OrderHistory implements ArgumentInterface
{
    /** Orders that are stated at most, the latest first. */
    private const MAX_ORDERS = 200;

    private Settings $settings;
    private Session $session;
    private CollectionFactory $orders;

    public function __construct(Settings $settings, Session $session, CollectionFactory $orders)
    {
        $this->settings = $settings;
        $this->session = $session;
        $this->orders = $orders;
    }

    public function isSignedIn(): bool
    {
        return $this->session->isLoggedIn();
    }

    /**
     * The order lines as JSON that can stand in a script element: hexadecimal escapes keep
     * "</script>" in a text from ending it.
     */
    public function json(): string
    {
        $orders = $this->orders->create((int) $this->session->getCustomerId())
            ->setOrder('created_at', 'desc')
            ->setPageSize(self::MAX_ORDERS);
        $lines = [];
        foreach ($orders as $order) {
            foreach ($order->getAllVisibleItems() as $item) {
                $size = $this->sizeOf($item);
                if ($size !== '') {
                    $lines[] = $this->line($order, $item, $size);
                }
            }
        }
        return json_encode($lines, JSON_HEX_TAG | JSON_HEX_AMP | JSON_THROW_ON_ERROR);
    }

    /** @return array<string, string> */
    private function line(Order $order, Item $item, string $size): array
    {
        $product = $item->getProduct();
        $article = $product ? trim((string) $product->getData('inseam_article')) : '';
        $record = $product ? trim((string) $product->getData('inseam_record')) : '';
        // A configurable item has the SKU of its variant; the article is the product's.
        $sku = $product ? (string) $product->getData('sku') : (string) $item->getSku();
        return [
            'line' => (string) $item->getItemId(),
            'article' => $article === '' ? $sku : $article,
            'size' => $size,
            'outcome' => $this->outcome($order, $item),
        ] + ($record === '' ? [] : ['record' => $record]);
    }

    /** The label of the size that was bought; an empty text for an item without one. */
    private function sizeOf(Item $item): string
    {
        $product = $item->getProduct();
        if (!$product || $product->getTypeId() !== 'configurable') {
            return '';
        }
        $ids = [];
        foreach ($product->getTypeInstance()->getConfigurableAttributesAsArray($product) as $one) {
            if (in_array($one['attribute_code'], $this->settings->sizeAttributes(), true)) {
                $ids[] = (string) $one['attribute_id'];
            }
        }
        foreach ($item->getProductOptions()['attributes_info'] ?? [] as $option) {
            if (in_array((string) ($option['option_id'] ?? ''), $ids, true)) {
                return (string) $option['value'];
            }
        }
        return '';
    }

    /** What became of an order's item. */
    private function outcome(Order $order, Item $item): string
    {
        if ($order->isCanceled()) {
            return 'other_reason';
        }
        if ((float) $item->getQtyRefunded() > 0) {
            return 'unknown_reason';
        }
        $days = (int) $this->settings->get('return_days');
        $isOld = strtotime((string) $order->getUpdatedAt()) < time() - $days * 86400;
        return $order->getState() === Order::STATE_COMPLETE && $isOld ? 'kept' : 'pending';
    }
}
