//! More everyday words for outcomes: full sentences that shops offer in the languages of
//! `everyday`, and words of Czech, Turkish, Russian, Japanese, Korean and Chinese.

use super::platforms::Reasons;
use inseam::outcome::Outcome::{Kept, OtherReason, SizeReason, TooLarge, TooSmall, UnknownReason};

const ENGLISH: Reasons = &[
    (
        Kept,
        "fits ok|right size|spot on|tts|feels true to size|correct size|size is right|fits nicely|fits me well",
    ),
    (
        TooSmall,
        "exchange for bigger size|exchanged for larger size|exchanged for a larger size|exchanged for bigger size|\
         wanted bigger size|need one size up|small size|small fitting|runs a little small|half size small|\
         half a size small|fits 1/2 size small|one size up needed|needs bigger size|exchange size up",
    ),
    (
        TooLarge,
        "exchanged for smaller size|exchanged for a smaller size|wanted smaller size|need one size down|oversized|\
         large fitting|runs a little large|runs a little big|half size big|half size large|half a size big|\
         half a size large|fits 1/2 size big|fits 1/2 size large|roomy|exchange size down",
    ),
    (
        SizeReason,
        "do not fit|doesn't fit me|size didn't fit|fit not right|unsuitable size|not my size|size mismatch|style/fit|\
         fit/size|size/fit|fit or size|bought two sizes|bought two sizes to try|ordered two sizes|\
         ordered several sizes|don't like the fit|unhappy with fit|unhappy with size|size not right|\
         size incorrect|wrong fit or size|size exchange requested",
    ),
    (
        OtherReason,
        "buyer's remorse|bad quality|found cheaper|found it cheaper|item arrived too late|\
         delivered too late|cosmetic defect|out of warranty|delivery issue|delivery fail|damage delivery|content fail|\
         just didn't like it|doesn't look good on me|did not look good on me|looks different to image online|\
         looks different to the picture|bought as a gift|ordered more than one|fraud|didn't like colour|\
         didn't like color|wrong style|loyalty fail|incorrect item sent|parcel damaged|\
         not as advertised|does not match description|does not match the description",
    ),
    (
        UnknownReason,
        "rto|customer return|customer returned|customer did not give a reason|no reason provided|no reason stated|\
         none given|reason unknown",
    ),
];

const GERMAN: Reasons = &[
    (
        Kept,
        "größengerecht|passt wie erwartet|fällt normal aus|fällt größengerecht aus|sitzt gut|sitzt perfekt",
    ),
    (
        TooSmall,
        "fällt kleiner aus|Größe fällt klein aus|fällt sehr klein aus|fällt eher klein aus|klein ausgefallen",
    ),
    (
        TooLarge,
        "fällt größer aus|Größe fällt groß aus|fällt sehr groß aus|fällt eher groß aus|groß ausgefallen",
    ),
    (
        SizeReason,
        "sitzt nicht richtig|Größe falsch|passt mir nicht|hat nicht gepasst|mehrere Größen zur Auswahl bestellt|\
         Auswahl verschiedener Größen|verschiedene Größen bestellt|Größe stimmt nicht|Größe nicht passend|\
         unpassende Größe|Größe ungeeignet|Passform nicht zufriedenstellend|Größenproblem",
    ),
    (
        OtherReason,
        "Artikel defekt|Artikel beschädigt|Ware beschädigt|Ware defekt|Ware defekt Transportschaden|\
         falscher Artikel geliefert|entspricht nicht der Beschreibung|entspricht nicht der Abbildung|\
         entspricht nicht den Erwartungen|entspricht nicht meinen Erwartungen|Qualität nicht zufriedenstellend|\
         Qualität entspricht nicht den Erwartungen|Qualität gefällt nicht|anderswo günstiger|woanders günstiger|Widerruf|\
         nicht wie erwartet|Farbe anders als erwartet|Farbe weicht ab|Farbabweichung|Mangel|Mängel|\
         ich habe es mir anders überlegt|habe es mir anders überlegt|Preis Leistung|Preis/Leistung|Bestellfehler|\
         Gewährleistung|Nichtgefallen|Lieferverzögerung|Geschmack|Fehllieferung|doppelt geliefert|Irrtum|\
         Verarbeitung|Produktionsfehler|Materialfehler",
    ),
    (
        UnknownReason,
        "kein Grund angegeben|Rückgabe|Rücknahme|Grund unbekannt|keine Begründung|ohne Begründung",
    ),
];

