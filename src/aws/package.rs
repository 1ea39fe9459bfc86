//! The files of a layer before they are sent: a zip file here, or an object in S3.

use std::fmt;
use std::time::Duration;

use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::LayerVersionContentInput;

use super::home::at_home;
use super::problem::{Kind, Problem};
use super::text::Text;
use super::zip::Zip;

/// The most bytes of a zip file that is sent with the request ("Lambda quotas": 50 MB, zipped, for direct upload).
const LARGEST: u64 = 52_428_800;
/// The most bytes of its files, unpacked ("Lambda quotas": 250 MB).
const UNPACKED: u64 = 262_144_000;
/// The time for all but the sending.
const ANSWER: Duration = Duration::from_mins(1);
/// The slowest line that is waited for, in bytes a second: 256 kbit/s. In base64, three bytes are four.
const SLOWEST: u64 = 24_000;

/// Where the files are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Package {
    /// A zip file on this machine, as the person wrote its path.
    File(String),
    /// An object in S3, in the region of the layer.
    Object {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
    },
}

impl Package {
    /// Reads what a person wrote: a path, or `s3://bucket/key`.
    ///
    /// # Errors
    /// What is missing.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        match text.strip_prefix("s3://") {
            None if text.is_empty() => Err("a zip file, or s3://bucket/key"),
            None => Ok(Self::File(text.to_owned())),
            Some(place) => match place.split_once('/') {
                Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => {
                    Ok(Self::Object { bucket: bucket.to_owned(), key: key.to_owned() })
                }
                _ => Err("s3://bucket/key"),
            },
        }
    }

    /// The option of the AWS CLI, with its value.
    pub(super) fn option(&self) -> (&'static str, String) {
        match self {
            Self::File(path) => ("--zip-file", format!("fileb://{path}")),
            Self::Object { bucket, key } => ("--content", format!("S3Bucket={bucket},S3Key={key}")),
        }
    }

    /// Reads the file, checks it against the limits of AWS, and says how long the request may take and how many bytes of
    /// the file go with it.
    ///
    /// # Errors
    /// `Invalid` when it cannot be read, is no zip file, or is too large: nothing is sent then.
    pub(super) async fn read(self, doing: &str) -> Result<(LayerVersionContentInput, Duration, u64), Problem> {
        let content = LayerVersionContentInput::builder();
        let path = match self {
            Self::Object { bucket, key } => return Ok((content.s3_bucket(bucket).s3_key(key).build(), ANSWER, 0)),
            Self::File(path) => path,
        };
        let invalid = |said: String, hint: &'static str| Problem::new(Kind::Invalid, doing.to_owned(), said, hint);
        let read = tokio::task::spawn_blocking(move || checked(&path)).await;
        let (bytes, file) = match read {
            Ok(read) => read.map_err(|(said, hint)| invalid(said, hint))?,
            Err(_) => return Err(Problem::panicked(doing.to_owned())),
        };
        let within = ANSWER + Duration::from_secs(file.size / SLOWEST);
        Ok((content.zip_file(Blob::new(bytes)).build(), within, file.size))
    }
}

/// A zip file that can be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ZipFile {
    /// Its size in bytes.
    pub size: u64,
    /// How many files and folders it holds.
    pub entries: u64,
    /// The size of all its files in bytes, unpacked.
    pub unpacked: u64,
}

/// Looks whether a file can be sent as a package. Blocks.
///
/// # Errors
/// Why not, in a sentence that names the file.
pub fn zip_file(path: &str) -> Result<ZipFile, String> {
    checked(path).map(|(_, file)| file).map_err(|(said, _)| said)
}

/// The bytes of a file that can be sent; else why not, and what to do.
fn checked(path: &str) -> Result<(Vec<u8>, ZipFile), (String, &'static str)> {
    let (shown, place) = (Text::line(path), at_home(path));
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => (format!("there is no file {shown}"), "Check the path."),
        _ => (format!("{shown}: {error}"), "Check the path."),
    };
    // The length first: a file of gigabytes must not be read to be refused.
    let about = std::fs::metadata(&place).map_err(unreadable)?;
    if !about.is_file() {
        return Err((format!("{shown} is not a file"), "Choose a zip file."));
    }
    let size = about.len();
    if size > LARGEST {
        let (size, largest) = (grouped(size), grouped(LARGEST));
        let said = format!("{shown} has {size} bytes, AWS takes at most {largest} (50 MB) with a request");
        return Err((said, "Put it into S3 and write s3://bucket/key instead."));
    }
    let bytes = std::fs::read(&place).map_err(unreadable)?;
    let Zip { entries, unpacked } =
        Zip::read(&bytes).map_err(|why| (format!("{shown}: {why}"), "Choose a zip file."))?;
    if entries == 0 {
        return Err((format!("{shown} holds no files"), "AWS refuses an empty zip file."));
    }
    if unpacked > UNPACKED {
        let (unpacked, most) = (grouped(unpacked), grouped(UNPACKED));
        let said = format!("the files in {shown} have {unpacked} bytes, AWS takes at most {most} (250 MB)");
        return Err((said, "Leave out what the functions do not need, or split it in two layers."));
    }
    Ok((bytes, ZipFile { size, entries, unpacked }))
}

fn grouped(n: u64) -> String {
    super::number::grouped(i64::try_from(n).unwrap_or(i64::MAX))
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(&Text::line(path)),
            Self::Object { bucket, key } => f.write_str(&Text::line(format!("s3://{bucket}/{key}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_package_is_a_path_or_an_object() {
        assert_eq!(Package::parse("a b.zip"), Ok(Package::File("a b.zip".to_owned())));
        let object = Package::Object { bucket: "b".to_owned(), key: "k/l.zip".to_owned() };
        assert_eq!(Package::parse("s3://b/k/l.zip"), Ok(object.clone()));
        assert_eq!(object.to_string(), "s3://b/k/l.zip");
        for wrong in ["", "s3://", "s3://b", "s3://b/", "s3:///k"] {
            assert!(Package::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn what_aws_would_refuse_is_refused_before_it_is_sent() {
        let said = async |path: String| Package::File(path).read("publish a").await.unwrap_err().said.to_string();
        assert!(said("/nowhere/a.zip".to_owned()).await.contains("/nowhere/a.zip"));
        let mut text = tempfile::NamedTempFile::new().unwrap();
        text.write_all(b"hello").unwrap();
        assert!(said(text.path().display().to_string()).await.ends_with("it is no zip file"));
        let large = tempfile::NamedTempFile::new().unwrap();
        large.as_file().set_len(LARGEST + 1).unwrap();
        assert!(said(large.path().display().to_string()).await.contains("52,428,801 bytes"));
        let mut many = include_bytes!("../../tests/data/two.zip").to_vec();
        let entry = many.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        many[entry + 24..entry + 28].copy_from_slice(&300_000_000_u32.to_le_bytes());
        let mut unpacked = tempfile::NamedTempFile::new().unwrap();
        unpacked.write_all(&many).unwrap();
        assert!(said(unpacked.path().display().to_string()).await.contains("262,144,000 (250 MB)"));
    }
}
