//! The kinds that read lines: a file that grows, a folder of exports, a program's output.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use super::lines::Subject;
use crate::config::{Program, SourceKind};

pub(super) struct Ndjson;

impl Subject for Ndjson {
    fn kind(&self, folder: &Path) -> SourceKind {
        SourceKind::Ndjson { path: folder.join("mentions.ndjson") }
    }

    fn deliver(&self, folder: &Path, _number: usize, bytes: &[u8]) {
        append(&folder.join("mentions.ndjson"), bytes);
    }
}

pub(super) struct Folder;

impl Subject for Folder {
    fn kind(&self, folder: &Path) -> SourceKind {
        let path = folder.join("exports");
        std::fs::create_dir_all(&path).expect("the folder is made");
        SourceKind::Folder { path, profile: None, profiles: folder.join("profiles") }
    }

    fn deliver(&self, folder: &Path, number: usize, bytes: &[u8]) {
        std::fs::create_dir_all(folder.join("exports")).expect("the folder is made");
        let written = folder.join("being-written");
        std::fs::write(&written, bytes).expect("it is written");
        std::fs::rename(written, folder.join(format!("exports/{number}.ndjson"))).expect("it is moved");
    }
}

pub(super) struct Command;

impl Subject for Command {
    fn kind(&self, folder: &Path) -> SourceKind {
        let file = folder.join("printed.ndjson");
        append(&file, b"");
        SourceKind::Command(Program {
            command: vec!["cat".to_owned(), file.display().to_string()],
            cwd: folder.to_owned(),
            env: BTreeMap::new(),
            signal: None,
            restart_delay: Duration::from_secs(10),
        })
    }

    fn deliver(&self, folder: &Path, _number: usize, bytes: &[u8]) {
        append(&folder.join("printed.ndjson"), bytes);
    }
}

fn append(file: &Path, bytes: &[u8]) {
    let mut file = OpenOptions::new().create(true).append(true).open(file).expect("it opens");
    file.write_all(bytes).expect("it is written");
}