const FRENCH: Reasons = &[
    (
        SizeReason,
        "la coupe ne me convient pas|coupe ne convient pas|problème de taille erreur du client|ne convient pas taille|\
         taille non adaptée|taille ne va pas|taille erronée|taille pas adaptée|TAILLE-CLIE|taille/coupe|\
         ce n'est pas ma taille|j'ai commandé plusieurs tailles",
    ),
    (
        OtherReason,
        "produit endommagé|produit défectueux|produit abîmé|article abîmé|erreur de livraison|mauvais article reçu|\
         ne correspond pas à la description|ne correspond pas à mes attentes|produit ne correspond pas à mes attentes|\
         ne correspond pas à l'image|qualité décevante|déçu par la qualité|déçu de la qualité|rétractation|\
         droit de rétractation|la couleur ne me plaît pas|couleur différente|je n'aime pas|n'aime pas|\
         le produit ne me plaît pas|produit incorrect|produit non conforme|article non conforme|délai trop long|\
         PROD-DEFECT|PROD-AVARIE|PROD-SATISF",
    ),
    (UnknownReason, "sans motif|motif inconnu|aucun motif|motif non précisé|retour client"),
];

const SPANISH: Reasons = &[
    (
        TooSmall,
        "me queda pequeño|me queda pequeña|queda pequeño|queda pequeña|me queda chico|me queda chica|queda chico|\
         queda estrecho|me queda estrecho|me queda corto|queda corto|me aprieta|es pequeño|es pequeña|talla chica|\
         me queda justo|me queda ajustado",
    ),
    (
        TooLarge,
        "me queda grande|queda grande|queda ancho|me queda ancho|me queda largo|queda largo|es grande|me queda holgado",
    ),
    (
        SizeReason,
        "la talla no es la adecuada|talla inadecuada|no me vale la talla|no me sienta bien|talla/ajuste|\
         he pedido varias tallas|varias tallas|no me sirve la talla|no me sirve|no me quedó|no le quedó|talla no adecuada",
    ),
    (
        OtherReason,
        "no cumple expectativas|no cumple mis expectativas|no cumple las expectativas|artículo defectuoso|\
         artículo dañado|artículo erróneo|producto erróneo|producto dañado|desistimiento|no me convence|\
         el color no me gusta|color diferente|retraso en la entrega|no coincide con la foto|arrepentimiento|\
         diferente a la descripción|derecho de desistimiento|error en el pedido",
    ),
    (UnknownReason, "sin motivo indicado|motivo no especificado|devolución del cliente"),
];

const ITALIAN: Reasons = &[
    (
        TooSmall,
        "taglia piccola|taglia stretta|mi sta piccolo|mi sta piccola|mi sta stretto|mi sta stretta|mi va stretto|\
         mi va stretta|mi va piccolo|vestibilità stretta|calza stretto|mi sta corto",
    ),
    (
        TooLarge,
        "taglia grande|taglia larga|mi sta grande|mi sta largo|mi sta larga|mi va largo|mi va larga|mi va grande|\
         vestibilità larga|calza largo|mi sta lungo",
    ),
    (
        SizeReason,
        "la taglia non va bene|taglia non va bene|cambio taglia|ho ordinato più taglie|più taglie|non mi va bene|\
         non mi va|taglia/vestibilità|non è la mia taglia",
    ),
    (
        OtherReason,
        "articolo danneggiato|prodotto danneggiato|recesso|diritto di recesso|non soddisfa le aspettative|\
         articolo non conforme|prodotto non conforme|qualità non soddisfacente|colore diverso|colore sbagliato|\
         non corrisponde alla descrizione|non corrisponde alla foto|errore nell'ordine|difetto",
    ),
    (UnknownReason, "motivo non specificato|reso cliente"),
];

