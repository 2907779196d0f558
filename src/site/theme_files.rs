//! The files of the built-in theme, compiled into the program.

macro_rules! built_in {
    ($($path:literal,)*) => {
        /// Every file of the built-in theme, by its path below `themes/default/`.
        pub const BUILT_IN: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!("../../themes/default/", $path))),)*];
    };
}

built_in! {
    "assets/ended.js",
    "assets/mark.svg",
    "assets/search-index.js",
    "assets/search.js",
    "assets/site.js",
    "assets/style.css",
    "assets/suggest.js",
    "assets/timer.js",
    "i18n/en.ftl",
    "i18n/en.names.json",
    "i18n/es.ftl",
    "i18n/es.names.json",
    "icons.json",
    "templates/a_z.html",
    "templates/agenda.html",
    "templates/base.html",
    "templates/call.html",
    "templates/calls.html",
    "templates/card.html",
    "templates/changes.html",
    "templates/commons.html",
    "templates/coop.html",
    "templates/decisions.html",
    "templates/facets.html",
    "templates/footer.html",
    "templates/home.html",
    "templates/list.html",
    "templates/match.html",
    "templates/match_card.html",
    "templates/match_facts.html",
    "templates/match_list.html",
    "templates/match_new.html",
    "templates/match_waiting.html",
    "templates/not_found.html",
    "templates/open.html",
    "templates/page.html",
    "templates/parts/cards.html",
    "templates/parts/entry.html",
    "templates/parts/icons.html",
    "templates/parts/links.html",
    "templates/parts/lists.html",
    "templates/proposal.html",
    "templates/redirect.html",
    "templates/ring.html",
    "templates/ring_list.html",
    "templates/search.html",
    "templates/statistics.html",
    "templates/topic.html",
    "templates/topics.html",
    "templates/wanted.html",
}
