//! Everyday words for outcomes in English, German, French, Spanish, Italian, Dutch, Polish,
//! Swedish, Portuguese, Danish, Norwegian and Finnish.
//!
//! Texts like "too small" and "zu eng" are not listed: `phrases` reads them.

use super::platforms::Reasons;
use inseam::outcome::Outcome::{
    Kept, OtherReason, Pending, SizeReason, TooLarge, TooSmall, UnknownReason,
};

/// English. The `fit` column of the RentTheRunway and ModCloth data sets (Misra, Wan and McAuley,
/// RecSys 2018) has small, fit and large.
const ENGLISH: Reasons = &[
    (
        Kept,
        "keep|kept item|kept it|not returned|no return|perfect|perfect fit|fits perfectly|fits well|fits great|\
         good fit|great fit|true to size|just right|as expected|fits as expected|fits|fitted|fits true to size",
    ),
    (
        TooSmall,
        "small|smaller|tight|narrow|runs small|runs a bit small|runs slightly small|a bit small|a little small|\
         slightly small|somewhat small|very small|bit tight|a bit tight|slightly tight|fits small|small fit|\
         fits tight|smaller than expected|snug|size up|sized up|need larger size|needs larger size|\
         need a larger size|need a bigger size|need bigger size|need size up|needed a larger size|\
         exchange for larger size|exchange for a larger size|wanted a larger size|size too tight",
    ),
    (
        TooLarge,
        "large|larger|big|loose|runs large|runs big|runs a bit large|runs a bit big|runs slightly large|a bit large|\
         a bit big|a little large|a little big|slightly large|slightly big|somewhat large|very large|very big|\
         a bit loose|slightly loose|fits large|fits big|large fit|fits loose|larger than expected|\
         bigger than expected|baggy|size down|sized down|need smaller size|needs smaller size|\
         need a smaller size|need size down|needed a smaller size|exchange for smaller size|\
         exchange for a smaller size|wanted a smaller size",
    ),
    (
        SizeReason,
        "wrong size|incorrect size|different size needed|exchange size|size exchange|exchange for another size|\
         exchange for a different size|too small or too large|too big or too small|too small or too big|\
         too large or too small|too small/too big|sizing or fit",
    ),
    (
        UnknownReason,
        "returned|return|refunded|refund|sent back|exchanged|exchange|fully returned|fully refunded",
    ),
    (
        Pending,
        "open|return window open|not yet known|undecided|processing|ordered|shipped|in transit",
    ),
    (
        OtherReason,
        "defect item|item not wanted|not wanted|not needed|not satisfied|not happy|disliked",
    ),
];

const GERMAN: Reasons = &[
    (
        Kept,
        "behalten|passt|passt gut|passt perfekt|perfekt|nicht retourniert|keine Retoure|genau richtig",
    ),
    (
        TooSmall,
        "klein|eng|fällt klein aus|faellt klein aus|fällt eng aus|kleiner als erwartet|etwas klein|etwas eng",
    ),
    (
        TooLarge,
        "groß|weit|fällt groß aus|faellt gross aus|fällt weit aus|größer als erwartet|etwas groß|etwas weit",
    ),
    (
        SizeReason,
        "passt nicht|falsche Größe|falsche Groesse|Größe passt nicht|Groesse passt nicht|Passform|Passform schlecht|\
         schlechte Passform|sitzt nicht|sitzt nicht gut|sitzt schlecht|Größe|Groesse|Artikel passt nicht|\
         falsche Größe bestellt|mehrere Größen bestellt|Auswahlbestellung Größe|Passform gefällt nicht|\
         Passform nicht gut|Größe/Passform",
    ),
    (
        OtherReason,
        "gefällt nicht|gefaellt nicht|gefällt mir nicht|nicht gefallen|Artikel gefällt nicht|\
         gefällt mir nicht mehr|Farbe gefällt nicht|Stoff gefällt nicht|Schnitt gefällt nicht|\
         Material gefällt nicht|defekt|beschädigt|mangelhaft|fehlerhaft|Qualität|schlechte Qualität|\
         Qualitätsmangel|falscher Artikel|falsche Ware|Falschlieferung|nicht wie abgebildet|\
         nicht wie beschrieben|anders als abgebildet|anders als erwartet|anders als beschrieben|zu teuer|zu spät|\
         zu spät geliefert|Lieferung zu spät|Lieferzeit zu lang|nicht mehr benötigt|anders überlegt|Meinung geändert|\
         Geschenk|Fehlbestellung|irrtümlich bestellt|versehentlich bestellt|doppelt bestellt|Preis|andere|andere Gründe|\
         anderer Grund|sonstige|sonstige Gründe|sonstiger Grund|Farbe|Stil|Schnitt|Material|steht mir nicht|\
         Annahme verweigert|nicht zustellbar|unzustellbar|Transportschaden|Reklamation|Garantie",
    ),
    (
        UnknownReason,
        "retourniert|Retoure|zurückgeschickt|zurückgesendet|zurueckgeschickt|zurück|Rücksendung|erstattet|\
         ohne Angabe|keine Angabe|keine Angaben|kein Grund|ohne Grund|unbekannt|unbekannter Grund|Umtausch",
    ),
    (Pending, "offen|noch offen"),
];

