//! An export imported on the desk, key by key.

use super::runner::{Runner, item};
use crate::mention::Level;
use crate::sources::Field;
use crate::tui::event::{Event, ImportProgress, ImportSum};

async fn desk() -> Runner {
    Runner::new(vec![item("a", "the water", Level::P1, 1)]).await
}

fn progress(rows: u64, new: u64) -> Event {
    Event::ImportGoesOn(ImportProgress { file: "Calls 2026-11.csv".to_owned(), rows, read: rows, length: 4_000, new })
}

#[tokio::test(start_paused = true)]
async fn columns_are_assigned_saved_under_a_name_and_imported() {
    let mut desk = desk().await;
    desk.keys("I").await;
    desk.types("/exports/Calls 2026-11.csv").await;
    desk.keys("enter").await;
    assert!(desk.screen().contains("No column is the text yet"), "{}", desk.screen());
    desk.keys("enter").await;
    assert!(desk.outside().imports.is_empty(), "nothing is imported without a text");
    desk.keys("t").await;
    assert!(desk.screen().contains("1 of 2 dates cannot be read"), "{}", desk.screen());
    desk.keys("j j a").await;
    assert!(desk.screen().contains("Ana Petit"), "{}", desk.screen());
    desk.keys("enter enter").await;
    let jobs = std::mem::take(&mut desk.outside().imports);
    let [job] = jobs.as_slice() else { panic!("one import: {jobs:?}") };
    let profile = job.new_profile.as_ref().expect("a new profile");
    assert_eq!(
        (job.profile.as_str(), profile.columns[&Field::Author].as_slice()),
        ("calls", &["Caller".to_owned()][..])
    );
    desk.event(progress(1_000, 1_000)).await;
    assert!(desk.screen().contains("Calls 2026-11.csv: 1,000 rows"), "{}", desk.screen());
    assert_eq!(desk.selected(), "a", "rows that arrive move no selection");
    desk.keys("I").await;
    assert!(desk.screen().contains("An import runs already"), "{}", desk.screen());
    let sum = ImportSum { new: 3_990, bad: 10, ..ImportSum::default() };
    desk.event(Event::ImportEnded("Calls 2026-11.csv".to_owned(), Ok(sum))).await;
    assert!(desk.screen().contains("3,990 new, 10 bad"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn an_import_is_stopped_from_the_palette_and_a_dialog_closed_with_nothing_done() {
    let mut desk = desk().await;
    desk.keys("I esc I").await;
    desk.types("/exports/Calls 2026-11.csv").await;
    desk.keys("enter").await;
    desk.keys("t esc").await;
    assert!(desk.outside().imports.is_empty() && desk.app().mode.is_browsing());
    desk.keys("I").await;
    desk.types("/exports/Calls 2026-11.csv").await;
    desk.keys("enter").await;
    desk.keys("t enter enter :").await;
    desk.types("stop the import").await;
    desk.keys("enter").await;
    assert_eq!((desk.outside().imports.len(), desk.outside().stopped_imports), (1, 1));
    desk.event(Event::ImportEnded("Calls 2026-11.csv".to_owned(), Err("the disk is full".to_owned()))).await;
    assert!(desk.screen().contains("the disk is full"), "{}", desk.screen());
}
