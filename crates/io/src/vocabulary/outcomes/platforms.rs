//! The return reasons that shop platforms, marketplaces and return apps offer, with their sources.

use inseam::outcome::Outcome::{self, OtherReason, SizeReason, TooLarge, TooSmall, UnknownReason};

/// The reasons of one platform, as its exports write them. `|` separates the texts.
pub(super) type Reasons = &'static [(Outcome, &'static str)];

/// Shopify, `ReturnReasonDefinition` (<https://github.com/Shopify/product-taxonomy>,
/// `dist/en/return_reasons.txt`, 2026-08): the reasons for clothing, footwear and accessories. The
/// names of the general reasons in other languages are those of `dist/*/return_reasons.txt`.
///
/// "Fit" and "Size" leave the direction open. What concerns one part in a way that another size
/// would not correct, like "Heel too high" or "Too thick", is another reason.
pub(super) const SHOPIFY_DEFINITIONS: Reasons = &[
    (SizeReason, "Fit|Size|Length|Passform|Größe|Länge|Istuvuus|Koko|Pituus"),
    (
        UnknownReason,
        "Unknown|Unbekannt|Inconnu|Desconocido|Desconocida|Sconosciuto|Onbekend|Nieznane|Nieznany|Okänd|Okänt|\
         Desconhecido|Ukendt|Ukjent|Tuntematon",
    ),
    (
        OtherReason,
        "Changed my mind|Item not as described|Received the wrong item|Other|Damaged or defective|Style|Color|\
         Adjustability|Age range|Arrived late|Budget|Breathability|Closure|Comfort|Condition|Coverage|Cushioning|\
         Detail|Difficult to adjust|Difficult to clean|Drying speed|Duplicate order|Fabric|Fastening|Finish|\
         Firmness|Flexibility|Grip|Heel too high|Heel too low|Material|Material too sheer|Material too stiff|\
         Material too stretchy|Material not breathable|Material not durable|Missing desired features|No pockets|\
         Not enough support|Odor|Opacity|Ordered multiple|Ordered the wrong item|Ordered wrong item|Padding|Pattern|\
         Print quality|Quality|Quantity|Region|Scent|Shade|Shape|Softness|Support|Texture|Theme|Thickness|Too bulky|\
         Too firm|Too much support|Too soft|Too stiff|Too thick|Too thin|Transparency|Warmth|Washability|\
         Water resistance|Wear|Weight|Color too bright|Color too dark|Color too dull|Color too light",
    ),
    (
        OtherReason,
        "Habe es mir anders überlegt|Artikel nicht wie beschrieben|Falschen Artikel erhalten|Sonstiges|\
         Beschädigt oder defekt|Stil|Farbe|Zu spät angekommen|Mieleni muuttui|Tuote ei vastaa kuvausta|Muu|\
         Vahingoittunut tai viallinen|Tyyli|Väri|Saapui myöhässä|Tilasin väärän tuotteen|Materiaali|Kangas|Mukavuus",
    ),
];

/// Shopify, GraphQL Admin API, enum `ReturnReason`, with its display texts
/// (<https://shopify.dev/docs/api/admin-graphql/latest/enums/ReturnReason>).
pub(super) const SHOPIFY_ENUM: Reasons = &[
    (TooSmall, "SIZE_TOO_SMALL|Size was too small"),
    (TooLarge, "SIZE_TOO_LARGE|Size was too large"),
    (UnknownReason, "UNKNOWN"),
    (
        OtherReason,
        "COLOR|DEFECTIVE|NOT_AS_DESCRIBED|OTHER|STYLE|UNWANTED|WRONG_ITEM|Customer changed their mind",
    ),
];