const FRENCH: Reasons = &[
    (
        Kept,
        "gardé|conservé|parfait|taille bien|bonne taille|à la bonne taille|non retourné|va bien|me va bien",
    ),
    (
        TooSmall,
        "petit|petite|serré|étroit|taille petit|taille trop petite|taille petite|plus petit que prévu",
    ),
    (TooLarge, "grand|grande|taille grand|taille trop grande|taille grande|plus grand que prévu"),
    (
        SizeReason,
        "mauvaise taille|taille|taille incorrecte|ne va pas|ne me va pas|problème de taille|erreur de taille|\
         taille ne convient pas|la taille ne convient pas|taille inadaptée|coupe|mauvaise coupe|pointure|\
         la taille ne va pas|n'est pas à ma taille|plusieurs tailles commandées|taille ou coupe",
    ),
    (
        OtherReason,
        "ne plaît pas|ne me plaît pas|ne plait plus|l'article ne me plaît pas|couleur|couleur non conforme|\
         défectueux|article défectueux|abîmé|endommagé|article endommagé|qualité|mauvaise qualité|qualité insuffisante|\
         article incorrect|mauvais article|erreur d'article|non conforme|non conforme à la description|\
         pas conforme à la description|différent de la photo|trop cher|trop tard|arrivé trop tard|livraison tardive|\
         livraison trop tardive|changement d'avis|j'ai changé d'avis|a changé d'avis|plus besoin|erreur de commande|\
         commandé par erreur|cadeau|prix|autre|autres|autre raison|autres raisons|style|matière|refusé",
    ),
    (
        UnknownReason,
        "retourné|retour|renvoyé|remboursé|échangé|échange|sans raison|aucune raison|raison inconnue|inconnu|\
         non précisé|non renseigné",
    ),
    (Pending, "en cours|en attente de retour"),
];

const SPANISH: Reasons = &[
    (
        Kept,
        "se quedó|conservado|perfecto|queda bien|talla correcta|talla bien|no devuelto|sin devolución",
    ),
    (
        TooSmall,
        "pequeño|pequeña|chico|estrecho|talla pequeña|talla pequeño|más pequeño de lo esperado",
    ),
    (TooLarge, "grande|ancho|talla grande|más grande de lo esperado"),
    (
        SizeReason,
        "talla incorrecta|talla equivocada|talla|tallaje|no me queda|no me queda bien|no queda bien|no me vale|\
         problema de talla|no es mi talla|la talla no es correcta|ajuste|mal ajuste|no ajusta|error de talla|\
         talla errónea|cambio de talla|corte",
    ),
    (
        OtherReason,
        "no me gusta|no gusta|no me ha gustado|no le gusta|no gustó|no me gustó|color|defectuoso|\
         producto defectuoso|dañado|roto|calidad|mala calidad|artículo incorrecto|artículo equivocado|\
         producto incorrecto|producto equivocado|no es como se describe|no coincide con la descripción|\
         diferente a la foto|no es lo que esperaba|demasiado caro|llegó tarde|llegó demasiado tarde|entrega tardía|\
         cambio de opinión|he cambiado de opinión|cambié de opinión|ya no lo necesito|ya no lo quiero|\
         pedido por error|compra por error|regalo|precio|otro|otros|otra|otra razón|otros motivos|otro motivo|\
         estilo|tejido|material|rechazado",
    ),
    (
        UnknownReason,
        "devuelto|devolución|devuelta|reembolsado|cambiado|cambio|sin motivo|sin razón|motivo desconocido|desconocido|\
         sin especificar|no especificado",
    ),
    (Pending, "en curso"),
];

