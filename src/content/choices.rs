//! Values that are one of a few words, such as the kind of help or the status of a coop.

use super::advice;
use super::values::Complaint;
use crate::diagnostic::Code;

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names are the words that authors write")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every choice, in the order in which they are listed.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The word that authors write.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// Reads the word that authors write.
            pub fn parse(text: &str) -> Result<Self, Complaint> {
                match text {
                    $($text => Ok($name::$variant),)*
                    _ => Err(not_a_choice(text, &[$($text,)*])),
                }
            }
        }
    };
}

choices! {
    /// Who may see an entry or a contact.
    Visibility { Public = "public", Network = "network", Private = "private", }
}
choices! {
    /// What a need or an offer is about.
    Kind { Financial = "financial", Human = "human", Technical = "technical", Knowledge = "knowledge", }
}
choices! {
    /// The legal or social form of a coop.
    Form {
        Worker = "worker", Platform = "platform", Producer = "producer", Consumer = "consumer",
        MultiStakeholder = "multi-stakeholder", CreditUnion = "credit-union",
        CommunityNetwork = "community-network", Hub = "hub", Network = "network", Other = "other",
    }
}
choices! {
    /// How much a coop is at work.
    CoopStatus { Active = "active", Starting = "starting", Dormant = "dormant", Closed = "closed", }
}
choices! {
    /// How exactly a coop's coordinates are shown.
    Precision { Exact = "exact", City = "city", Country = "country", }
}
choices! {
    /// How help can be given.
    Mode { Remote = "remote", Onsite = "onsite", Either = "either", }
}
choices! {
    /// On what terms.
    Basis { Gift = "gift", Loan = "loan", Exchange = "exchange", Paid = "paid", Negotiable = "negotiable", }
}
choices! {
    /// How soon.
    Urgency { Low = "low", Normal = "normal", High = "high", }
}
choices! {
    /// What became of a need.
    NeedStatus {
        Open = "open", Parked = "parked", PartlyMet = "partly-met", Met = "met",
        Withdrawn = "withdrawn",
    }
}
choices! {
    /// What became of an offer.
    OfferStatus { Open = "open", Parked = "parked", Exhausted = "exhausted", Withdrawn = "withdrawn", }
}
choices! {
    /// What people decided about a match.
    MatchStatus {
        Introduced = "introduced", Agreed = "agreed", Fulfilled = "fulfilled",
        Declined = "declined", Lapsed = "lapsed",
    }
}

impl MatchStatus {
    /// Something may still become of it.
    pub fn goes_on(self) -> bool {
        matches!(self, MatchStatus::Introduced | MatchStatus::Agreed)
    }
}

choices! {
    /// Where a call stands.
    CallStatus { Planned = "planned", Held = "held", Cancelled = "cancelled", }
}
choices! {
    /// As what somebody took part in a call.
    Role { Delegate = "delegate", Observer = "observer", Apology = "apology", }
}
choices! {
    /// How somebody can be reached.
    ContactType {
        Email = "email", Phone = "phone", Matrix = "matrix", Signal = "signal",
        Fediverse = "fediverse", Form = "form", Url = "url", Post = "post",
    }
}
choices! {
    /// What a link leads to.
    LinkType { Code = "code", Handbook = "handbook", Chat = "chat", Social = "social", Other = "other", }
}
choices! {
    /// An index that a site publishes for other tools.
    SearchExport { Lunr = "lunr", }
}
choices! {
    /// What a site can weigh when needs and offers are matched.
    Weight {
        Topics = "topics", Text = "text", Kind = "kind", Language = "language", Place = "place",
        Dates = "dates", Basis = "basis", Amount = "amount", Experience = "experience",
    }
}
choices! {
    /// A yes or a no.
    YesNo { Yes = "true", No = "false", }
}

fn not_a_choice(text: &str, choices: &[&str]) -> Complaint {
    let what = "which is not a word that this field takes";
    Complaint::new(Code::UnknownChoice, what, advice::choice(text, choices))
}
