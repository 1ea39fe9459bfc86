//! Paths as people write them.

use std::path::PathBuf;

use super::text::Text;

/// A path with the person's home folder in place of a leading `~/`, as a shell has it; as it is written where no home
/// folder is known.
pub fn at_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

/// Looks whether a new file can be made at a path, as far as that can be seen before it is. Blocks.
///
/// # Errors
/// Why not, in a sentence that names the path.
pub fn room_for(path: &str) -> Result<(), String> {
    let (place, shown) = (at_home(path), Text::line(path));
    if place.symlink_metadata().is_ok() {
        return Err(format!("{shown} is there already: choose another name"));
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(format!("there is no folder {}", Text::line(folder.to_string_lossy()))),
        _ if path.ends_with('/') => Err(format!("{shown} is a folder: add a name")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_a_file_where_a_folder_is_and_the_name_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| room_for(&format!("{}/{name}", folder.path().display()));
        std::fs::write(folder.path().join("a"), "").unwrap();
        assert_eq!(at("b"), Ok(()));
        assert!(at("a").unwrap_err().ends_with("/a is there already: choose another name"));
        assert!(at("c/d").unwrap_err().ends_with("/c") && at("b/").is_err() && at("").is_err());
        assert_eq!(room_for("no-such-file-here.json"), Ok(()));
    }

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
