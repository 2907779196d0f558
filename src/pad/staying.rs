//! What a pad that is recorded again no longer says.

use super::Recording;
use super::words::fold;
use crate::directory::Directory;
use crate::directory::contact::Person;
use crate::directory::ids::CallId;

/// What the file of the call says and the pad does not, or no longer: recording adds and takes nothing away.
pub fn staying(directory: &Directory, id: CallId, recording: &Recording) -> Vec<String> {
    let call = &directory[id];
    let mut staying = Vec::new();
    for turn in &call.turns {
        let coop = &directory[turn.coop].entry.slug;
        let said = recording.turns.iter().find(|said| said.coop == coop.as_str());
        let name = said.and_then(|said| said.delegate.as_deref());
        if let Some(Person::Named(delegate)) = &turn.delegate
            && name != Some(delegate.as_str())
        {
            staying.push(format!("{coop}: the name {delegate}"));
        }
        let about = said.map_or("", |said| said.about.as_str());
        if !about.is_empty() && !turn.about.is_empty() && !fold(about).contains(&fold(&turn.about))
        {
            staying.push(format!("{coop}: {}", turn.about));
        }
    }
    let is_said =
        |decision: &&String| recording.decisions.iter().any(|said| fold(said) == fold(decision));
    let decisions = call.decisions.iter().filter(|it| !is_said(it));
    staying.extend(decisions.map(|decision| format!("decision: {decision}")));
    staying
}
