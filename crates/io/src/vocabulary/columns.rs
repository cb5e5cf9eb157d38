//! The columns that Inseam reads, and the headers that shops and platforms give them.

use serde::{Deserialize, Serialize};

/// A column with a meaning that Inseam knows. The private files store these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandardColumn {
    /// The customer's id.
    CustomerId,
    /// The article's id: one for all sizes of an article.
    ArticleId,
    /// The size label that the customer bought.
    Size,
    /// What became of the purchase.
    Outcome,
    /// The day of the order.
    OrderedAt,
    /// The order's id.
    OrderId,
    /// The id of the order line.
    LineId,
    /// The number of pieces of the order line; negative for a return.
    Quantity,
    /// The fit group of the article.
    Group,
    /// The category of the article, a level below the fit group.
    Category,
    /// The brand of the article.
    Brand,
    /// The size system of the size label.
    SizeSystem,
    /// The sizes that an article comes in. Only catalogues have it.
    Sizes,
}

impl StandardColumn {
    /// The column's name in the pipeline file.
    pub fn name(self) -> &'static str {
        match self {
            Self::CustomerId => "customer_id",
            Self::ArticleId => "article_id",
            Self::Size => "size",
            Self::Outcome => "outcome",
            Self::OrderedAt => "ordered_at",
            Self::OrderId => "order_id",
            Self::LineId => "line_id",
            Self::Quantity => "quantity",
            Self::Group => "group",
            Self::Category => "category",
            Self::Brand => "brand",
            Self::SizeSystem => "size_system",
            Self::Sizes => "sizes",
        }
    }

    /// The headers that usually mean this column, the likeliest first, folded and without blanks.
    /// They are those of the exports of Shopify, Adobe Commerce, WooCommerce, BigCommerce and
    /// Amazon, of return apps, and plain words of eighteen languages.
    pub(crate) fn usual_headers(self) -> impl Iterator<Item = &'static str> {
        let headers = match self {
            Self::CustomerId => CUSTOMER_ID,
            Self::ArticleId => ARTICLE_ID,
            Self::Size => SIZE,
            Self::Outcome => OUTCOME,
            Self::OrderedAt => ORDERED_AT,
            Self::OrderId => ORDER_ID,
            Self::LineId => LINE_ID,
            Self::Quantity => QUANTITY,
            Self::Group => GROUP,
            Self::Category => CATEGORY,
            Self::Brand => BRAND,
            Self::SizeSystem => SIZE_SYSTEM,
            Self::Sizes => SIZES,
        };
        headers.split_ascii_whitespace()
    }
}

const CUSTOMER_ID: &str = "customerid customer userid user customeruser clientid shopperid buyerid accountid \
    customerkey customernumber customeremail billingemail emailbilling buyeremail email emailaddress mail kundennummer \
    kundenid kunde kundennr kundenemail emailadresse idclient client numeroclient courriel emailclient idcliente cliente \
    numerocliente codicecliente emailcliente kunnr customercustomernumber customerreference customeraccount correo correoelectronico klantid klantnummer klantnr klant emailklant \
    idklienta klientid numerklienta klient adresemail kundid kundnummer kundnr kund epost clienteid codigocliente \
    kundeid kundenummer asiakasid asiakasnumero asiakas sahkoposti \
    iddocliente codigodocliente idclienta cislozakaznika zakaznik zakaznickecislo musterino musteri 顧客id 顧客番号 顧客コード 会員id 会員番号 客户编号 客户id 会员id 用户id \
    고객번호 고객id 회원id клиент идклиента покупатель \
    idcustomer buyerusername buyeruserid buyer";

const ARTICLE_ID: &str = "articleid article itemid productid product stylecode styleid style parentsku parentasin \
    articlenumber productkey productnumber itemproductid itemgroupid lineitemproductid artikelnummer artikelnr \
    artikelid artikel produktnummer produktid produkt modellnummer modell modelid model idarticle refarticle reference \
    referenceproduit idproduit produit idarticulo referencia idproducto articulo producto codicearticolo idarticolo \
    codiceprodotto idprodotto articolo prodotto artikelcode productnummer productcode kodproduktu idproduktu towar \
    indeks varenummer varenr vare tuotenumero tuoteid tuote artigo idproduto codigoproduto produto \
    stockcode matnr materialnummer lineitemsproductproductnumber fsn listingid producttitle productname itemname lineitemsku itemsku productsku variantsku productvariantsku sku item \
    iddoproduto codigodoproduto kodproduktu cislozbozi zbozi urunkodu urun 商品番号 商品コード 商品id 品番 商品编码 商品编号 货号 款号 상품번호 상품코드 품번 артикул товар \
    itemnumber itemtitle lineitemsproductid lineitemslabel productreference";

