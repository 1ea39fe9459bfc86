//! Paths as people write them.

use std::path::PathBuf;

/// A path with the person's home folder in place of a leading `~/`, as a shell has it; as it is written where no home
/// folder is known.
pub fn at_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_leading_tilde_with_a_slash_is_the_home_folder() {
        let home = std::env::home_dir().unwrap();
        assert_eq!(at_home("~/m.json"), home.join("m.json"));
        assert_eq!(
            [at_home("m~/x"), at_home("~other/x"), at_home("/m")].map(|path| path.starts_with(&home)),
            [false; 3]
        );
    }
}