const ITALIAN: Reasons = &[
    (Kept, "tenuto|perfetto|va bene|veste bene|calza bene|taglia giusta|non reso|nessun reso"),
    (
        TooSmall,
        "piccolo|piccola|stretto|stretta|veste piccolo|veste stretto|calza piccolo|più piccolo del previsto",
    ),
    (TooLarge, "largo|larga|veste grande|veste largo|calza grande|più grande del previsto"),
    (
        SizeReason,
        "taglia sbagliata|taglia errata|taglia|misura|misura sbagliata|misura errata|non veste bene|non va bene|\
         non mi sta bene|vestibilità|problema di taglia|taglia non corretta|taglia non adatta|calzata|\
         vestibilità non adatta|numero sbagliato",
    ),
    (
        OtherReason,
        "non mi piace|non piace|non piaciuto|non mi è piaciuto|colore|difettoso|prodotto difettoso|articolo difettoso|\
         danneggiato|rotto|qualità|qualità scadente|scarsa qualità|articolo sbagliato|articolo errato|prodotto errato|\
         prodotto sbagliato|non conforme|non conforme alla descrizione|non come descritto|diverso dalla foto|\
         troppo caro|troppo tardi|arrivato tardi|arrivato in ritardo|consegna in ritardo|ho cambiato idea|\
         cambio idea|ripensamento|non serve più|ordinato per errore|errore d'ordine|regalo|prezzo|altro|altri motivi|\
         altro motivo|stile|tessuto|materiale|rifiutato",
    ),
    (
        UnknownReason,
        "reso|restituito|rimborsato|cambiato|cambio merce|nessun motivo|senza motivo|motivo sconosciuto|\
         sconosciuto|non specificato|non indicato",
    ),
    (Pending, "in corso"),
];

const DUTCH: Reasons = &[
    (Kept, "gehouden|behouden|past|past goed|past perfect|goede pasvorm|niet geretourneerd"),
    (TooSmall, "klein|strak|krap|valt klein|valt te klein|kleiner dan verwacht|valt klein uit"),
    (
        TooLarge,
        "groot|wijd|ruim|valt groot|valt ruim|valt te groot|groter dan verwacht|valt groot uit",
    ),
    (
        SizeReason,
        "past niet|verkeerde maat|maat|pasvorm|slechte pasvorm|maat past niet|zit niet goed|zit niet lekker|\
         onjuiste maat|verkeerde maat besteld|meerdere maten besteld|maat klopt niet|maat niet goed",
    ),
    (
        OtherReason,
        "niet mooi|vind ik niet mooi|bevalt niet|niet naar wens|kleur|kleur valt tegen|defect artikel|beschadigd|kapot|\
         kwaliteit|slechte kwaliteit|kwaliteit valt tegen|verkeerd artikel|verkeerd product|\
         verkeerd artikel ontvangen|niet zoals beschreven|niet zoals verwacht|anders dan verwacht|\
         anders dan op de foto|te duur|te laat|te laat geleverd|bedacht|van gedachten veranderd|niet meer nodig|\
         per ongeluk besteld|verkeerd besteld|cadeau|prijs|anders|andere reden|overig|overige|stijl|stof|materiaal|\
         geweigerd|voldoet niet aan verwachting",
    ),
    (
        UnknownReason,
        "geretourneerd|retour|teruggestuurd|terugbetaald|geruild|ruilen|geen reden|geen reden opgegeven|onbekend|\
         niet opgegeven",
    ),
    (Pending, "lopend"),
];

