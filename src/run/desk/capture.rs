//! A post entered by hand, on its way into the store like any source's.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sha2::{Digest as _, Sha256};

use crate::mention::{Id, RawItem};
use crate::sources::Captured;

/// Larger attachments are noted by nobody: they are no photo of a post.
const MOST: u64 = 4 << 30;

/// Reads what was pasted and notes the attachment by its path and hash; the file itself is not copied. Blocking. Fails with the
/// path and the system's words when the attachment cannot be read.
pub fn raw_item(pasted: &str, actor: &Id, (now, zone): (DateTime<Utc>, Tz)) -> Result<RawItem, String> {
    let mut captured = Captured::read(pasted, zone);
    if let Some(path) = &mut captured.attachment
        && let Ok(whole) = std::path::absolute(&*path)
    {
        *path = whole;
    }
    let hash = match &captured.attachment {
        Some(path) => Some(hash(path).map_err(|error| format!("{}: {error}", path.display()))?),
        None => None,
    };
    Ok(captured.into_item(actor, now, hash))
}

/// The SHA-256 of a file, in hex.
fn hash(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?.take(MOST);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    if file.limit() == 0 {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(hasher.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attachment_is_noted_by_its_hash_and_a_missing_one_is_told() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let photo = folder.path().join("photo.jpg");
        std::fs::write(&photo, "abc").expect("written");
        let pasted = format!("file: {}\nIs it safe?", photo.display());
        let when = (DateTime::UNIX_EPOCH, Tz::UTC);
        let item = raw_item(&pasted, &"mchan".into(), when).expect("it is read");
        let extras: Vec<_> = item.extras.iter().map(|(_, value)| value).collect();
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(extras, [photo.to_str().expect("a path"), hash]);
        std::fs::remove_file(&photo).expect("removed");
        let told = raw_item(&pasted, &"mchan".into(), when).expect_err("it is gone");
        assert!(told.contains("photo.jpg"), "{told}");
    }
}
