//! A list of the plan in the order it is written, found again by id.

use std::collections::HashMap;
use std::ops::Deref;

use crate::mention::Id;

/// What has an id of its own in the plan.
pub trait HasId {
    /// The id, unique among its kind.
    fn id(&self) -> &Id;
}

/// An ordered list with a lookup by id; positions are stable for the life of the plan.
#[derive(Debug, Clone)]
pub struct Named<T> {
    items: Vec<T>,
    by_id: HashMap<Id, usize>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { items: Vec::new(), by_id: HashMap::new() }
    }
}

impl<T: HasId> Named<T> {
    /// Keeps the order. Where two share an id the first is found.
    pub fn new(items: Vec<T>) -> Self {
        let mut by_id = HashMap::with_capacity(items.len());
        for (position, item) in items.iter().enumerate() {
            by_id.entry(item.id().clone()).or_insert(position);
        }
        Self { items, by_id }
    }

    /// The item with this id.
    pub fn by_id(&self, id: &str) -> Option<&T> {
        self.position(id).map(|position| &self.items[position])
    }

    /// The items, to be changed while the plan is built; their ids must stay.
    pub(super) fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// The place in the list of the item with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

impl<T> Deref for Named<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'a, T> IntoIterator for &'a Named<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// Says where the id of each kind stands: in its field `id`.
macro_rules! has_id {
    ($($kind:ty),+ $(,)?) => {
        $(impl $crate::plan::named::HasId for $kind {
            fn id(&self) -> &$crate::mention::Id {
                &self.id
            }
        })+
    };
}
pub(super) use has_id;