const POLISH: Reasons = &[
    (
        Kept,
        "zatrzymany|zatrzymane|zatrzymana|pasuje|dobry rozmiar|idealny|pasuje idealnie|niezwrócony|brak zwrotu",
    ),
    (TooSmall, "mały|mała|małe|ciasny|ciasna|ciasne|mniejszy niż oczekiwano"),
    (TooLarge, "duży|duża|duże|luźny|luźna|luźne|większy niż oczekiwano"),
    (
        SizeReason,
        "zły rozmiar|niewłaściwy rozmiar|nieodpowiedni rozmiar|rozmiar|nie pasuje|nie pasuje rozmiar|niedopasowany|\
         rozmiar nie pasuje|błędny rozmiar|krój|fason nie pasuje|niepasujący rozmiar|niedopasowanie",
    ),
    (
        OtherReason,
        "nie podoba się|nie podoba mi się|nie spodobał się|kolor|inny kolor|wadliwy|uszkodzony|uszkodzona|uszkodzone|\
         wada|jakość|słaba jakość|niska jakość|zła jakość|niewłaściwy produkt|zły produkt|pomyłka|\
         niezgodny z opisem|towar niezgodny z opisem|niezgodność z opisem|inny niż na zdjęciu|za drogi|za drogo|\
         za późno|dostarczono za późno|zmiana decyzji|zmieniłem zdanie|zmieniłam zdanie|rozmyśliłem się|\
         niepotrzebny|zamówione przez pomyłkę|prezent|cena|inne|inny|inny powód|inna przyczyna|styl|materiał|\
         odstąpienie od umowy|reklamacja",
    ),
    (
        UnknownReason,
        "zwrócony|zwrócone|zwrócona|zwrot|zwrot towaru|wymiana|zwrot pieniędzy|brak powodu|bez powodu|\
         bez podania przyczyny|nie podano|nieznany|nieznany powód",
    ),
    (Pending, "w toku"),
];

const SWEDISH: Reasons = &[
    (Kept, "behållen|behållit|behöll|passar|passar bra|perfekt passform|ej returnerad"),
    (TooSmall, "liten|litet|tight|trång|liten i storleken|liten storlek|mindre än väntat"),
    (TooLarge, "stor|stort|stor i storleken|stor storlek|större än väntat"),
    (
        SizeReason,
        "fel storlek|storlek|storleken|passar inte|passar ej|passform|dålig passform|storleken passar inte|\
         fel passform|flera storlekar beställda",
    ),
    (
        OtherReason,
        "gillar inte|gillade inte|tycker inte om|färg|fel färg|defekt vara|skadad|trasig|kvalitet|dålig kvalitet|\
         fel vara|fel artikel|fel produkt|inte som beskrivet|motsvarar inte beskrivningen|ej som förväntat|\
         inte som förväntat|för dyr|för dyrt|för sent|sen leverans|för sen leverans|ångrat|ångrade mig|ångrat köp|\
         ångerrätt|ändrat mig|behövs inte|felbeställning|beställt fel|present|pris|annat|annan|annan anledning|övrigt|\
         stil|material",
    ),
    (
        UnknownReason,
        "returnerad|returnerat|retur|återbetald|bytt|byte|ingen anledning|okänd|okänd anledning|ej angivet|\
         ingen orsak",
    ),
    (Pending, "pågående"),
];

const PORTUGUESE: Reasons = &[
    (Kept, "ficou|mantido|perfeito|serve|serviu|tamanho certo|ficou bom|ficou bem|não devolvido"),
    (
        TooSmall,
        "pequeno|pequena|apertado|apertada|veste pequeno|menor que o esperado|ficou pequeno|ficou apertado",
    ),
    (
        TooLarge,
        "folgado|folgada|veste grande|maior que o esperado|ficou grande|ficou largo|ficou folgado",
    ),
    (
        SizeReason,
        "tamanho errado|tamanho incorreto|tamanho|não serve|não serviu|não servia|não coube|problema de tamanho|caimento|\
         tamanho inadequado|numeração|numeração errada|troca de tamanho|não ficou bem|modelagem",
    ),
    (
        OtherReason,
        "não gostei|não gostou|não gostei do produto|cor|cor errada|defeituoso|defeito|com defeito|produto com defeito|\
         danificado|avariado|qualidade|má qualidade|baixa qualidade|produto errado|artigo errado|item errado|\
         não corresponde à descrição|diferente da descrição|diferente da foto|diferente do anunciado|muito caro|\
         demasiado caro|atrasado|chegou tarde|entrega atrasada|arrependimento|desistência|mudei de ideia|\
         mudança de opinião|já não preciso|não preciso mais|comprado por engano|compra errada|presente|prenda|preço|\
         outro|outros|outro motivo|outros motivos|estilo|tecido|material",
    ),
    (
        UnknownReason,
        "devolvido|devolução|reembolsado|trocado|troca|sem motivo|motivo desconhecido|desconhecido|não especificado|\
         não informado",
    ),
    (Pending, "em andamento"),
];

