//! A value that must not be read over a shoulder: masked wherever it is printed.

use std::fmt;

use super::text::Text;

/// What is shown in a secret's place, whatever its length.
pub(super) const MASK: &str = "********";

/// The value of an environment variable. It prints as a mask, cannot be serialised, and its words
/// come out through [`Secret::reveal`] alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Text);

impl Secret {
    /// Keeps a value.
    pub fn new(raw: impl AsRef<str>) -> Self {
        Self(Text::line(raw))
    }

    /// The words themselves, for the one cell that a person asked to see.
    pub fn reveal(&self) -> Text {
        self.0.clone()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_a_mask_and_reveals_on_request() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "******** ******** Some(********)");
        assert_eq!(secret.reveal(), "hunter2");
    }
}