/// Amazon Seller Central, "FBA customer returns" report (`reason`), as public programs list its
/// values; the flat-file returns report prefixes them with `CR-` and also has `AMZ-PG-...`. In the
/// forms of the returns page they begin with `RO_`.
pub(super) const AMAZON: Reasons = &[
    (TooSmall, "APPAREL_TOO_SMALL|AMZ-PG-APP-TOO-SMALL|JEWELRY_TOO_SMALL"),
    (TooLarge, "APPAREL_TOO_LARGE|AMZ-PG-APP-TOO-LARGE|JEWELRY_TOO_LARGE"),
    (UnknownReason, "NO_REASON_GIVEN|UNKNOWN_OTHER_REASON|MISORDERED|AMZ-PG-MISORDERED"),
    (
        OtherReason,
        "APPAREL_STYLE|AMZ-PG-APP-STYLE|AMZ-PG-BAD-DESC|AMZ-PG-BAD-ITEM|AMZ-PG-DAMAGED|CUSTOMER_DAMAGED|\
         DAMAGED_BY_CARRIER|DAMAGED_BY_FC|CARRIER_DAMAGED|DEFECTIVE|DID_NOT_LIKE_COLOR|DID_NOT_LIKE_FABRIC|\
         DIFFERENT_PRODUCT|EXCESSIVE_INSTALLATION|EXTRA_ITEM|FOUND_BETTER_PRICE|JEWELRY_LOOSE_STONE|\
         MISSED_ESTIMATED_DELIVERY|MISSING_PARTS|NEVER_ARRIVED|NOT_AS_DESCRIBED|NOT_COMPATIBLE|ORDERED_WRONG_ITEM|\
         PART_NOT_COMPATIBLE|PRODUCT_NOT_ITALIAN|QUALITY_UNACCEPTABLE|RECEIVED_WRONG_ITEM|SWITCHEROO|\
         UNAUTHORIZED_PURCHASE|UNDELIVERABLE_CARRIER_MISS_SORTED|UNDELIVERABLE_FAILED_DELIVERY_ATTEMPTS|\
         UNDELIVERABLE_INSUFFICIENT_ADDRESS|UNDELIVERABLE_MISSING_LABEL|UNDELIVERABLE_REFUSED|\
         UNDELIVERABLE_UNCLAIMED|UNDELIVERABLE_UNKNOWN|UNWANTED_ITEM|Product was damaged/defective on arrival|\
         Item is defective|Apparel: Did not like style of garment|Did not like style of garment",
    ),
];

/// eBay, Post-Order API, `ReturnReasonEnum`
/// (<https://developer.ebay.com/devzone/post-order/types/ReturnReasonEnum.html>).
pub(super) const EBAY: Reasons = &[
    (SizeReason, "WRONG_SIZE"),
    (UnknownReason, "NO_REASON|REMORSE"),
    (
        OtherReason,
        "ARRIVED_DAMAGED|ARRIVED_LATE|BUYER_CANCEL_ORDER|BUYER_NO_SHOW|BUYER_NOT_SCHEDULED|BUYER_REFUSED_TO_PICKUP|\
         CUSTOMIZED|DEFECTIVE_ITEM|DIFFERENT_FROM_LISTING|EXPIRED_ITEM|FAKE_OR_COUNTERFEIT|IN_STORE_RETURN|\
         NO_LONGER_NEED_ITEM|ORDERED_ACCIDENTALLY|ORDERED_DIFFERENT_ITEM|OUT_OF_STOCK|RETURNING_GIFT|SNAD|\
         VALET_DELIVERY_ISSUES|VALET_UNAVAILABLE",
    ),
];

/// Zalando, merchant API, reasons of returned order lines
/// (<https://developers.merchants.zalando.com/docs/orders-returns.html>). The numbers that the API
/// uses for them are not read, because every shop numbers its reasons differently.
pub(super) const ZALANDO: Reasons = &[
    (TooSmall, "SIZE_SMALL"),
    (TooLarge, "SIZE_BIG"),
    (UnknownReason, "UNKNOWN_CAUSE"),
    (OtherReason, "DISLIKE|VALUE_FOR_MONEY|DELIVERY_TOO_LATE|NOT_LIKE_IMAGINED|ARTICLE_WRONG"),
];

/// Allegro, REST API, `GET /order/customer-returns`, `reason.type` of an item
/// (<https://developer.allegro.pl/documentation>). Its `NONE` is a word for an empty cell.
pub(super) const ALLEGRO: Reasons = &[(
    OtherReason,
    "COUNTERFEIT|DAMAGED|DIFFERENT|DONT_LIKE_IT|HIDDEN_FLAW|INCOMPLETE|MISTAKE|NOT_AS_DESCRIBED|OTHER_FLAW|OVERDUE|\
     TRANSPORT",
)];

