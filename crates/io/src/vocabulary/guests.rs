//! Words that shops write in the column of customers for people without an account.

/// Words for guests, in lower case and with letters only.
const WORDS: &str = "guest guests guestcustomer guestuser guestcheckout gast gäste gastbestellung gastkunde invité invite \
     invités invitado invitada ospite convidado gość gosc gäst gjest gæst vieras ゲスト 게스트 游客 гость \
     anonymous anonym anonymus anonyme anonimo anónimo anônimo anonymized anonymised deleted unknown unbekannt \
     inconnu desconocido desconhecido sconosciuto onbekend nocustomer nouser notloggedin walkin walkincustomer \
     laufkunde laufkundschaft barverkauf cashcustomer cashsale poscustomer noreply donotreply";
/// The longest text that is compared with the words, in bytes.
const MAX_WORD: usize = 64;

/// What an id of a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerKind {
    /// The id of a customer.
    Person,
    /// A word for customers without an id.
    Guest,
    /// A number that stands for guests in some shops and is an ordinary id in others: 0 and -1.
    MaybeGuest,
}

/// What an id of a customer is. An e-mail address is a guest's if a word for guests is before the
/// @.
pub fn customer_kind(id: &str) -> CustomerKind {
    if id.len() > MAX_WORD {
        return CustomerKind::Person;
    }
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let zeros = digits > 0 && id.bytes().all(|byte| b"0-".contains(&byte));
    if zeros && digits >= 8 {
        return CustomerKind::Guest;
    }
    if zeros || matches!(id, "-1" | "0.0" | "-1.0") {
        return CustomerKind::MaybeGuest;
    }
    let name = id.split_once('@').map_or(id, |(name, _)| name);
    if name.bytes().any(|byte| byte.is_ascii_digit()) {
        return CustomerKind::Person;
    }
    let word: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if WORDS.split_ascii_whitespace().any(|listed| listed == word) {
        CustomerKind::Guest
    } else {
        CustomerKind::Person
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_and_persons() {
        for id in [
            "guest",
            "Guest",
            "GUEST",
            "(guest)",
            "Gast",
            "invité",
            "Invitado",
            "anonymous",
            "Walk-in",
            "guest@example.com",
            "no-reply@shop.example",
            "00000000-0000-0000-0000-000000000000",
            "00000000",
        ] {
            assert_eq!(customer_kind(id), CustomerKind::Guest, "{id}");
        }
        for id in ["0", "-1", "0.0", "000"] {
            assert_eq!(customer_kind(id), CustomerKind::MaybeGuest, "{id}");
        }
        for id in [
            "1",
            "10",
            "100",
            "c0",
            "guest1@example.com",
            "gastone@example.com",
            "u-0-1",
            "12345678",
        ] {
            assert_eq!(customer_kind(id), CustomerKind::Person, "{id}");
        }
    }
}
