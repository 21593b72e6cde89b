//! The mentions marked for a bulk act, in the order in which they were marked.

use crate::mention::MentionId;

/// A hand-picked selection above this many asks for its count before anything is done to all of it.
pub const ASKS_ABOVE: usize = 20;

/// No selection grows beyond this: a bulk act is one write.
pub const MOST: usize = 5_000;

/// Marks by identity: they stay on their mentions whatever the feed does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    marked: Vec<MentionId>,
    range: bool,
}

impl Selection {
    /// The marked mentions.
    pub fn ids(&self) -> &[MentionId] {
        &self.marked
    }

    /// How many are marked.
    pub fn len(&self) -> usize {
        self.marked.len()
    }

    /// True when none is marked.
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty()
    }

    /// True when this mention is marked.
    pub fn contains(&self, id: &MentionId) -> bool {
        self.marked.contains(id)
    }

    /// True while everything the cursor passes is marked.
    pub fn is_range(&self) -> bool {
        self.range
    }

    /// Marks, or takes the mark away.
    pub fn toggle(&mut self, id: &MentionId) {
        match self.marked.iter().position(|marked| marked == id) {
            Some(at) => {
                self.marked.remove(at);
            }
            None => self.mark(id),
        }
    }

    /// Marks; a mention that is marked stays so.
    pub fn mark(&mut self, id: &MentionId) {
        if self.marked.len() < MOST && !self.contains(id) {
            self.marked.push(id.clone());
        }
    }

    /// Starts or ends marking what the cursor passes; starting marks the mention under it.
    pub fn toggle_range(&mut self, under_cursor: Option<&MentionId>) {
        self.range = !self.range;
        if let Some(id) = under_cursor.filter(|_| self.range) {
            self.mark(id);
        }
    }

    /// Forgets every mark.
    pub fn clear(&mut self) {
        self.marked.clear();
        self.range = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_begins_where_the_cursor_is() {
        let (one, two) = (MentionId::new("a:1"), MentionId::new("a:2"));
        let mut marks = Selection::default();
        marks.toggle_range(Some(&one));
        marks.mark(&two);
        marks.mark(&two);
        assert_eq!(marks.ids(), [one.clone(), two]);
        marks.toggle(&one);
        assert_eq!(marks.len(), 1);
        marks.clear();
        assert!(marks.is_empty() && !marks.is_range());
    }
}
