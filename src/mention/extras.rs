//! What a source told of a mention that no other part of it holds: the further columns of an export, the further fields of an
//! object, by their own names.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Names and values, in the source's order; an object in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras(Vec<(String, String)>);

impl Extras {
    /// No mention keeps more.
    pub const MOST: usize = 64;

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one at the end; beyond [`Extras::MOST`] it is left out.
    pub fn push(&mut self, name: String, value: String) {
        if self.0.len() < Self::MOST {
            self.0.push((name, value));
        }
    }

    /// Name and value of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl IntoIterator for Extras {
    type Item = (String, String);
    type IntoIter = std::vec::IntoIter<(String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(String, String)> for Extras {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().take(Self::MOST).collect())
    }
}

impl Serialize for Extras {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Extras {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Extras;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Extras, A::Error> {
                let mut extras = Extras::default();
                while let Some((name, value)) = map.next_entry()? {
                    extras.push(name, value);
                }
                Ok(extras)
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_keep_their_order_and_their_bound() {
        let extras: Extras =
            [("Status", "open"), ("Checked", "true")].map(|(a, b)| (a.into(), b.into())).into_iter().collect();
        let json = serde_json::to_string(&extras).expect("writes");
        assert_eq!(json, r#"{"Status":"open","Checked":"true"}"#);
        assert_eq!(serde_json::from_str::<Extras>(&json).expect("reads"), extras);
        let many: Extras = (0..1_000).map(|number| (number.to_string(), "x".to_owned())).collect();
        assert_eq!(many.iter().count(), Extras::MOST);
    }
}
