//! Behaviour of the program as its users meet it: one module a topic.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::format_collect,
    reason = "tests look at the world"
)]
#![allow(clippy::pedantic, reason = "a test is read once, beside what it tests")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make the files that the program then reads, and look at those that it writes"
)]

mod html;
mod site;

mod addresses;
mod announced;
mod answers;
mod attachments;
mod attendance;
mod by_hand;
mod characters;
mod commands;
mod compared;
mod copies;
mod crawl;
mod docs;
mod doing;
mod earlier;
mod editions;
mod editor;
mod elsewhere;
mod files;
mod fixes;
mod golden;
mod harm;
mod honest;
mod introducing;
mod kept;
mod kill;
mod links;
mod lists;
mod many;
mod markdown;
mod match_command;
mod match_lists;
mod meetings;
mod mentions;
mod mistakes;
mod names;
mod namesakes;
mod new_command;
mod outputs;
mod owners;
mod pad_answers;
mod pad_files;
mod pad_paraphrases;
mod pad_presence;
mod pad_retaken;
mod pad_tables;
mod pads;
mod promises;
mod properties;
mod quality;
mod quarantine;
mod remains;
mod remembered;
mod renames;
mod review;
mod rings;
mod roots;
mod scraps;
mod scripts;
mod searched;
mod series;
mod serving;
mod terminal;
mod tidy;
mod together;
mod topics;
mod traps;
mod unclear;
mod walkthrough;
mod wiki;
mod without_alias;
mod words;
mod years;
