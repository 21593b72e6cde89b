//! The desk's decisions for posts of which only the subject and the time are known.
//!
//! What enters: posts in the order of time, as `frontdesk eval surges` and a simulation replay them. What leaves: the level
//! of each rise when it is called.

use super::voices::Voice;
use super::{Sight, Surges};
use crate::mention::Id;
use crate::text::tokens::hash;

/// Subjects and how much is said of them now.
#[derive(Debug)]
pub struct Gauge {
    surges: Surges,
    sight: Sight,
    posts: u64,
}

impl Gauge {
    /// Nothing was said before. `strictness` multiplies the alarms; 1 is how the desk has them.
    pub fn new(strictness: f64) -> Self {
        Self { surges: Surges::new(true).with_strictness(strictness), sight: Sight::default(), posts: 0 }
    }

    /// Counts a post about `subject` at `at`, in seconds since 1970; the level of the rise that it calls, if it calls one.
    /// An author or a conversation that is not known is another one each time.
    pub fn post(&mut self, subject: &Id, at: i64, author: Option<&str>, thread: Option<&str>) -> Option<u8> {
        self.posts += 1;
        let voice = Voice { post: self.posts, author: author.map(hash), thread: thread.map(hash), saying: None };
        let sight = &mut self.sight;
        (sight.at, sight.voice) = (at, voice);
        sight.subjects.clear();
        self.surges.see_all(std::iter::once(subject), sight);
        let before = self.surges.rise_of(subject).is_some();
        self.surges.observe(sight);
        self.surges.rise_of(subject).filter(|_| !before)
    }
}