const DUTCH: Reasons = &[
    (
        SizeReason,
        "pasvorm niet goed|pasvorm bevalt niet|maat/pasvorm|maat niet passend|past me niet|past mij niet|\
         meerdere maten|niet de juiste maat|pasvorm valt tegen",
    ),
    (
        OtherReason,
        "voldoet niet aan verwachtingen|voldoet niet aan de verwachtingen|artikel is defect|artikel defect|\
         artikel beschadigd|staat me niet|staat mij niet|komt niet overeen met de foto|\
         komt niet overeen met de beschrijving|verkeerd geleverd|niet tevreden|herroeping|vind het niet mooi",
    ),
    (UnknownReason, "zonder reden|geen opgave|geen reden gegeven|klantretour"),
];

const POLISH: Reasons = &[
    (TooSmall, "za obcisłe|za obcisły|za obcisła|zbyt obcisłe|mały rozmiar|rozmiar mały"),
    (TooLarge, "duży rozmiar|rozmiar duży"),
    (
        SizeReason,
        "nie ten rozmiar|krój nie pasuje|problem z rozmiarem|rozmiar nieodpowiedni|nietrafiony rozmiar|zamiana rozmiaru|\
         rozmiar niezgodny",
    ),
    (
        OtherReason,
        "zmiana zdania|towar uszkodzony|produkt uszkodzony|towar wadliwy|produkt wadliwy|wada produktu|\
         wada towaru|pomyłka w zamówieniu|otrzymałem inny produkt|otrzymałam inny produkt|nie spełnia oczekiwań|\
         nie spełnił oczekiwań|inny kolor niż na zdjęciu|rezygnacja|nie odpowiada mi|zwrot konsumencki|\
         niezgodny z zamówieniem",
    ),
    (UnknownReason, "zwrócono|zwrot klienta|brak przyczyny"),
];

const PORTUGUESE: Reasons = &[
    (
        TooSmall,
        "tamanho pequeno|ficou curto|ficou curta|ficou justo|menor do que o esperado|menor do que esperado|\
         ficou apertada|ficou pequena",
    ),
    (
        TooLarge,
        "tamanho grande|ficou comprido|ficou comprida|ficou longo|maior do que o esperado|maior do que esperado|\
         muito longo|muito longa|ficou larga",
    ),
    (
        SizeReason,
        "tamanho não serviu|o tamanho não serviu|não vestiu bem|numeração incorreta|não me serve|não me serviu|\
         tamanho não adequado|não é o meu tamanho",
    ),
    (
        OtherReason,
        "produto danificado|defeito de fabricação|defeito de fabrico|não era o que esperava|me arrependi|\
         arrependi-me|direito de arrependimento|cor diferente|atraso na entrega|não corresponde às expectativas|\
         não atendeu às expectativas|artigo com defeito|livre resolução",
    ),
    (UnknownReason, "não informado|motivo não informado|devolução|devolvido pelo cliente"),
];

const NORTH: Reasons = &[
    (
        SizeReason,
        "storleken passade inte|passade inte|størrelsen passede ikke|passede ikke|størrelsen passet ikke|passet ikke",
    ),
    (
        OtherReason,
        "motsvarade inte förväntningarna|ångrat mig|levede ikke op til forventninger|\
         levede ikke op til forventningerne|svarte ikke til forventningene|passar mig inte stilmässigt",
    ),
];