/// Adobe Commerce, "Returns" of the user guide: the reasons of the RMA item attribute; and Oracle
/// Commerce, `orderReturnReasons` of the agent API.
pub(super) const ADOBE_AND_ORACLE: Reasons = &[
    (SizeReason, "Wrong Size|Incorrect Size"),
    (
        OtherReason,
        "Wrong Color|Incorrect Color|Out of Service|Other|Did Not Like|Did Not Meet Expectations|Incorrect Item",
    ),
];

/// What the return apps of Shopify and WooCommerce offer unless the shop changes it: Loop,
/// AfterShip Returns, ReturnGO, ReturnMate, Veeqo, ReturnDesk, RMA for WooCommerce (their help
/// centres, "return reasons").
pub(super) const RETURN_APPS: Reasons = &[
    (
        SizeReason,
        "Size|Sizing|Size issue|Sizing issue|Sizing issues|Size & Fit|Size and fit|Fit and size|Size or fit|Doesn't fit|\
         Does not fit|Didn't fit|Did not fit|Item doesn't fit|Item didn't fit|Product did not fit|Poor fit|Bad fit|\
         Fit issue|Fit issues|Not fit|Misfit|Won't fit|Size doesn't fit|Size did not fit|Size does not fit|Wrong fit|\
         Fit was not right|Wrong size ordered|Ordered wrong size|Ordered the wrong size|Ordered multiple sizes|\
         Bought multiple sizes|Bracketing|Incorrect size ordered|Fit not as expected|Size not as expected|\
         I ordered the wrong size|Doesn't fit right|Doesn't fit well|Uncomfortable fit",
    ),
    (
        UnknownReason,
        "No reason|No reason given|Reason not given|Not specified|Unspecified|Not given|No answer|Unknown reason|\
         Prefer not to say",
    ),
    (
        OtherReason,
        "Other reason|Other reasons|Another reason|Wrong colour|Wrong color received|Colour|Don't like the color|\
         Color not as expected|Faulty|Defect|Damaged|Broken|Defective/Broken|Damaged in transit|Damaged on arrival|\
         Arrived damaged|Item damaged|Item defective|Item arrived damaged|Product damaged|Product defect|\
         Defective product|Doesn't work|Poor quality|Quality issue|Quality not as expected|Not as expected|\
         Not what I expected|Item not as expected|Not as pictured|Looks different than pictured|\
         Different from the picture|Style wasn't what I expected|Item description mismatch|Description mismatch|\
         Changed mind|Change of mind|No longer needed|No longer need item|No longer wanted|No longer want|\
         Don't want it anymore|I don't need it anymore|I changed my mind|Did not like|Didn't like|Don't like|\
         Don't like it|I don't like it|Didn't like it|Did not like it|Don't like the style|Didn't like the style|\
         Don't like the product|Don't like the material|Didn't like the fabric|Wrong product|Wrong item|\
         Wrong item received|Wrong item sent|Wrong item shipped|Wrong product shipped|Wrong product ordered|\
         Incorrect item received|Received incorrect item|Received wrong product|Received the wrong product|\
         Late|Arrived too late|Late delivery|Delivery too late|Price|Too expensive|Better price available|\
         Found a better price|Found cheaper elsewhere|Gift|Unwanted gift|Gift return|Bought by mistake|\
         Ordered by mistake|Accidental order|Ordered accidentally|Ordered too many|Excessive amount shipped|\
         Duplicate|Missing item|Missing items|Missing accessories|Warranty|Warranty claim|Allergic reaction|\
         Returned by carrier|Undeliverable|Return to sender|Refused|Fabric quality|Style not as expected|\
         Unflattering|Not flattering|Does not suit me|Doesn't suit me|Didn't suit me|Did not suit",
    ),
];

/// Every list.
pub(super) const ALL: [Reasons; 8] = [
    SHOPIFY_DEFINITIONS,
    SHOPIFY_ENUM,
    AMAZON,
    EBAY,
    ZALANDO,
    ALLEGRO,
    ADOBE_AND_ORACLE,
    RETURN_APPS,
];
