//! How sure the program is of what it says.

use serde::{Deserialize, Serialize};

/// How sure a label is, in whole percent: a whole number, so that it is the same on every machine. In files 0.00 to 1.00.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// Nothing is known.
    pub const NONE: Self = Self(0);

    /// `percent`, at most 100.
    pub const fn percent(percent: u8) -> Self {
        Self(if percent > 100 { 100 } else { percent })
    }

    /// It in percent.
    pub const fn as_percent(self) -> u8 {
        self.0
    }

    /// It as a fraction of one.
    pub fn fraction(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Serialize for Confidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f32(self.fraction())
    }
}

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fraction = f32::deserialize(deserializer)?;
        Ok(Self::percent((fraction * 100.0).round().clamp(0.0, 100.0) as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_reads_back_as_itself() {
        for percent in 0..=100 {
            let json = serde_json::to_string(&Confidence::percent(percent)).expect("a number serialises");
            assert_eq!(serde_json::from_str::<Confidence>(&json).ok(), Some(Confidence::percent(percent)), "{json}");
        }
        assert_eq!(Confidence::percent(200).as_percent(), 100);
    }
}