const CZECH: Reasons = &[
    (Kept, "sedí|sedí perfektně|padne"),
    (
        TooSmall,
        "příliš malé|příliš malý|příliš malá|malá velikost|malé|moc malé|malý|těsné|moc těsné",
    ),
    (TooLarge, "příliš velké|příliš velký|příliš velká|velká velikost|velké|moc velké|velký|volné"),
    (
        SizeReason,
        "špatná velikost|nesedí|velikost nesedí|nevhodná velikost|nesprávná velikost|velikost",
    ),
    (
        OtherReason,
        "nelíbí se|nelíbí se mi|poškozené|poškozené zboží|vadné zboží|vada|jiné|kvalita|jiný důvod|odstoupení od smlouvy",
    ),
    (UnknownReason, "bez udání důvodu|vráceno|vrácení"),
];

const TURKISH: Reasons = &[
    (TooSmall, "küçük geldi|bedeni küçük|beden küçük|dar geldi|küçük|dar"),
    (TooLarge, "büyük geldi|bedeni büyük|beden büyük|bol geldi|büyük|bol"),
    (SizeReason, "beden uymadı|bedeni uymadı|yanlış beden|beden değişimi"),
    (OtherReason, "beğenmedim|kusurlu|kusurlu ürün|yanlış ürün|vazgeçtim|diğer|hasarlı ürün"),
    (UnknownReason, "iade|iade edildi"),
];

const RUSSIAN: Reasons = &[
    (Kept, "подошло|подошел размер|размер подошел"),
    (
        TooSmall,
        "маломерит|мал|мало|слишком маленький|маленький размер|мал размер|размер мал|мал по размеру|узко",
    ),
    (
        TooLarge,
        "большемерит|велик|велико|слишком большой|большой размер|велик размер|размер велик|велик по размеру",
    ),
    (
        SizeReason,
        "не подошел размер|не подошёл размер|не подошел по размеру|неверный размер|не тот размер|не подошло|не подошел",
    ),
    (
        OtherReason,
        "брак|не понравилось|не понравился|другое|не соответствует описанию|пересорт|передумал|повреждение",
    ),
    (UnknownReason, "возврат|не указана|без причины"),
];

const EAST_ASIA: Reasons = &[
    (Kept, "ちょうど良い|ちょうどいい|ぴったり|딱 맞음|정사이즈|合适|合身|正好"),
    (
        TooSmall,
        "小さい|小さかった|サイズが小さい|サイズが小さかった|サイズ小さい|思ったより小さかった|きつい|きつかった|短い|\
         사이즈가 작음|사이즈 작음|작음|작아요|너무 작음|사이즈가 작아요|太小|偏小|尺码偏小|尺码太小|尺寸偏小|尺寸太小|小了",
    ),
    (
        TooLarge,
        "大きい|大きかった|サイズが大きい|サイズが大きかった|サイズ大きい|思ったより大きかった|ゆるい|ゆるかった|長い|\
         사이즈가 큼|사이즈 큼|큼|커요|너무 큼|사이즈가 커요|太大|偏大|尺码偏大|尺码太大|尺寸偏大|尺寸太大|大了",
    ),
    (
        SizeReason,
        "サイズが合わない|サイズが合わなかった|サイズ違い|サイズ不適合|サイズ交換|フィットしない|사이즈 불만|사이즈가 맞지 않음|\
         사이즈 안맞음|사이즈 교환|尺码不合适|尺码不符|尺寸不合适|大小不合适|不合身",
    ),
    (
        OtherReason,
        "不良品|イメージと違う|イメージ違い|色違い|破損|注文間違い|商品違い|その他|お客様都合|단순변심|단순 변심|불량|오배송|\
         파손|색상 불만|기타|质量问题|不喜欢|颜色不符|发错货|七天无理由退货|与描述不符|其他",
    ),
    (UnknownReason, "返品|반품|退货|不明"),
];

/// Every list.
pub(super) const ALL: [Reasons; 13] = [
    ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, POLISH, PORTUGUESE, NORTH, CZECH, TURKISH,
    RUSSIAN, EAST_ASIA,
];