const SIZE: &str = "size sizelabel articlesize productsize itemsize variantsize sizename lineitemsize \
    attributepasize pasize attributesize sizevalue shoesize sizebought orderedsize grosse groesse artikelgrosse \
    konfektionsgrosse schuhgrosse taille pointure tailleproduit talla tallaproducto taglia misura maat schoenmaat \
    rozmiar storlek tamanho tam numeracao storrelse koko kokonumero サイズ 尺码 尺寸 사이즈 размер velikost beden lineitemspayloadoptions option1value \
    lineitemvarianttitle varianttitle lineitemname";

const OUTCOME: &str = "outcome returnreason reason returnreasoncode reasoncode returnreasonnote reasonforreturn \
    returnreasonname customerreturnreason parentreturnreason rmareason rmareasonlabel returnstatus retourengrund \
    retouregrund retourgrund ruckgabegrund ruecksendegrund rucksendegrund grund motifretour motifderetour raisonretour \
    raisonduretour motif motivodevolucion motivodedevolucion motivo razondevolucion motivoreso motivodelreso causale \
    causalereso retourreden reden redenretour powodzwrotu przyczynazwrotu powod returorsak orsak returanledning \
    motivodevolucao motivodadevolucao returarsag arsag returarsak arsak palautussyy palautuksensyy syy fit \
    fitfeedback fitrating howdoesitfit passformfeedback 返品理由 退货原因 반품사유 причинавозврата duvodvraceni iadenedeni \
    returned isreturned wasreturned returnflag isrefunded qtyreturned quantityreturned returnedquantity returnedqty \
    qtyrefunded quantityrefunded refundedquantity refundedqty retourniert istretoure";

const ORDERED_AT: &str = "orderedat orderdate orderdatetime ordercreatedat erdat audat invoicedate createdat purchasedat purchasedate datecreated datecreatedgmt processedat \
    paidat date orderedon orderplaced timestamp bestelldatum auftragsdatum kaufdatum bestelltam datum datecommande \
    datedecommande dateachat fechapedido fechadepedido fechacompra fecha dataordine dataacquisto besteldatum \
    orderdatum datazamowienia datazakupu bestallningsdatum datadopedido datapedido datadacompra ordredato kobsdato \
    tilauspaiva tilauspvm \
    dateadd datepaid saledate saleday day datumobjednavky siparistarihi 注文日 注文日時 購入日 受注日 下单时间 订单日期 付款时间 주문일 주문일자 датазаказа";

const ORDER_ID: &str = "orderid ordernumber orderreference vbeln invoiceno incrementid ordername order orderkey amazonorderid bestellnummer bestellnr \
    bestellid auftragsnummer auftragsnr numerocommande numerodecommande idcommande commande numeropedido \
    numerodepedido idpedido pedido numeroordine idordine ordine bestelnummer bestelnr numerzamowienia idzamowienia \
    zamowienie ordernr bestallningsnummer ordrenummer ordrenr tilausnumero tilaus \
    idorder iddopedido numerodopedido cisloobjednavky objednavka siparisno 注文番号 注文id 受注番号 订单号 订单编号 주문번호 заказ номерзаказа";

const LINE_ID: &str = "lineid orderlineid lineitemid orderitemid orderdetailid salesorderitemid orderpositionid positionid orderitemreference posnr";

const QUANTITY: &str = "quantity qty lineitemquantity lineitemsquantity fkimg kwmeng orderquantity quantityordered orderedquantity qtyordered \
    quantitypurchased itemquantity productquantity menge anzahl bestellmenge quantite cantidad quantita quantidade aantal ilosc antal \
    maara \
    mnozstvi adet 数量 個数 수량 количество";

const GROUP: &str = "group fitgroup garmentgroup producttype garmenttype producttypename warengruppe produktgruppe \
    artikelgruppe produkttyp typeproduit typedeproduit tipoproducto tipodeproducto tipoprodotto productgroep \
    grupaproduktow typproduktu produktgrupp tipoproduto tipodeproduto produkttype tuoteryhma";

const CATEGORY: &str = "category productcategory subcategory kategorie produktkategorie categorie categoria kategoria \
    kategori tuotekategoria \
    カテゴリ カテゴリー 类目 分类 카테고리 категория";

const BRAND: &str = "brand brandname vendor manufacturer brandid marke markenname hersteller marque fabricant marca \
    fabricante produttore merk merknaam fabrikant marka producent varumarke tillverkare merke maerke produsent merkki \
    lineitemvendor \
    ブランド 品牌 브랜드 бренд znacka";

const SIZE_SYSTEM: &str = "sizesystem sizingsystem sizescale grossensystem systemetaille sistematallas \
    sistemataglie maatsysteem";

const SIZES: &str = "sizes sizerun availablesizes sizelabels sizerange grossen verfugbaregrossen tailles \
    taillesdisponibles tallas tallasdisponibles taglie tagliedisponibili maten rozmiary storlekar tamanhos storrelser \
    koot size grosse taille talla taglia maat rozmiar storlek tamanho storrelse koko";