const DANISH_AND_NORWEGIAN: Reasons = &[
    (
        Kept,
        "beholdt|passer|passer godt|perfekt pasform|ikke returneret|ikke returnert|god passform",
    ),
    (
        TooSmall,
        "lille|liten|stram|trang|lille i størrelsen|liten i størrelsen|mindre end forventet|mindre enn forventet",
    ),
    (TooLarge, "stor|stor i størrelsen|større end forventet|større enn forventet"),
    (
        SizeReason,
        "forkert størrelse|feil størrelse|størrelse|størrelsen|passer ikke|pasform|passform|dårlig pasform|\
         dårlig passform|størrelsen passer ikke|sidder ikke godt|sitter ikke bra|flere størrelser bestilt",
    ),
    (
        OtherReason,
        "kan ikke lide|kunne ikke lide|liker ikke|likte ikke|farve|farge|forkert farve|feil farge|defekt|beskadiget|\
         skadet|ødelagt|kvalitet|dårlig kvalitet|forkert vare|feil vare|forkert produkt|feil produkt|\
         ikke som beskrevet|ikke som forventet|svarer ikke til beskrivelsen|for dyr|for dyrt|for sent|\
         for sen levering|sen levering|fortrudt|fortrudt køb|fortrydelse|fortrydelsesret|angret|angrekjøp|angrerett|\
         ombestemt|ikke behov|fejlbestilling|feilbestilling|bestilt forkert|bestilt feil|gave|pris|andet|annet|\
         anden årsag|annen årsag|anden|stil|materiale|stof",
    ),
    (
        UnknownReason,
        "returneret|returnert|retur|refunderet|refundert|byttet|bytte|ingen årsag|ingen grunn|ukendt|ukjent|\
         ikke angivet|ikke oppgitt|ukendt årsag",
    ),
    (Pending, "i gang"),
];

const FINNISH: Reasons = &[
    (Kept, "pidetty|sopii|sopii hyvin|sopiva|täydellinen|sopiva koko|ei palautettu"),
    (TooSmall, "pieni|tiukka|ahdas|kireä|pienempi kuin odotin|pientä kokoa|pieni koko"),
    (TooLarge, "suuri|iso|löysä|väljä|suurempi kuin odotin|isoa kokoa|iso koko"),
    (
        SizeReason,
        "väärä koko|koko|ei sovi|ei sopinut|ei istu|istuvuus|huono istuvuus|koko ei sovi|koko ei sopinut|mitoitus|\
         tilasin useita kokoja|sopivuus",
    ),
    (
        OtherReason,
        "ei miellytä|ei miellyttänyt|en pitänyt|en pitänyt tuotteesta|väri|viallinen|vaurioitunut|rikki|laatu|\
         huono laatu|väärä tuote|väärä tuote toimitettu|ei vastaa kuvausta|ei vastannut kuvausta|ei vastaa odotuksia|\
         liian kallis|liian myöhään|myöhästynyt|toimitus myöhässä|mieleni muuttui|muutin mieleni|en tarvitse|\
         ei tarvetta|tilattu vahingossa|virhetilaus|lahja|hinta|muu|muu syy|tyyli|materiaali|reklamaatio",
    ),
    (
        UnknownReason,
        "palautettu|palautus|hyvitetty|vaihdettu|vaihto|ei syytä|tuntematon|tuntematon syy|ei ilmoitettu",
    ),
    (Pending, "kesken|avoin"),
];

/// Every list.
pub(super) const ALL: [Reasons; 11] = [
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    ITALIAN,
    DUTCH,
    POLISH,
    SWEDISH,
    PORTUGUESE,
    DANISH_AND_NORWEGIAN,
    FINNISH,
];
